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
    everyResolver(&expectation)
    for number in expectation.exchanges.indices
    where expectation.exchanges[number].request.path == "/simbad/sim-tap/capabilities" {
      expectation.optional.insert(number)
      expectation.rules.insert(.simbadCapabilities)
    }
  }

  /// Whatever goes wrong with one resolver, the next is asked (weaknesses 43, 44).
  private func everyResolver(_ expectation: inout StepExpectation) {
    let (name, resolver) = Self.target(step)
    guard resolver == "ALL", case .error = expectation.outcome, expectation.exchanges.contains(where: Self.isResolver),
      expectation.exchanges.allSatisfy({ Self.isResolver($0) })
    else { return }
    for (path, exchange) in [
      ("/cgi-bin/objsearch", Self.ned(name)), ("/viz-bin/votable", Self.vizier(name)),
    ] where !expectation.exchanges.contains(where: { $0.request.path == path }) {
      expectation.exchanges.append(exchange)
      expectation.outcome = .error(families: [.notFound], texts: [])
      expectation.rules.insert(.everyResolver)
    }
  }

  private static func ned(_ name: String) -> TraceExchange {
    let query = [
      ("of", "xml_main"), ("img_stamp", "NO"), ("extend", "no"), ("list_limit", "0"), ("hconst", "73"),
      ("omegam", "0.27"), ("omegav", "0.73"), ("corr_z", "1"), ("out_csys", "Equatorial"), ("out_equinox", "J2000.0"),
      ("obj_sort", "RA or Longitude"), ("objname", name),
    ]
    let request = TraceRequest(
      method: "GET", path: "/cgi-bin/objsearch", query: query.map { TracePair(name: $0.0, value: $0.1) }, rawQuery: nil,
      form: nil, parts: nil, body: [], cookie: nil)
    return TraceExchange(request: request, response: .text("not known here", status: 404))
  }

  private static func vizier(_ name: String) -> TraceExchange {
    let lines =
      "-source=II/336/apass9\n-out.max=50\n-out=*\n-c=\(name)\n-out.meta=huUD\n-out.form=mini\n-oc.form=d"
    let request = TraceRequest(
      method: "POST", path: "/viz-bin/votable", query: [], rawQuery: nil, form: nil, parts: nil,
      body: Array(lines.utf8),
      cookie: nil)
    return TraceExchange(request: request, response: .text("not known here", status: 404))
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
