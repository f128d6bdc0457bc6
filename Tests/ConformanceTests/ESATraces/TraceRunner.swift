import TableIO
import TestSupport

/// Replays one trace: our client makes the calls, the recorded answers are served, what came and what came of it is compared.
struct TraceRunner {
  var trace: Trace
  var better: BetterExpectation?

  /// What a replay showed.
  struct Report: Sendable {
    var trace: String
    /// How steps differ from what is expected, beyond what rules explain.
    var differences: [Int: [String]] = [:]
    var rules: Set<TraceRule> = []
    /// Steps that have no counterpart in our library, with the reason.
    var notApplicable: [Int: CallReason] = [:]
    var stepCount = 0
    /// Whether what is expected is more than the recording.
    var isImproved = false
    /// Whether an expectation of `esa_better.json` took the recording's place.
    var isBetter = false
  }

  /// Runs the trace.
  /// - Parameter makeCaller: gives a client for a server's address and a working folder.
  func run(with makeCaller: (ReplayServer, ScratchFolder) throws -> any TraceCaller) async throws -> Report {
    let folder = WorkingFolder(try ScratchFolder())
    try folder.put(trace.filesPresentBefore)
    let server = try ReplayServer()
    let caller = try makeCaller(server, folder.scratch)
    var report = Report(trace: trace.id, stepCount: trace.steps.count, isBetter: better != nil)
    var memory = TraceMemory()
    for (index, step) in trace.steps.enumerated() {
      var expectation = StepExpectation(step)
      BehaviourRules(trace: trace, index: index).apply(to: &expectation, memory: &memory)
      try better?.apply(to: &expectation, step: index, of: trace)
      let matcher = RequestComparison(call: step.call)
      server.begin(expectation.exchanges, matcher: matcher)
      let before = try folder.files()
      let observed = await caller.perform(step, index: index)
      if case .notApplicable(let reason) = observed {
        if reason == .unknownCall {
          report.differences[index] = ["\(step.call.on).\(step.call.method) is not known to this runner"]
        } else {
          report.notApplicable[index] = reason
        }
        continue
      }
      var found = Findings(rules: expectation.rules)
      found.compareRequests(expectation, server.arrivals, matcher)
      found.bitColumns = BitColumns.names(in: expectation.exchanges.last?.response)
      found.compareOutcome(expectation.outcome, observed)
      found.compareFiles(expectation, before: before, after: try folder.files())
      report.rules.formUnion(found.rules)
      if !found.rules.isSubset(of: TraceRule.neutral) { report.isImproved = true }
      if !found.differences.isEmpty { report.differences[index] = found.differences }
    }
    return report
  }

  /// What one step showed.
  struct Findings {
    var differences: [String] = []
    var rules: Set<TraceRule>
    /// The columns whose bits the Python client reads from the wrong place.
    var bitColumns: Set<String> = []

    mutating func compareRequests(
      _ expectation: StepExpectation, _ arrivals: [ReplayServer.Arrival], _ matcher: RequestComparison
    ) {
      var next = 0
      for arrival in arrivals {
        guard let index = arrival.exchange else {
          differences.append("a request more: \(arrival.request.line)")
          continue
        }
        let found = matcher.compare(recorded: expectation.exchanges[index].request, sent: arrival.request)
        differences += found.differences.map { "\(arrival.request.line): \($0)" }
        rules.formUnion(found.rules)
        if expectation.optional.contains(index), arrival.request.path.hasPrefix("/server/tap/async/") {
          rules.insert(.jobLookedAt)
        }
        if arrival.isRepetition {
          rules.insert(.repeated)
        } else {
          if index < next, expectation.isOrdered { differences.append("\(arrival.request.line) comes too late") }
          next = max(next, index + 1)
        }
      }
      let served = Set(arrivals.compactMap(\.exchange))
      for (index, exchange) in expectation.exchanges.enumerated()
      where !served.contains(index) && !expectation.optional.contains(index) {
        differences.append("a request less: \(exchange.request.line)")
      }
    }

    mutating func compareOutcome(_ expected: StepExpectation.Outcome, _ observed: ObservedOutcome) {
      switch (expected, observed) {
      case (.anyOf(let choices), _):
        let results = choices.map { choice in
          var attempt = Findings(rules: [], bitColumns: bitColumns)
          attempt.compareOutcome(choice, observed)
          return attempt
        }
        if let fitting = results.first(where: \.differences.isEmpty) {
          rules.formUnion(fitting.rules)
        } else {
          differences += results.flatMap(\.differences)
        }
      case (.anyTable, .returned(let ours)):
        if !ours.holdsTable { differences.append("\(ours.brief) instead of a table") }
      case (.anyTable, .raised(let error)):
        differences.append("\(error.family.rawValue) error \"\(error.text)\" instead of a table")
      case (.value(let value), .returned(let ours)):
        let comparison = OutcomeComparison.differences(recorded: value, observed: ours, bitColumns: bitColumns)
        differences += comparison.differences
        rules.formUnion(comparison.rules)
      case (.value(let value), .raised(let error)):
        differences.append("\(error.family.rawValue) error \"\(error.text)\" instead of \(value.brief)")
      case (.error(let families, _), .returned(let value)):
        let names = families.map(\.rawValue).sorted().joined(separator: " or ")
        differences.append("\(value.brief) instead of an error (\(names))")
      case (.error(let families, let texts), .raised(let error)):
        if !families.contains(error.family) {
          let names = families.map(\.rawValue).sorted().joined(separator: " or ")
          differences.append("\(error.family.rawValue) error \"\(error.text)\" instead of one of \(names)")
        }
        let said = ServerText.collapsed(error.text)
        for text in texts where !said.contains(ServerText.collapsed(text)) {
          differences.append("the error \"\(error.text)\" does not say \"\(text)\"")
        }
        rules.insert(.errorWords)
      case (_, .notApplicable): break
      }
    }

    mutating func compareFiles(
      _ expectation: StepExpectation, before: [String: String], after: [String: String]
    ) {
      var (before, after) = (before, after)
      if expectation.leavesRecords { takeRecords(expectation, &before, &after) }
      var expected = before
      for (path, sum) in expectation.files { expected[path] = sum ?? "a symbolic link" }
      for path in expectation.filesRemoved { expected[path] = nil }
      for path in Set(expected.keys).union(after.keys).sorted() where expected[path] != after[path] {
        let difference =
          after[path] == nil ? "file missing: " : expected[path] == nil ? "file too many: " : "other bytes: "
        differences.append(difference + path)
      }
    }

    /// A hidden record stands beside the files of an observation, and nowhere else.
    private mutating func takeRecords(
      _ expectation: StepExpectation, _ before: inout [String: String], _ after: inout [String: String]
    ) {
      let name = ".webb-observation.json"
      let folders = after.keys.filter { $0.hasSuffix("/" + name) }.map { String($0.dropLast(name.count)) }
      for path in expectation.files.keys where !folders.contains(where: { path.hasPrefix($0) }) {
        differences.append("no record beside \(path)")
      }
      for folder in folders {
        let isOld = before.removeValue(forKey: folder + name) != nil
        after[folder + name] = nil
        if !isOld, !expectation.files.keys.contains(where: { $0.hasPrefix(folder) }) {
          differences.append("a record without files: \(folder + name)")
        }
        rules.insert(.observationsRecorded)
      }
    }
  }
}

extension JSONValue {
  /// Whether a value is a table, or a job with one.
  fileprivate var holdsTable: Bool {
    self["$result_table"] != nil || self["$job"]?["results_in_memory"]?["$result_table"] != nil
  }
}
