import Foundation
import TestSupport

@testable import webb

/// One step run again, and how it differs from its recording.
struct GoldenRun {
  var golden: GoldenCase
  var step: GoldenCase.Step
  /// Files of earlier steps of which the tool kept wrong bytes.
  var wrongFiles: Set<String>

  /// What a step showed.
  struct Findings {
    /// How the step differs although all rules are applied whose conditions hold.
    var differences: [String] = []
    /// Files of which the tool kept wrong bytes under their final name.
    var wrongFiles: Set<String> = []
    /// The rules that were needed.
    var rules: Set<String> = []
  }

  func findings() throws -> Findings {
    let server = try FakeMAST(faults: step.faults)
    let requests = step.folder.appendingPathComponent("requests.jsonl")
    let log = (try? String(contentsOf: requests, encoding: .utf8)) ?? ""
    let output = try String(contentsOf: step.folder.appendingPathComponent("stdout.txt"), encoding: .utf8)
    let recorded = Recording.tables(in: output)
    var view = GoldenView(
      step: step, arguments: arguments, configuration: step.config?.values ?? [:], output: output,
      requestCount: log.split(separator: "\n").count, recorded: recorded.mapValues(GoldenTable.init))

    var environment = step.environment
    environment["WEBB_NOW"] = golden.now
    // A step that logs in and asks nothing was recorded without a server.
    let isOffline = view.failed && view.hasToken && view.requestCount == 0 && output.contains("obsnums: ")
    environment["WEBB_MAST_URL"] = isOffline ? "http://127.0.0.1:1" : server.baseURL
    let result = try WebbProcess(
      [view.isQuery ? "jwst_query" : "jwst_download"] + step.arguments, environment: environment,
      folder: golden.workFolder, input: step.input
    ).run()
    let ours = Recording.tables(in: result.output)
    view.ours = ours.mapValues(GoldenTable.init)
    view.status = result.status

    var findings = Findings()
    let tree = try RecordedTree(step: step, workFolder: golden.workFolder)
    findings.wrongFiles = try tree.wrongFiles()
    let comparison = GoldenComparison(
      view: view, result: result, tables: recorded, ours: ours, tree: tree,
      asked: try Recording.filesAsked(log: requests),
      askedNow: try server.filesAsked(), wrongFiles: findings.wrongFiles, earlierWrongFiles: wrongFiles)

    findings.differences = try comparison.differences(under: Relaxation())
    if comparison.knowsFailure { findings.rules.insert("failed-download") }
    if findings.differences.isEmpty { return findings }
    // The fewest rules that explain the step: one alone where one is enough.
    let fitting = GoldenRules.all.filter { $0.applies(view) }
    var all = Relaxation()
    for rule in fitting {
      let relaxation = rule.relaxation(view)
      if try comparison.differences(under: relaxation).isEmpty {
        findings.differences = []
        findings.rules.insert(rule.name)
        try tree.adopt()
        return findings
      }
      all.merge(relaxation)
    }
    findings.differences = try comparison.differences(under: all)
    if findings.differences.isEmpty { findings.rules.formUnion(fitting.map(\.name)) }
    try tree.adopt()
    return findings
  }

  /// The command line as read; nothing where it cannot be read.
  private var arguments: [String: SourcedValue] {
    (try? DropInArguments(step.arguments, for: .download).values) ?? [:]
  }
}
