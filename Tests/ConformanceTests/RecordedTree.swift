import Crypto
import Foundation
import TestSupport

/// The files a recorded step left, beside those of the working folder. What belongs to the Python tool alone is left out.
struct RecordedTree {
  private let step: GoldenCase.Step
  private let workFolder: URL
  /// SHA-256 by path.
  private let recorded: [String: String]
  /// SHA-256 by path of what was there before the step.
  private let before: [String: String]
  /// The folder as it was before the step.
  private let snapshot: ScratchFolder

  /// Reads what was recorded of a step, and looks at the folder in which it is about to run.
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
      recorded[path] = try Self.copy(path, step).map(Self.sum) ?? sum
    }
    self.recorded = recorded
    before = try Self.found(in: workFolder)
    snapshot = try ScratchFolder()
    try FileManager.default.copyItem(atPath: workFolder.path, toPath: snapshot.file("before"))
  }

  /// Recorded products whose bytes are not those of the archive: short files, login pages. What was there before the step, or
  /// was written by it itself, is no product.
  func wrongFiles() throws -> Set<String> {
    try Set(
      recorded.filter { path, sum in
        guard before[path] != sum, let original = try Self.original(path) else { return false }
        return try Self.sum(original) != sum
      }.keys)
  }

  /// How the working folder differs. Wrong files must not be there with the recorded bytes; missing or right, both are well.
  /// - Parameter tables: how a saved table differs from the recorded one, `nil` when it agrees.
  func differences(
    leavingOut wrong: Set<String>, under rules: Relaxation, tables: (_ ours: URL, _ recorded: URL) throws -> String?
  ) throws -> [String] {
    let found = try Self.found(in: workFolder)
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
      if let copy = Self.copy(path, step) {
        return try tables(workFolder.appendingPathComponent(path), copy).map { "\(path):\n\($0)" }
      }
      return rules.mayLack(Self.name(path)) ? nil : "other bytes: \(path)"
    }
  }

  /// Makes the working folder what it was after the recorded step, as far as its files are known, for the steps that follow.
  func adopt() throws {
    let files = FileManager.default
    let found = try Self.found(in: workFolder)
    for path in found.keys where recorded[path] != found[path] {
      try files.removeItem(at: workFolder.appendingPathComponent(path))
    }
    for (path, sum) in recorded where found[path] != sum {
      let earlier = before[path] == sum ? URL(fileURLWithPath: snapshot.file("before/" + path)) : nil
      guard let source = try earlier ?? Self.copy(path, step) ?? Self.original(path), try Self.sum(source) == sum else {
        continue
      }
      let target = workFolder.appendingPathComponent(path)
      try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: source, to: target)
    }
  }

  /// The recorded copy of a text table, by the step that wrote it last: the checksums of later steps are of the recording's
  /// own paths.
  private static func copy(_ path: String, _ step: GoldenCase.Step) -> URL? {
    let root = step.folder.deletingLastPathComponent()
    for number in stride(from: step.number, to: 0, by: -1) {
      let digits = String(number)
      let folder = "step" + (digits.count < 2 ? "0" : "") + digits
      let copy = root.appendingPathComponent("\(folder)/files/\(path)")
      if FileManager.default.fileExists(atPath: copy.path) { return copy }
    }
    return nil
  }

  /// SHA-256 by path of what is in a folder.
  private static func found(in workFolder: URL) throws -> [String: String] {
    var found: [String: String] = [:]
    let root = workFolder.path + "/"
    let enumerator = FileManager.default.enumerator(at: workFolder, includingPropertiesForKeys: [.isRegularFileKey])
    while let url = enumerator?.nextObject() as? URL {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      let path = String(url.path.dropFirst(root.count))
      // What is left of an interrupted transfer is there to be resumed.
      if isPythonsOwn(path) || path.hasSuffix(".part") || path.hasSuffix(".part.json") { continue }
      found[path] = try sum(url)
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
      || name.hasSuffix(".products.txt") || name == "products.json"
      || name.hasSuffix(".cfg")
  }
}
