/// Counts the traces: conforming, deviating with a reason, failing.
struct TraceSummary {
  private let calls: [CallReason: TraceDeviations.Call]
  private let rules: [TraceRule: TraceDeviations.Rule]
  private let deviations: [String: TraceDeviations.Deviation]
  private(set) var conforming: [String] = []
  private(set) var deviating: [(trace: String, reason: String)] = []
  private(set) var failing: [(trace: String, differences: [String])] = []
  /// Traces that need not stand in `deviations.json`.
  private(set) var needlessDeviations: [String] = []
  /// Traces of a weakness of which nothing better is expected.
  private(set) var notImproved: [String] = []
  private var uses: [TraceRule: Int] = [:]
  private var notApplicable: [CallReason: [String]] = [:]
  private var betterCount = 0

  init(deviations: TraceDeviations) {
    rules = Dictionary(deviations.rules.map { ($0.rule, $0) }) { $1 }
    calls = Dictionary(deviations.calls.map { ($0.call, $0) }) { $1 }
    self.deviations = Dictionary(deviations.esa.map { ($0.trace, $0) }) { $1 }
  }

  /// Takes in the report of one trace.
  mutating func add(_ report: TraceRunner.Report, slug: String, isBug: Bool) {
    if isBug, !report.isImproved, !report.isBetter, report.notApplicable.isEmpty { notImproved.append(report.trace) }
    for rule in report.rules { uses[rule, default: 0] += 1 }
    for (step, reason) in report.notApplicable.sorted(by: { $0.key < $1.key }) {
      notApplicable[reason, default: []].append("\(slug) \(step)")
    }
    if report.isBetter { betterCount += 1 }
    let deviation = deviations[slug]
    var differences: [String] = []
    for (step, found) in report.differences.sorted(by: { $0.key < $1.key })
    where !(deviation?.steps.contains(step) ?? false) {
      differences += found.map { "step \(step): \($0)" }
    }
    for rule in report.rules.sorted(by: { $0.rawValue < $1.rawValue }) where rules[rule] == nil {
      differences.append("the rule \(rule.rawValue) is not in deviations.json")
    }
    for reason in Set(report.notApplicable.values).sorted(by: { $0.rawValue < $1.rawValue }) where calls[reason] == nil
    {
      differences.append("the reason \(reason.rawValue) is not in deviations.json")
    }
    let needless = deviation.map {
      $0.steps.filter { report.differences[$0] == nil && report.notApplicable[$0] == nil }
    }
    if let needless, !needless.isEmpty { needlessDeviations.append("\(slug) \(needless)") }
    if !differences.isEmpty {
      failing.append((report.trace, differences))
    } else if let deviation {
      deviating.append((report.trace, deviation.differs))
    } else if report.notApplicable.count == report.stepCount {
      let reasons = Set(report.notApplicable.values.compactMap { calls[$0]?.differs }).sorted()
      deviating.append((report.trace, reasons.joined(separator: " ")))
    } else {
      conforming.append(report.trace)
    }
  }

  /// What is printed.
  var text: String {
    var lines = [
      "ESA traces: \(conforming.count) conforming, \(deviating.count) deviating, \(failing.count) failing",
      "\(betterCount) of them measured against esa_better.json. Rules in use, with the number of traces:",
    ]
    for (rule, count) in uses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("  \(rule.rawValue) (\(count)): \(rules[rule]?.differs ?? "")")
    }
    if !notImproved.isEmpty { lines.append("Weaknesses of which nothing better is expected: \(notImproved)") }
    if !deviating.isEmpty {
      lines.append("Deviating:")
      lines += deviating.map { "  \($0.trace): \($0.reason)" }
    }
    if !notApplicable.isEmpty {
      lines.append("Calls without a counterpart:")
      lines += notApplicable.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, steps in
        "  \(reason.rawValue) (\(steps.count)): \(calls[reason]?.differs ?? "") \(steps.joined(separator: ", "))"
      }
    }
    return lines.joined(separator: "\n")
  }
}
