import TableIO

/// The rules that change what is expected of a step. Each looks at the recording alone, never at what our client did.
struct BehaviourRules {
  var trace: Trace
  var index: Int
  var step: Trace.Step { trace.steps[index] }

  /// Applies every rule that holds.
  func apply(to expectation: inout StepExpectation, memory: inout TraceMemory) {
    contexts(&expectation)
    unencoded(&expectation)
    errors(&expectation)
    session(&expectation, &memory)
    documents(&expectation)
    jobs(&expectation)
    targets(&expectation)
    lookUps(&expectation)
    arguments(&expectation)
    answers(&expectation)
    files(&expectation)
    downloads(&expectation)
  }

  // MARK: Requests

  /// The JWST class has no contexts for uploads, table edits and links, and asks the bare server path (weakness 03).
  private func contexts(_ expectation: inout StepExpectation) {
    guard trace.client == "jwst" else { return }
    for number in expectation.exchanges.indices {
      let request = expectation.exchanges[number].request
      let path: String? =
        switch (request.path, step.call.method) {
        case ("/server", "upload_table"), ("/server", "upload_table_from_job"), ("/server", "delete_user_table"):
          "/server/Upload"
        case ("/server", _): "/server/TableTool"
        case ("/server/links", _): "/server/datalink/links"
        default: nil
        }
      if let path {
        expectation.exchanges[number].request.path = path
        expectation.rules.insert(.rightContexts)
      }
    }
  }

  /// A session ends with the logout (weakness 14), and begins only with a cookie (weakness 11).
  private func session(_ expectation: inout StepExpectation, _ memory: inout TraceMemory) {
    for number in expectation.exchanges.indices {
      guard let cookie = expectation.exchanges[number].request.cookie, memory.droppedCookies.contains(cookie) else {
        continue
      }
      expectation.exchanges[number].request.cookie = nil
      expectation.rules.insert(.cookieDroppedAtLogout)
    }
    if step.call.method == "login", let first = expectation.exchanges.first, first.request.cookie != nil {
      expectation.exchanges[0].request.cookie = nil
      expectation.rules.insert(.loginWithoutCookie)
    }
    if step.call.method == "logout" {
      memory.droppedCookies.formUnion(trace.steps.flatMap(\.exchanges).compactMap(\.request.cookie))
    }
    if step.call.method == "login", case .value = expectation.outcome, let answer = step.exchanges.first?.response {
      let cookies = answer.headers.filter { $0.name.lowercased() == "set-cookie" }.map { field in
        field.value.prefix { $0 != "=" }.filter { !$0.isWhitespace }
      }
      if !cookies.contains("SESSION"), !cookies.contains("JSESSIONID") {
        expectation.outcome = .error(families: [.answer, .service], texts: [])
        expectation.rules.insert(.loginNeedsCookie)
      }
    }
  }

  /// What the Python client's HTTP library refuses because it is not encoded goes out encoded (weakness 05).
  private func unencoded(_ expectation: inout StepExpectation) {
    guard case .raised("InvalidURL", _) = step.outcome, step.exchanges.isEmpty,
      let value = (step.call.arguments + step.call.keywords.members.map(\.value)).first?.stringValue
    else { return }
    expectation.rules.insert(.valuesEncoded)
    switch step.call.method {
    case "load_table":
      let empty = TraceResponse.text(
        "<tableset xmlns=\"http://www.ivoa.net/xml/VODataService/v1.1\"/>", type: "text/xml")
      expectation.add(
        "GET", "/server/tap/tables", query: [TracePair(name: "tables", value: value)], answer: empty, at: 0)
      expectation.outcome = .value(.null)
    case "is_valid_user":
      expectation.add(
        "GET", "/server/tap/users", query: [TracePair(name: "USER", value: value)], answer: .text(""), at: 0)
      expectation.outcome = .value(.boolean(false))
    default:
      expectation.add("GET", "/server/tap/async/" + value, answer: .text("no such job", status: 404), at: 0)
      expectation.outcome = .error(families: [.notFound, .service], texts: ["no such job"])
    }
  }

