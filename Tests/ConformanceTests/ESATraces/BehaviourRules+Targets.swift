import TableIO

extension BehaviourRules {
  /// Targets: SIMBAD is asked without its capabilities, and nothing is remembered on disk or between calls (weakness 64).
  func targets(_ expectation: inout StepExpectation) {
    if ["resolve_target_coordinates", "query_target"].contains(step.call.method),
      !expectation.exchanges.contains(where: { Self.isResolver($0) }), case .returned = step.outcome,
      let earlier = trace.steps[..<index].first(where: { isSameTarget($0) })
    {
      expectation.exchanges.insert(contentsOf: earlier.exchanges.filter { Self.isResolver($0) }, at: 0)
      expectation.rules.insert(.noResolverCache)
    }
    for number in expectation.exchanges.indices
    where expectation.exchanges[number].request.path == "/simbad/sim-tap/capabilities" {
      expectation.optional.insert(number)
      expectation.rules.insert(.simbadCapabilities)
    }
  }

  private static func isResolver(_ exchange: TraceExchange) -> Bool { !exchange.request.path.hasPrefix("/server") }

  private func isSameTarget(_ other: Trace.Step) -> Bool {
    guard case .returned = other.outcome, other.exchanges.contains(where: { Self.isResolver($0) }) else { return false }
    let (mine, theirs) = (Self.target(step), Self.target(other))
    return mine.name == theirs.name && (mine.resolver == theirs.resolver || mine.resolver == "ALL")
  }

  private static func target(_ step: Trace.Step) -> (name: String, resolver: String) {
    let call = step.call
    let name = (call.keywords["target_name"] ?? call.arguments.first)?.stringValue ?? ""
    let resolver = call.keywords["target_resolver"] ?? call.arguments.dropFirst().first
    return (name, resolver?.stringValue ?? "ALL")
  }
}
