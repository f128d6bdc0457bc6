import Foundation

/// What is on disk.
enum LocalFile {
  /// Bytes of the regular file at a path, −1 for anything else of that name, `nil` for nothing.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : -1
  }

  /// The text of a file.
  /// - Parameters:
  ///   - path: where it is; `~` is the home folder.
  ///   - limit: the largest length in bytes.
  static func text(_ path: String, limit: Int) throws(Failure) -> String {
    let absolute = Environment.absolutePath(path)
    guard let length = size(absolute), let handle = FileHandle(forReadingAtPath: absolute) else {
      throw .usage("\(path) cannot be read: check the path and its permissions.")
    }
    defer { try? handle.close() }
    guard length <= limit, let data = try? handle.read(upToCount: limit + 1), data.count <= limit else {
      throw .usage("\(path) is longer than \(ByteCount.text(Int64(limit))): this cannot be what is meant.")
    }
    guard let text = String(data: data, encoding: .utf8) else { throw .usage("\(path) is no text in UTF-8.") }
    return text
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
