public import Downloads

/// Unpacks tar archives (plain, or compressed by gzip, bzip2, xz or Zstandard) and zip archives, while their bytes arrive.
///
/// Nothing in an archive is trusted: names must stay in the folder, and links, devices, duplicates and anything over the limits make the
/// whole archive fail. Files get their places only when the archive has come to a proper end and each file is complete; until then they stand in
/// a hidden folder inside the destination, which is removed in any case.
public struct ArchiveUnpacker: Sendable {
  /// Where files go.
  public enum Layout: Sendable, Hashable {
    /// Into the folders that the archive has them in.
    case folders
    /// All into one folder; two files of one name are an error.
    case flat
  }

  /// What becomes of files that stand where one of the archive goes.
  public enum ExistingFiles: Sendable, Hashable {
    /// The new one takes the place, at once.
    case replace
    /// The old one stays.
    case keep
  }

  /// Where files go.
  public var layout: Layout
  /// What becomes of files that stand there.
  public var existing: ExistingFiles
  /// How much an archive may hold.
  public var limits: UnpackLimits
  /// What the catalogue knows of files: digests by name, with or without the folders in the archive.
  public var checksums: [String: Checksum]

  /// Describes how to unpack.
  /// - Parameters:
  ///   - layout: where files go.
  ///   - existing: what becomes of files that stand there.
  ///   - limits: how much an archive may hold.
  ///   - checksums: digests by name, with or without the folders in the archive; a file that differs makes the archive fail.
  public init(
    layout: Layout = .folders, existing: ExistingFiles = .replace, limits: UnpackLimits = UnpackLimits(),
    checksums: [String: Checksum] = [:]
  ) {
    self.layout = layout
    self.existing = existing
    self.limits = limits
    self.checksums = checksums
  }

  /// Unpacks an archive on a thread of its own.
  /// - Parameters:
  ///   - feed: the bytes of the archive. When it begins again (an error of kind `.restarted`), so does the unpacking.
  ///   - folder: where the files go; made where it is missing.
  /// - Returns: the files in the order of the archive; its folders come only with files in them.
  /// - Throws: `UnpackingError`. Nothing has then got its place, and a cancelled task gets one of kind `.cancelled`.
  public func unpack(_ feed: any ByteFeed, into folder: String) async throws(UnpackingError) -> [UnpackedFile] {
    try await onOwnThread(feed) { () throws(UnpackingError) in
      try withExtraction(of: feed, into: folder) { (extraction) throws(UnpackingError) in try extraction.run() }
    }
  }

  /// Puts bytes that are no archive but one file into a folder, with the same checks and promises.
  /// - Parameters:
  ///   - feed: the bytes of the file. They stay as they are; gzip data get a name that ends in `.gz`.
  ///   - name: what the file is called.
  ///   - folder: where it goes; made where it is missing.
  /// - Throws: `UnpackingError`.
  public func place(
    _ feed: any ByteFeed, as name: SafeFileName, into folder: String
  ) async throws(UnpackingError) -> UnpackedFile {
    try await onOwnThread(feed) { () throws(UnpackingError) in
      try withExtraction(of: feed, into: folder) { (extraction) throws(UnpackingError) in
        try extraction.runSingle(name)
      }
    }
  }

  /// Runs a body in a new staging folder, and again when the feed begins again.
  private func withExtraction<Value>(
    of feed: any ByteFeed, into folder: String, _ body: (inout Extraction) throws(UnpackingError) -> Value
  ) throws(UnpackingError) -> Value {
    while true {
      do throws(UnpackingError) {
        var extraction = Extraction(feed, self, try StagingFolder(in: folder))
        return try body(&extraction)
      } catch {
        guard error.kind == .restarted else { throw error }
      }
    }
  }

  private func onOwnThread<Value: Sendable>(
    _ feed: any ByteFeed, _ body: @escaping @Sendable () throws(UnpackingError) -> Value
  ) async throws(UnpackingError) -> Value {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, UnpackingError>, Never>) in
        let thread = OwnThread { continuation.resume(returning: Result { () throws(UnpackingError) in try body() }) }
        if !thread.start() {
          continuation.resume(
            returning: .failure(UnpackingError(.system, "There is no thread for the unpacking; try again later.")))
        }
      }
    } onCancel: {
      feed.cancel()
    }
    return try result.get()
  }
}