  /// One question about all planes instead of two for each (weakness 47).
  private func lookUps(_ expectation: inout StepExpectation) {
    let planes = expectation.exchanges.enumerated().compactMap { number, exchange -> (Int, LookUp)? in
      LookUp(exchange.request).map { (number, $0) }
    }
    for kind in [LookUp.Kind.siblings, .members] {
      let same = planes.filter { $0.1.kind == kind }
      guard same.count > 1, let first = same.first else { continue }
      let names = same.map(\.1.plane)
      let list = "IN (" + names.map { "'\($0)'" }.joined(separator: ", ") + ")"
      guard let query = expectation.exchanges[first.0].request.form?.firstIndex(where: { $0.name == "QUERY" }) else {
        continue
      }
      expectation.exchanges[first.0].request.form?[query].value = first.1.text(with: list)
      expectation.exchanges[first.0].response = LookUp.joined(same.map { expectation.exchanges[$0.0].response })
      expectation.rules.insert(.lookUpsJoined)
    }
    guard expectation.rules.contains(.lookUpsJoined) else { return }
    var seen: Set<LookUp.Kind> = []
    let dropped = Set(planes.filter { !seen.insert($0.1.kind).inserted }.map(\.0))
    expectation.exchanges = expectation.exchanges.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
  }

  // MARK: Answers

  /// A failing answer is an error with the server's words, whatever the Python client made of it (weaknesses 08, 09, 18, 20, 21, 26, 45).
  private func errors(_ expectation: inout StepExpectation) {
    guard let answer = expectation.failingAnswer else { return }
    let text = ServerText.message(answer).map { [$0] } ?? []
    let families: Set<ErrorFamily> = [.service, .notFound, .job]
    switch (expectation.outcome, step.outcome) {
    case (.error, .raised(let type, let message)):
      // A resolver that fails is not the end, and tells little; see `esa_better.json`.
      if step.exchanges.last.map({ !$0.request.path.hasPrefix("/server") }) ?? true { return }
      expectation.outcome = .error(families: families, texts: text)
      if !["HTTPError", "SystemError"].contains(type) || !message.hasPrefix("Error") {
        expectation.rules.insert(.errorTextRead)
      }
    case (.value, _) where ["set_token", "logout", "get_status_messages"].contains(step.call.method):
      expectation.outcome = .error(families: families, texts: text)
      expectation.rules.insert(.failuresTold)
    case (.value, _) where step.call.method == "get_error": break
    case (.value, _) where answer.status == 200:
      expectation.outcome = .error(families: families, texts: text)
      expectation.rules.insert(.errorInAnswer)
    default: break
    }
  }

