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
    let tree = try RecordedTree(step: step, workFolder: golden.workFolder)
    let server = try FakeMAST(faults: step.faults)
    let requests = step.folder.appendingPathComponent("requests.jsonl")
    let log = (try? String(contentsOf: requests, encoding: .utf8)) ?? ""
    let output = try String(contentsOf: step.folder.appendingPathComponent("stdout.txt"), encoding: .utf8)
    let recorded = Recording.tables(in: output)
    var view = GoldenView(
      step: step, arguments: arguments, configuration: configuration, output: output,
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
    view.talk = result.errors

    var findings = Findings()
    findings.wrongFiles = try tree.wrongFiles()
    let comparison = GoldenComparison(
      view: view, result: result, tables: recorded, ours: ours, tree: tree,
      asked: try Recording.filesAsked(log: requests),
      askedNow: try server.filesAsked(), wrongFiles: findings.wrongFiles, earlierWrongFiles: wrongFiles)

    findings.differences = try comparison.differences(under: Relaxation())
    if comparison.knowsFailure { findings.rules.insert("failed-download") }
    if findings.differences.isEmpty { return findings }
    try explain(&findings, comparison, view)
    try tree.adopt()
    return findings
  }

  /// Looks for the fewest rules under which the step agrees: one alone, or all that hold without those that are not needed.
  private func explain(_ findings: inout Findings, _ comparison: GoldenComparison, _ view: GoldenView) throws {
    let fitting = GoldenRules.all.filter { $0.applies(view) }
    func differences(_ rules: [GoldenRule]) throws -> [String] {
      try comparison.differences(under: rules.reduce(into: Relaxation()) { $0.merge($1.relaxation(view)) })
    }
    findings.differences = try differences(fitting)
    guard findings.differences.isEmpty else { return }
    var needed = fitting
    if let one = try fitting.first(where: { try differences([$0]).isEmpty }) {
      needed = [one]
    } else {
      for rule in fitting {
        let others = needed.filter { $0.name != rule.name }
        if try differences(others).isEmpty { needed = others }
      }
    }
    findings.rules.formUnion(needed.map(\.name))
  }

  /// The configuration in force: the step's own, or a file that an earlier step or a preparation left.
  private var configuration: [String: String] {
    if let config = step.config { return config.values }
    guard let file = arguments["configfile"]?.words?.first ?? step.environment["JWST_QUERY_CFGFILE"], !file.isEmpty
    else {
      return [:]
    }
    let url = URL(fileURLWithPath: file, relativeTo: golden.workFolder.appendingPathComponent("", isDirectory: true))
    return (try? String(contentsOf: url, encoding: .utf8)).map(GoldenConfiguration.values) ?? [:]
  }

  /// The command line as read; nothing where it cannot be read.
  private var arguments: [String: SourcedValue] {
    (try? DropInArguments(step.arguments, for: .download).values) ?? [:]
  }
}
