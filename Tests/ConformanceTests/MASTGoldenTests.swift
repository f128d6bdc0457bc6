import Crypto
import Foundation
import TestSupport
import Testing

/// Replays the recorded runs of the Python tool with `webb mast` against the same made-up MAST.
@Suite(.serialized) struct MASTGoldenTests {
  static let isOn = Shared.folder != nil

  /// Cases whose expectation is the Python tool's mistake, with the reason.
  struct Deviation: Decodable {
    var `case`: String
    var differs: String
    var better: String
  }

  @Test(.enabled(if: isOn, "WEBB_SHARED is not set"))
  func recordedCases() throws {
    let folder =
      try ProcessInfo.processInfo.environment["WEBB_MAST_GOLDENS"].map { URL(fileURLWithPath: $0) }
      ?? Shared.file("conformance/mast-golden")
    let own = folder.appendingPathComponent("packaged.yaml")
    let packagedFile =
      FileManager.default.fileExists(atPath: own.path) ? own : try Shared.file("conformance/mast-golden/packaged.yaml")
    let packaged = try GoldenParameters.packaged(packagedFile)
    let deviations = try Self.deviations()

    var passed: [String] = []
    var deviating: [String] = []
    var notOffered: [String] = []
    let cases = try GoldenCase.cases(in: folder)
    #expect(!cases.isEmpty, "no cases in \(folder.lastPathComponent)")
    for golden in cases {
      var differences: [String] = []
      var missing: Set<String> = []
      try? FileManager.default.removeItem(at: golden.workFolder)
      try FileManager.default.createDirectory(at: golden.workFolder, withIntermediateDirectories: true)
      for step in golden.steps {
        try GoldenRun.prepare(step, in: golden.workFolder)
        let parameters = try GoldenParameters(step: step, packaged: packaged)
        if let reason = parameters.notOffered {
          missing.insert(reason)
          continue
        }
        // A later step builds on the files of the steps before it.
        if !missing.isEmpty { continue }
        let found = try GoldenRun(golden: golden, step: step, parameters: parameters).differences()
        differences += found.map { (difference: String) -> String in "step \(step.number): \(difference)" }
      }
      try FileManager.default.removeItem(at: golden.workFolder)
      if let deviation = deviations[golden.name] {
        deviating.append("\(golden.name): \(deviation.differs) Better: \(deviation.better)")
        if differences.isEmpty && missing.isEmpty { Issue.record("\(golden.name) is listed as deviating but agrees") }
      } else if !differences.isEmpty {
        Issue.record("\(golden.name) differs:\n  \(differences.joined(separator: "\n  "))")
      } else if !missing.isEmpty {
        notOffered.append("\(golden.name): \(missing.sorted().joined(separator: ", "))")
      } else {
        passed.append(golden.name)
      }
    }
    print("MAST recordings: \(passed.count) of \(cases.count) cases passed.")
    if !notOffered.isEmpty {
      print("Not offered yet by webb mast (\(notOffered.count)):\n  " + notOffered.joined(separator: "\n  "))
    }
    if !deviating.isEmpty {
      print("Deviating on purpose (\(deviating.count)):\n  " + deviating.joined(separator: "\n  "))
    }
  }

  private static func deviations() throws -> [String: Deviation] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("deviations.json")
    let list = try JSONDecoder().decode([Deviation].self, from: Data(contentsOf: file))
    return Dictionary(uniqueKeysWithValues: list.map { ($0.case, $0) })
  }
}

/// One step run again, and how it differs from its recording.
struct GoldenRun {
  var golden: GoldenCase
  var step: GoldenCase.Step
  var parameters: GoldenParameters

