import Foundation
import TestSupport
import Testing

@testable import webb

/// Replays the recorded runs of the Python tool with Webb's drop-in programs against the same made-up MAST, with the same
/// command lines, configuration files, environments and answers.
@Suite(.serialized) struct MASTGoldenTests {
  static let isOn = Shared.folder != nil

  /// A rule's reason: what differs, and why that is better.
  struct Deviation: Decodable {
    var rule: String
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
    let packaged =
      FileManager.default.fileExists(atPath: own.path) ? own : try Shared.file("conformance/mast-golden/packaged.yaml")
    let cases = try GoldenCase.cases(in: folder, packaged: try String(contentsOf: packaged, encoding: .utf8))
    #expect(!cases.isEmpty, "no cases in \(folder.lastPathComponent)")

    let reasons = try Self.deviations()
    var report = Report()
    for golden in cases { try replay(golden, into: &report) }
    print(report.text(cases: cases.count, reasons: reasons))
  }

  @Test func everyRuleHasItsReason() throws {
    let rules = Set(GoldenRules.all.map(\.name)).union(["failed-download"])
    #expect(rules.count == GoldenRules.all.count + 1, "two rules have the same name")
    #expect(Set(try Self.deviations().keys) == rules)
  }

  private func replay(_ golden: GoldenCase, into report: inout Report) throws {
    try? FileManager.default.removeItem(at: golden.workFolder)
    try FileManager.default.createDirectory(at: golden.workFolder, withIntermediateDirectories: true)
    var differences: [String] = []
    var wrongFiles: Set<String> = []
    for step in golden.steps {
      try step.prepare(in: golden.workFolder)
      let found = try GoldenRun(golden: golden, step: step, wrongFiles: wrongFiles).findings()
      wrongFiles.formUnion(found.wrongFiles)
      differences += found.differences.map { (text: String) -> String in "step \(step.number): \(text)" }
      report.stepCount += 1
      let place = "\(golden.name) \(step.number)"
      for rule in found.rules { report.deviating[rule, default: []].append(place) }
      if step.asksForPages { report.withPages.append(place) }
      if found.differences.isEmpty && found.rules.isEmpty { report.agreeing += 1 }
      if !found.differences.isEmpty { report.failing.append(place) }
    }
    try FileManager.default.removeItem(at: golden.workFolder)
    if differences.isEmpty {
      report.passed += 1
    } else {
      Issue.record("\(golden.name) differs:\n  \(differences.joined(separator: "\n  "))")
    }
  }

  private static func deviations() throws -> [String: Deviation] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("deviations.json")
    let deviations = try JSONDecoder().decode(Deviations.self, from: Data(contentsOf: file))
    return Dictionary(uniqueKeysWithValues: deviations.mast.map { ($0.rule, $0) })
  }

  /// What a replay of all cases came to.
  private struct Report {
    var passed = 0
    var stepCount = 0
    var agreeing = 0
    var failing: [String] = []
    var deviating: [String: [String]] = [:]
    var withPages: [String] = []

    func text(cases: Int, reasons: [String: Deviation]) -> String {
      let differing = stepCount - agreeing - failing.count
      var lines = [
        "MAST recordings: \(passed) of \(cases) cases passed; of \(stepCount) steps \(agreeing) agree byte for byte, "
          + "\(differing) differ only by a named rule, \(failing.count) fail."
      ]
      for (rule, places) in deviating.sorted(by: { $0.key < $1.key }) {
        let reason = reasons[rule]
        lines.append(
          "\(rule) (\(places.count)): \(reason?.differs ?? "?") Better: \(reason?.better ?? "?")\n    \(places.joined(separator: ", "))"
        )
      }
      if !withPages.isEmpty {
        lines.append("Web pages are Webb's own; all else is compared of the steps that make them (\(withPages.count)):")
        lines.append("    " + withPages.joined(separator: ", "))
      }
      return lines.joined(separator: "\n")
    }
  }
}
