import Foundation

/// What is on disk.
enum LocalFile {
  /// Bytes of the regular file at a path, −1 for anything else of that name, `nil` for nothing.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : -1
  }
}