  static func prepare(_ step: GoldenCase.Step, in folder: URL) throws {
    for preparation in step.preparations {
      guard let verb = preparation.first as? String, preparation.count > 1, let path = preparation[1] as? String else {
        throw TestSupportError("a preparation cannot be read: \(preparation)")
      }
      let url = path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
      switch verb {
      case "rm": try? FileManager.default.removeItem(at: url)
      case "mkdir": try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      case "write":
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((preparation[2] as? String ?? "").utf8).write(to: url)
      case "truncate":
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: UInt64(preparation[2] as? Int ?? 0))
        try handle.close()
      default: throw TestSupportError("unknown preparation \(verb)")
      }
    }
  }

  func differences() throws -> [String] {
    let server = try FakeMAST(faults: step.faults)
    let isDownload = step.program.contains("download")
    var environment = ["WEBB_NOW": golden.now, "WEBB_MAST_URL": server.baseURL]
    environment["MAST_API_TOKEN"] = step.environment["MAST_API_TOKEN"]
    let arguments =
      ["mast", isDownload ? "download" : "query"] + parameters.arguments
      + (isDownload ? parameters.downloadArguments : [])
    let result = try WebbProcess(arguments, environment: environment, folder: golden.workFolder, input: step.input)
      .run()

    var differences: [String] = []
    if (result.status == 0) != (step.exit == 0) {
      differences.append("exit code \(result.status), recorded \(step.exit): \(result.errors.suffix(300))")
    }
    let recorded = try Recording.tables(
      python: String(contentsOf: step.folder.appendingPathComponent("stdout.txt"), encoding: .utf8))
    let ours = Recording.tables(webb: result.output)
    for (name, table) in recorded.sorted(by: { $0.key < $1.key }) where ours[name] != table {
      if name.hasSuffix("products") && !parameters.comparesProductTables { continue }
      differences.append("table \(name):\n\(Self.firstDifference(ours[name] ?? "(none)", table))")
    }
    differences += try treeDifferences()
    let asked = try Recording.filesAsked(log: step.folder.appendingPathComponent("requests.jsonl"))
    let askedNow = try server.filesAsked()
    if asked != askedNow {
      differences.append(
        "asked for \(askedNow.subtracting(asked).sorted()) more, \(asked.subtracting(askedNow).sorted()) less")
    }
    return differences
  }

  /// The files of the working folder against the recorded ones; what belongs to the Python tool alone is left out.
  private func treeDifferences() throws -> [String] {
    let data = try Data(contentsOf: step.folder.appendingPathComponent("tree.json"))
    let entries = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    var wanted: [String: String] = [:]
    for entry in entries {
      guard let path = entry["path"] as? String, let sum = entry["sha256"] as? String, !Self.isPythonsOwn(path) else {
        continue
      }
      wanted[path] = sum
    }
    var found: [String: String] = [:]
    let root = golden.workFolder.path + "/"
    let enumerator = FileManager.default.enumerator(
      at: golden.workFolder, includingPropertiesForKeys: [.isRegularFileKey])
    while let url = enumerator?.nextObject() as? URL {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      let path = String(url.path.dropFirst(root.count))
      if Self.isPythonsOwn(path) { continue }
      found[path] = SHA256.hash(data: try Data(contentsOf: url)).map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }.joined()
    }
    return Set(wanted.keys).union(found.keys).sorted().compactMap { path in
      if wanted[path] == found[path] { return nil }
      return found[path] == nil
        ? "file missing: \(path)" : wanted[path] == nil ? "file too many: \(path)" : "other bytes: \(path)"
    }
  }

  private static func isPythonsOwn(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name == "jwst_query.cfg" || name == "sortable.js" || name.hasSuffix(".html") || name.hasSuffix("TN.jpg")
      || name.hasSuffix(".products.txt") || name.hasSuffix(".cfg")
  }

  private static func firstDifference(_ ours: String, _ recorded: String) -> String {
    let left = ours.components(separatedBy: "\n")
    let right = recorded.components(separatedBy: "\n")
    let row =
      (0..<max(left.count, right.count)).first { $0 >= left.count || $0 >= right.count || left[$0] != right[$0] } ?? 0
    return
      "    line \(row + 1)\n    webb     |\(row < left.count ? left[row] : "(end)")|\n    recorded |\(row < right.count ? right[row] : "(end)")|"
  }
}