  /// Documents that are good and only spelled differently are read (weaknesses 10, 15, 31, 32, 34).
  private func documents(_ expectation: inout StepExpectation) {
    if case .raised(let type, _) = step.outcome, !["HTTPError", "SystemError", "ValueError"].contains(type),
      ["launch_job", "launch_job_async", "cone_search", "query_region", "get_results", "load_data"]
        .contains(step.call.method),
      let last = step.exchanges.last?.response, last.status == 200, last.cut == nil, ServerText.message(last) == nil
    {
      expectation.outcome = .anyOf([.anyTable, .error(families: [.answer, .transport], texts: [])])
      expectation.rules.insert(.lenientDocuments)
    }
    guard
      let body = step.exchanges.last.map({ String(decoding: ServerText.inflated($0.response.body), as: UTF8.self) }),
      step.exchanges.last?.response.status == 200
    else { return }
    switch step.call.method {
    case "get_status_messages":
      let texts = body.split(whereSeparator: \.isNewline).map { line -> JSONValue in
        .string(String(line.contains("=") ? line.drop { $0 != "=" }.dropFirst() : line))
      }
      if case .error = expectation.outcome { expectation.rules.insert(.lenientDocuments) }
      expectation.outcome = .value(.array(texts))
      expectation.rules.insert(.valuesNotPrinted)
    case "load_tables":
      guard case .raised("KeyError", _) = step.outcome else { return }
      let names = body.matches(of: #/<(?:\w+:)?table\b[^>]*>\s*<(?:\w+:)?name>([^<]*)</#).map { String($0.output.1) }
      expectation.outcome = .value(
        .array(names.map { .object(["$table_meta": .object(["qualified_name": .string($0)])]) }))
      expectation.rules.insert(.lenientDocuments)
    case "list_async_jobs", "search_async_jobs":
      guard case .returned(.array(let jobs)) = step.outcome, jobs.isEmpty else { return }
      let found = body.matches(
        of: #/<(?:\w+:)?(?:jobref|job)\b[^>]*\bid=["']([^"']*)["'](?s:.*?)<(?:\w+:)?phase>([A-Z]*)</#)
      if found.isEmpty { return }
      expectation.outcome = .value(
        .array(
          found.map {
            .object(["$job": .object(["jobid": .string(String($0.output.1)), "phase": .string(String($0.output.2))])])
          }))
      expectation.rules.insert(.lenientDocuments)
    case "is_valid_user":
      guard case .value(.boolean(let isKnown)) = expectation.outcome,
        let user = (step.call.keywords["user_id"] ?? step.call.arguments.first)?.stringValue
      else { return }
      let isListed = body.split(whereSeparator: \.isNewline).contains { $0.hasPrefix(user + ":") }
      if isListed != isKnown {
        expectation.outcome = .value(.boolean(isListed))
        expectation.rules.insert(.lenientDocuments)
      }
    default: break
    }
  }

  /// What the Python client drops or takes for something else.
  private func answers(_ expectation: inout StepExpectation) {
    // Nothing related is an empty list; no planes have no products.
    if step.call.method == "get_related_observations" {
      if case .raised("IndexError", _) = step.outcome { expectation.outcome = .value(.array([])) }
      if case .value(let value) = expectation.outcome {
        let names = (value["$column"]?["values"] ?? value).arrayValue ?? []
        var seen: Set<JSONValue> = [.string("")]
        expectation.outcome = .value(.array(names.filter { seen.insert($0).inserted }))
      }
      expectation.rules.insert(.alwaysAList)
    }
    if step.call.method == "resolve_target_coordinates", case .value(.null) = expectation.outcome {
      expectation.outcome = .error(families: [.notFound], texts: [])
      expectation.rules.insert(.nothingIsAnError)
    }
    if let last = expectation.exchanges.last, last.request.field("QUERY")?.contains("IN ('')") ?? false {
      expectation.exchanges.removeLast()
      expectation.outcome = .value(.null)
      expectation.rules.insert(.nothingAskedForNothing)
    }
    guard case .value(let value) = expectation.outcome else { return }
    if step.call.method == "set_ra_dec_columns", value.stringValue != nil {
      expectation.outcome = .value(.null)
      expectation.rules.insert(.valuesNotPrinted)
    }
    if let body = step.exchanges.last.map({ String(decoding: ServerText.inflated($0.response.body), as: UTF8.self) }),
      body.contains(#/<(?:\w+:)?INFO\b[^>]*value=["']OVERFLOW["']/#)
    {
      expectation.outcome = .value(value.adding("overflow", .boolean(true)))
      expectation.rules.insert(.overflowTold)
    }
  }
}

extension JSONValue {
  /// The table inside a recorded value with one more member.
  fileprivate func adding(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var object) = self else { return self }
    for (index, member) in object.members.enumerated() {
      if member.name == "$result_table", case .object(var table) = member.value {
        table.members.append(JSONObject.Member(name: name, value: value))
        object.members[index].value = .object(table)
      } else {
        object.members[index].value = member.value.adding(name, value)
      }
    }
    return .object(object)
  }
}
