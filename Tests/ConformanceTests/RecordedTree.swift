import Crypto
import Foundation
import TestSupport

/// The files a recorded step left, beside those of the working folder. What belongs to the Python tool alone is left out.
struct RecordedTree {
  private let workFolder: URL
  /// SHA-256 by path.
  private let recorded: [String: String]

  init(step: GoldenCase.Step, workFolder: URL) throws {
    self.workFolder = workFolder
    let data = try Data(contentsOf: step.folder.appendingPathComponent("tree.json"))
    let entries = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    var recorded: [String: String] = [:]
    for entry in entries {
      guard let path = entry["path"] as? String, let sum = entry["sha256"] as? String, !Self.isPythonsOwn(path) else {
        continue
      }
      recorded[path] = sum
    }
    self.recorded = recorded
  }

  /// Recorded products whose bytes are not those of the archive: short files, login pages. What a step wrote itself is no product.
  func wrongFiles() throws -> Set<String> {
    let archive = try Shared.file("conformance/fakemast/files")
    return try Set(
      recorded.filter { path, sum in
        let original = archive.appendingPathComponent(String(path.split(separator: "/").last ?? ""))
        guard FileManager.default.fileExists(atPath: original.path) else { return false }
        return try Self.sum(original) != sum
      }.keys)
  }

  /// How the working folder differs. Wrong files must not be there with the recorded bytes; missing or right, both are well.
  func differences(leavingOut wrong: Set<String>) throws -> [String] {
    var found: [String: String] = [:]
    let root = workFolder.path + "/"
    let enumerator = FileManager.default.enumerator(at: workFolder, includingPropertiesForKeys: [.isRegularFileKey])
    while let url = enumerator?.nextObject() as? URL {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      let path = String(url.path.dropFirst(root.count))
      // What is left of an interrupted transfer is there to be resumed.
      if Self.isPythonsOwn(path) || path.hasSuffix(".part") || path.hasSuffix(".part.json") { continue }
      found[path] = try Self.sum(url)
    }
    return Set(recorded.keys).union(found.keys).sorted().compactMap { path in
      let (wanted, got) = (recorded[path], found[path])
      if wrong.contains(path) { return got == wanted ? "wrong bytes kept: \(path)" : nil }
      if wanted == got { return nil }
      return got == nil ? "file missing: \(path)" : wanted == nil ? "file too many: \(path)" : "other bytes: \(path)"
    }
  }

  private static func sum(_ file: URL) throws -> String {
    SHA256.hash(data: try Data(contentsOf: file)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      .joined()
  }

  private static func isPythonsOwn(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name == "sortable.js" || name.hasSuffix(".html") || name.hasSuffix("TN.jpg")
      || name.hasSuffix(".products.txt") || name == "products.json"
      || name.hasSuffix(".cfg")
  }
}
