import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for one test, removed afterwards.
final class ArchiveFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "webb-archive-\(UUID().uuidString)").path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file beside the archive and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    return path + "/" + name
  }
}

extension ArchiveFolder {
  /// What a file in the folder holds.
  func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path + "/" + name))) }
}
