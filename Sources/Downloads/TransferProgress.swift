/// A run's progress, added up from its events. A pure value: the times come with the events.
public struct TransferProgress: Sendable {
  /// Files of the run.
  public let filesTotal: Int
  /// Files that stand under their final name.
  public private(set) var filesDone = 0
  /// Files that failed.
  public private(set) var filesFailed = 0
  /// Bytes of all files, as far as sizes are known.
  public var bytesTotal: Int64 { sizes.values.reduce(0, +) }
  /// Bytes on disk, those from earlier runs included.
  public private(set) var bytesDone: Int64 = 0
  /// Whether the size of every file is known, so that `bytesTotal` is the whole.
  public var isTotalKnown: Bool { sizes.count == filesTotal }

  private var sizes: [String: Int64] = [:]
  private var held: [String: Int64] = [:]
  private var arrived: Int64 = 0
  private var samples: [(time: Duration, arrived: Int64)] = []

  /// The rate is that of so much time.
  private static let window = Duration.seconds(10)
  private static let sampleDistance = Duration.milliseconds(250)

  /// A run of these items, before its first event.
  public init(_ items: [DownloadItem]) {
    filesTotal = items.count
    for item in items { sizes[item.id] = item.expectedSize }
  }

  /// Takes an event.
  /// - Parameters:
  ///   - event: what happened.
  ///   - time: when, on any clock that goes forward.
  public mutating func record(_ event: DownloadEvent, at time: Duration) {
    if samples.isEmpty { samples.append((time, 0)) }
    switch event {
    case .started(let id, _, let bytes): hold(id, bytes, counts: false)
    case .sized(let id, let total): sizes[id] = total
    case .received(let id, let bytes): hold(id, bytes, counts: true)
    case .restarting, .retrying, .diskFull: break
    case .finished(let outcome):
      switch outcome.result {
      case .downloaded(let bytes, _, _):
        sizes[outcome.item.id] = bytes
        hold(outcome.item.id, bytes, counts: true)
        filesDone += 1
      case .failed:
        // What will not come any more must not count as still to come.
        hold(outcome.item.id, 0, counts: false)
        sizes[outcome.item.id] = 0
        filesFailed += 1
      }
    }
    if let last = samples.last, time - last.time >= Self.sampleDistance { samples.append((time, arrived)) }
    while samples.count > 2, time - samples[1].time > Self.window { samples.removeFirst() }
  }

  /// Bytes per second over the last ten seconds; `nil` when there is nothing to tell from yet.
  public func rate(at time: Duration) -> Double? {
    guard let first = samples.first, time > first.time else { return nil }
    let bytes = arrived - first.arrived
    return bytes > 0 ? Double(bytes) / ((time - first.time) / .seconds(1)) : nil
  }

  /// The time until all known bytes are there at the present rate; `nil` when it cannot be told.
  public func timeLeft(at time: Duration) -> Duration? {
    guard isTotalKnown, let rate = rate(at: time) else { return nil }
    return .seconds(Double(max(0, bytesTotal - bytesDone)) / rate)
  }

  private mutating func hold(_ id: String, _ bytes: Int64, counts: Bool) {
    let change = bytes - held[id, default: 0]
    held[id] = bytes
    bytesDone += change
    if counts, change > 0 { arrived += change }
  }
}
