import Crypto
import Foundation
import TestSupport

/// The folder in which a trace runs.
struct WorkingFolder {
  let scratch: ScratchFolder

  init(_ scratch: ScratchFolder) { self.scratch = scratch }

  /// Writes the files that were there before.
  func put(_ files: [TraceFile]) throws {
    for file in files {
      let url = URL(fileURLWithPath: scratch.file(file.path))
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      guard let bytes = file.bytes else { throw TestSupportError("the bytes of \(file.path) are not recorded") }
      try Data(bytes).write(to: url)
    }
  }

  /// SHA-256 of all files by path; links by where they lead.
  func files() throws -> [String: String] {
    var found: [String: String] = [:]
    let root = URL(fileURLWithPath: scratch.path)
    let keys: Set<URLResourceKey> = [.isRegularFileKey, .isSymbolicLinkKey]
    let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys))
    while let url = walk?.nextObject() as? URL {
      let path = String(url.path.dropFirst(root.path.count + 1))
      let values = try url.resourceValues(forKeys: keys)
      if values.isSymbolicLink == true {
        found[path] = "a symbolic link"
      } else if values.isRegularFile == true {
        found[path] = Self.sum(try Data(contentsOf: url))
      }
    }
    return found
  }

  static func sum(_ data: Data) -> String {
    SHA256.hash(data: data).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
