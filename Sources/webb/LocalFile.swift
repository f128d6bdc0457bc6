import Foundation

/// What is on disk.
enum LocalFile {
  /// Bytes of the regular file at a path, −1 for anything else of that name, `nil` for nothing.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : -1
  }

  /// Writes a text file, with the folders on the way to it; a file of that name is replaced at once or not at all.
  static func write(_ text: String, to path: String) throws(Failure) {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw Failure(message: "\(path) cannot be written: \(error.localizedDescription)")
    }
  }
}
