import TableIO

extension BehaviourRules {
  /// What cannot work is refused before anything is asked, and nothing is asked where there is nothing to ask for
  /// (weaknesses 48, 61).
  func arguments(_ expectation: inout StepExpectation) {
    switch step.call.method {
    case "launch_job" where step.call.keywords["query"]?.stringValue == "": refuse(&expectation, .usage)
    case "remove_jobs" where step.call.arguments.first?.arrayValue?.isEmpty ?? false:
      expectation.exchanges = []
      expectation.rules.insert(.argumentsFirst)
    case "login" where step.exchanges.first?.request.field("password") == "": refuse(&expectation, .file)
    case "query_region", "cone_search", "query_target":
      for name in ["radius", "width", "height"] {
        if let size = step.call.keywords[name]?["$quantity"]?["value"]?.realValue, size <= 0 {
          refuse(&expectation, .usage)
        }
      }
      if case .integer(let level)? = step.call.keywords["cal_level"], !(-1...4).contains(level) {
        refuse(&expectation, .usage)
      }
    case "rename_table"
    where step.call.keywords["new_table_name"] == nil && step.call.keywords["new_column_names_dict"] == nil:
      refuse(&expectation, .usage)
    case "get_product" where step.call.keywords["file_name"]?.stringValue == "": refuse(&expectation, .usage)
    default: break
    }
    // Which columns are positions is said in the query itself.
    if step.call.method == "cross_match_basic" {
      expectation.exchanges.removeAll { ["/server/tap/tables", "/server/TableTool"].contains($0.request.path) }
      expectation.rules.insert(.crossMatchIsAQuery)
    }
    // A message about an argument, after questions that were all answered.
    if case .raised("ValueError", let message) = step.outcome, !step.exchanges.isEmpty,
      step.exchanges.allSatisfy({ $0.response.status == 200 && $0.request.path.hasPrefix("/server") }),
      message.contains("must be") || message.contains("is not valid")
    {
      refuse(&expectation, .usage)
    }
    higherLevels(&expectation)
    upperLevels(&expectation)
    schemas(&expectation)
  }

  private func refuse(_ expectation: inout StepExpectation, _ family: ErrorFamily) {
    expectation.exchanges = []
    expectation.files = [:]
    expectation.outcome = .error(families: [family, .usage], texts: [])
    expectation.rules.insert(.argumentsFirst)
  }

  /// Level 4 (contributed products) may be asked for (weakness 63).
  private func higherLevels(_ expectation: inout StepExpectation) {
    guard case .raised("ValueError", _) = step.outcome,
      ["get_product_list", "get_obs_products"].contains(step.call.method),
      case .integer(4)? = step.call.keywords["cal_level"]
    else { return }
    let observation = step.call.keywords["observation_id"]?.stringValue ?? ""
    let planes = trace.steps.flatMap(\.exchanges).first {
      $0.request.field("QUERY")?.contains(" m.observationid = '\(observation)'") ?? false
    }
    if let planes {
      expectation.exchanges = [planes]
    } else {
      expectation.exchanges = [Self.planes(of: observation)]
    }
    expectation.outcome = .error(families: [.usage, .notFound], texts: [])
    expectation.rules.insert(.levelFour)
  }

  /// No level above the observation's own, whatever its own is (weakness 46).
  private func upperLevels(_ expectation: inout StepExpectation) {
    guard ["get_product_list", "get_obs_products"].contains(step.call.method),
      case .integer(let wanted)? = step.call.keywords["cal_level"], let first = expectation.exchanges.first,
      expectation.exchanges.count > 1,
      first.request.field("QUERY")?.contains("m.observationid = ") ?? false,
      let table = (try? ObservedTable.read(first.response.body))?["$result_table"]
    else { return }
    let top = table.list("rows").compactMap { $0.arrayValue?.dropFirst().first?.integerValue }.max()
    guard let top, wanted > top else { return }
    expectation.exchanges = [first]
    expectation.files = [:]
    expectation.outcome = .error(families: [.usage], texts: [])
    expectation.rules.insert(.argumentsFirst)
  }

  static func planes(of observation: String, isKnown: Bool = true) -> TraceExchange {
    let query =
      "select distinct  TOP 2000 m.planeid, m.calibrationlevel from jwst.main m where m.observationid = '\(observation)'"
    let fields = [
      ("REQUEST", "doQuery"), ("LANG", "ADQL"), ("FORMAT", "votable"), ("tapclient", "ASTROQUERY"), ("QUERY", query),
      ("PHASE", "RUN"),
    ]
    return TraceExchange(
      request: TraceRequest(
        method: "POST", path: "/server/tap/sync", query: [], rawQuery: nil,
        form: fields.map { TracePair(name: $0.0, value: $0.1) }, parts: nil, body: [], cookie: nil),
      response: .text(
        """
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results"><TABLE>\
        <FIELD name="planeid" datatype="char" arraysize="*"/><FIELD name="calibrationlevel" datatype="int"/>\
        <DATA><TABLEDATA>\(isKnown ? "<TR><TD>p</TD><TD>2</TD></TR>" : "")</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
        """, type: "application/x-votable+xml"))
  }

  /// A table without a schema is asked for: some services have such. One that is not there is an error.
  private func schemas(_ expectation: inout StepExpectation) {
    guard step.call.method == "load_table", let name = step.call.arguments.first?.stringValue else { return }
    if case .raised("ValueError", _) = step.outcome, step.exchanges.isEmpty {
      expectation.add(
        "GET", "/server/tap/tables", query: [TracePair(name: "tables", value: name)],
        answer: .text("<tableset/>", type: "text/xml"), at: 0)
      expectation.outcome = .value(.null)
    }
    let isAnothersAnswer = (step.exchanges.first?.request.query.count ?? 0) > 1
    if case .value(let value) = expectation.outcome, value == .null || isAnothersAnswer {
      expectation.outcome = .error(families: [.notFound], texts: [name])
      expectation.rules.insert(.nothingIsAnError)
    }
  }
}
