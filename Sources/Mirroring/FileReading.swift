import Downloads

/// Reads files for their MD5, several at once.
struct FileReading: Sendable {
  let disk: MirrorDisk
  /// How many files at a time.
  let width: Int

  /// What reading a file came to.
  enum Reading: Sendable {
    case digest(String)
    case fault(String)
  }

  /// Reads files.
  /// - Parameters:
  ///   - paths: below the directory.
  ///   - progress: told how many bytes have been read so far.
  /// - Throws: `CancellationError` alone; a file that cannot be read is one of the results.
  func readings(
    of paths: [String], progress: @escaping @Sendable (_ bytes: Int64) -> Void
  ) async throws -> [String: Reading] {
    let total = Tally()
    return try await withThrowingTaskGroup(of: (String, Reading).self) { group in
      var waiting = paths[...]
      func startNext() {
        guard let path = waiting.popFirst() else { return }
        group.addTask {
          do {
            let digest = try await FileDigest.md5(ofFile: disk.absolute(path)) { progress(total.add(Int64($0))) }
            return (path, .digest(digest))
          } catch let error as DownloadsError {
            return (path, .fault(error.message))
          }
        }
      }
      for _ in 0..<max(1, width) { startNext() }
      var readings: [String: Reading] = [:]
      while let (path, reading) = try await group.next() {
        readings[path] = reading
        startNext()
      }
      return readings
    }
  }
}
