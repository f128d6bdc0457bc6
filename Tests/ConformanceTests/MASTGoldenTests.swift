import Foundation
import TestSupport
import Testing

/// Replays the recorded runs of the Python tool with `webb mast` against the same made-up MAST.
@Suite(.serialized) struct MASTGoldenTests {
  static let isOn = Shared.folder != nil

  /// Cases whose expectation is the Python tool's mistake, with the reason.
  struct Deviation: Decodable {
    var `case`: String
    var steps: [Int]
    var differs: String
    var better: String
  }

  /// The part of `deviations.json` that is about these recordings.
  struct Deviations: Decodable {
    var mast: [Deviation]
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
      var general: Set<String> = []
      var wrongFiles: Set<String> = []
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
        let found = try GoldenRun(golden: golden, step: step, parameters: parameters, wrongFiles: wrongFiles)
          .differences()
        wrongFiles.formUnion(found.wrongFiles)
        general.formUnion(found.general)
        if deviations[golden.name]?.steps.contains(step.number) ?? false {
          if found.differences.isEmpty {
            Issue.record("\(golden.name) step \(step.number) is listed as deviating but agrees")
          }
          continue
        }
        differences += found.differences.map { (difference: String) -> String in "step \(step.number): \(difference)" }
      }
      try FileManager.default.removeItem(at: golden.workFolder)
      if let deviation = deviations[golden.name] { general.insert("\(deviation.differs) Better: \(deviation.better)") }
      if !differences.isEmpty {
        Issue.record("\(golden.name) differs:\n  \(differences.joined(separator: "\n  "))")
      } else if !missing.isEmpty {
        notOffered.append("\(golden.name): \(missing.sorted().joined(separator: ", "))")
      } else {
        passed.append(golden.name)
      }
      if !general.isEmpty { deviating.append("\(golden.name): \(general.sorted().joined(separator: " "))") }
    }
    if ProcessInfo.processInfo.environment["WEBB_MAST_GOLDENS"] == nil {
      let mandatory = cases.map(\.name).filter { ("01"..."09").contains(String($0.prefix(2))) }
      #expect(mandatory.count == 8)
      #expect(Set(mandatory).isSubset(of: passed))
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
    let deviations = try JSONDecoder().decode(Deviations.self, from: Data(contentsOf: file))
    return Dictionary(uniqueKeysWithValues: deviations.mast.map { ($0.case, $0) })
  }
}

/// One step run again, and how it differs from its recording.
struct GoldenRun {
  var golden: GoldenCase
  var step: GoldenCase.Step
  var parameters: GoldenParameters
  /// Files of earlier steps of which the tool kept wrong bytes.
  var wrongFiles: Set<String>

  /// What a step showed.
  struct Findings {
    var differences: [String] = []
    /// Files of which the tool kept wrong bytes under their final name.
    var wrongFiles: Set<String> = []
    /// Deviations that hold in every case, because the specification (section 20) asks for them.
    var general: Set<String> = []
  }

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

  func differences() throws -> Findings {
    let server = try FakeMAST(faults: step.faults)
    let isDownload = step.program.contains("download")
    var environment = ["WEBB_NOW": golden.now, "WEBB_MAST_URL": server.baseURL]
    environment["MAST_API_TOKEN"] = step.environment["MAST_API_TOKEN"]
    let arguments =
      ["mast", isDownload ? "download" : "query"] + parameters.arguments
      + (isDownload ? parameters.downloadArguments : [])
    let result = try WebbProcess(arguments, environment: environment, folder: golden.workFolder, input: step.input)
      .run()

    var findings = Findings()
    let stdout = try String(contentsOf: step.folder.appendingPathComponent("stdout.txt"), encoding: .utf8)
    let tree = try RecordedTree(step: step, workFolder: golden.workFolder)
    findings.wrongFiles = try tree.wrongFiles()
    var mustSucceed = step.exit == 0
    if mustSucceed,
      !findings.wrongFiles.subtracting(wrongFiles).isEmpty
        || stdout.contains(#/Download complete: \d+ successful, [1-9]/#)
    {
      mustSucceed = false
      findings.general.insert(
        "Exit code 1 after a failed download, and no wrong bytes under a final name (wishes 21 and 22).")
    }
    if (result.status == 0) != mustSucceed {
      findings.differences.append("exit code \(result.status), recorded \(step.exit): \(result.errors.suffix(300))")
    }
    let recorded = Recording.tables(python: stdout)
    let banners = stdout.matches(
      of: /\n### (?:Selected Products|Observations|Summary propID\/obsnum|Downloaded Selected Products):\n/
    ).count
    if recorded.count != banners { findings.differences.append("\(banners) tables recorded, \(recorded.count) read") }
    let ours = Recording.tables(webb: result.output)
    for (name, table) in recorded.sorted(by: { $0.key < $1.key }) where ours[name] != table {
      if name.hasSuffix("products") && !parameters.comparesProductTables { continue }
      // Where the tool had kept wrong bytes, its codes tell of them.
      if name.hasSuffix("products") && !findings.wrongFiles.union(wrongFiles).isEmpty { continue }
      findings.differences.append("table \(name):\n\(Self.firstDifference(ours[name] ?? "(none)", table))")
    }
    findings.differences += try tree.differences(leavingOut: findings.wrongFiles)
    let asked = try Recording.filesAsked(log: step.folder.appendingPathComponent("requests.jsonl"))
    let askedNow = try server.filesAsked()
    if asked != askedNow {
      findings.differences.append(
        "asked for \(askedNow.subtracting(asked).sorted()) more, \(asked.subtracting(askedNow).sorted()) less")
    }
    return findings
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
