/// What became of an item.
public struct DownloadOutcome: Sendable {
  /// How it ended.
  public enum Result: Sendable {
    /// The file stands under its final name.
    /// - Parameters:
    ///   - bytes: its size.
    ///   - checksumVerified: whether a known digest was compared.
    ///   - resumedFrom: how many bytes an earlier run had left.
    case downloaded(bytes: Int64, checksumVerified: Bool, resumedFrom: Int64)
    /// Nothing was put under the final name; what stood there before still does.
    case failed(DownloadsError)
  }

  /// The item.
  public var item: DownloadItem
  /// How it ended.
  public var result: Result
  /// The name that the server gives the file (`Content-Disposition`): one component, and a `SafeFileName`; `nil` when it gives none.
  public var fileName: String?
  /// How many requests were made.
  public var attempts: Int
  /// How long it took, pauses included.
  public var duration: Duration

  /// Describes an outcome.
  public init(item: DownloadItem, result: Result, fileName: String? = nil, attempts: Int, duration: Duration) {
    self.item = item
    self.result = result
    self.fileName = fileName
    self.attempts = attempts
    self.duration = duration
  }

  /// The failure, if it is one.
  public var error: DownloadsError? {
    if case .failed(let error) = result { error } else { nil }
  }
}

/// What happens during a run, for progress displays and logs. `id` is the item's.
public enum DownloadEvent: Sendable {
  /// Work on an item has begun; so many bytes are there from an earlier run.
  case started(id: String, label: String, held: Int64)
  /// The server has said how large the file is.
  case sized(id: String, total: Int64)
  /// A transfer begins with the first byte: what was held is about to be thrown away. Whoever reads the part must begin again too.
  case restarting(id: String)
  /// So many bytes of the file are on disk now; falls to 0 when a transfer starts over.
  case received(id: String, held: Int64)
  /// An attempt failed and another follows after a pause.
  case retrying(id: String, attempt: Int, pause: Duration, reason: DownloadsError)
  /// The disk is full: no further item will be started. Told once.
  case diskFull(DownloadsError)
  /// Work on an item is over.
  case finished(DownloadOutcome)
}
