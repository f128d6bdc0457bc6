import Crypto
import Foundation
import TestSupport

/// The files a recorded step left, beside those of the working folder. What belongs to the Python tool alone is left out.
struct RecordedTree {
  private let step: GoldenCase.Step
  private let workFolder: URL
  /// SHA-256 by path.
  private let recorded: [String: String]

  init(step: GoldenCase.Step, workFolder: URL) throws {
    self.step = step
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
    try Set(
      recorded.filter { path, sum in
        guard let original = try Self.original(path) else { return false }
        return try Self.sum(original) != sum
      }.keys)
  }

  /// How the working folder differs. Wrong files must not be there with the recorded bytes; missing or right, both are well.
  /// - Parameter tables: how a saved table differs from the recorded one, `nil` when it agrees.
  func differences(
    leavingOut wrong: Set<String>, under rules: Relaxation, tables: (_ ours: URL, _ recorded: URL) throws -> String?
  ) throws -> [String] {
    let found = try self.found()
    if rules.comparesByName {
      let ours = found.map { Self.name($0.key) + $0.value }.sorted()
      let wanted = recorded.filter { !wrong.contains($0.key) }.map { Self.name($0.key) + $0.value }.sorted()
      return ours == wanted ? [] : ["other files, whatever their folders"]
    }
    return try Set(recorded.keys).union(found.keys).sorted().compactMap { path in
      let (wanted, got) = (recorded[path], found[path])
      if wrong.contains(path) { return got == wanted ? "wrong bytes kept: \(path)" : nil }
      if wanted == got { return nil }
      if wanted == nil { return rules.mayAdd(Self.name(path)) ? nil : "file too many: \(path)" }
      if got == nil { return rules.mayLack(Self.name(path)) ? nil : "file missing: \(path)" }
      let copy = step.folder.appendingPathComponent("files/" + path)
      if FileManager.default.fileExists(atPath: copy.path) {
        return try tables(workFolder.appendingPathComponent(path), copy).map { "\(path):\n\($0)" }
      }
      return rules.mayLack(Self.name(path)) ? nil : "other bytes: \(path)"
    }
  }

  /// Makes the working folder what it was after the recorded step, as far as its files are known, for the steps that follow.
  func adopt() throws {
    let files = FileManager.default
    let found = try self.found()
    for path in found.keys where recorded[path] != found[path] {
      try files.removeItem(at: workFolder.appendingPathComponent(path))
    }
    for (path, sum) in recorded where found[path] != sum {
      let copy = step.folder.appendingPathComponent("files/" + path)
      guard let source = files.fileExists(atPath: copy.path) ? copy : try Self.original(path),
        try Self.sum(source) == sum
      else { continue }
      let target = workFolder.appendingPathComponent(path)
      try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: source, to: target)
    }
  }

  /// SHA-256 by path of what is in the working folder.
  private func found() throws -> [String: String] {
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
    return found
  }

  /// The file of the made-up archive with the name of a path.
  private static func original(_ path: String) throws -> URL? {
    let file = try Shared.file("conformance/fakemast/files").appendingPathComponent(name(path))
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

  private static func sum(_ file: URL) throws -> String {
    SHA256.hash(data: try Data(contentsOf: file)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      .joined()
  }

  private static func isPythonsOwn(_ path: String) -> Bool {
    let name = name(path)
    return name == "sortable.js" || name.hasSuffix(".html") || name.hasSuffix("TN.jpg")
      || name.hasSuffix(".products.txt") || name.hasSuffix(".cfg")
  }
}
