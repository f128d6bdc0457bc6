import TableIO

extension BehaviourRules {
  /// Jobs: the phase is looked at before the result, redirects are followed, jobs that are held are waited for, and the
  /// service decides what may be done with a job (weaknesses 23, 24, 26, 28).
  func jobs(_ expectation: inout StepExpectation) {
    trailingSlash(&expectation)
    pending(&expectation)
    phaseFirst(&expectation)
    redirects(&expectation)
    actions(&expectation)
    errorDocument(&expectation)
    documents(ofJobs: &expectation)
    waited(&expectation)
  }

  private static func isPhase(_ exchange: TraceExchange) -> Bool {
    exchange.request.method == "GET" && exchange.request.path.hasSuffix("/phase") && exchange.response.status == 200
  }

  private static func phase(_ exchange: TraceExchange) -> String {
    String(decoding: exchange.response.body, as: UTF8.self).uppercased().filter { !$0.isWhitespace }
  }

  private static func isFinal(_ phase: String) -> Bool {
    ["COMPLETED", "ERROR", "ABORTED", "ARCHIVED"].contains(phase)
  }

  /// A job that was made without starting it is looked at before it is started.
  private func pending(_ expectation: inout StepExpectation) {
    guard ["get_results", "get_data", "wait_for_job_end", "save_results"].contains(step.call.method),
      let first = expectation.exchanges.first?.request, first.method == "POST", first.path.hasSuffix("/phase")
    else { return }
    expectation.add("GET", first.path, answer: .text("PENDING"), at: 0)
    expectation.rules.insert(.pendingLookedAtFirst)
  }

  private func phaseFirst(_ expectation: inout StepExpectation) {
    guard let last = expectation.exchanges.lastIndex(where: { Self.isPhase($0) }) else { return }
    let exchange = expectation.exchanges[last]
    let job = String(exchange.request.path.dropLast("/phase".count))
    let results = expectation.exchanges.indices.filter {
      $0 > last && expectation.exchanges[$0].request.path.hasPrefix(job + "/results/")
    }
    if results.isEmpty { return }
    switch Self.phase(exchange) {
    case "ERROR":
      let wrong = results.map { expectation.exchanges[$0].response }
      for index in results.reversed() { expectation.exchanges.remove(at: index) }
      var errors = expectation.exchanges.indices.filter { expectation.exchanges[$0].request.path == job + "/error" }
      if errors.isEmpty {
        // The text that the service put in the result's place is what its error document says.
        expectation.add("GET", job + "/error", answer: wrong.last ?? .text("no error", status: 404), at: last + 1)
        errors = [last + 1]
      }
      // Once is enough; the redirect led to what is asked for later.
      for index in errors.dropFirst().reversed() { expectation.exchanges.remove(at: index) }
      let answer = expectation.exchanges[errors[0]].response
      let text = answer.status < 400 ? ServerText.message(answer) : nil
      expectation.outcome = .error(families: [.job], texts: text.map { [$0] } ?? [])
      expectation.rules.insert(.phaseBeforeResult)
    case "ARCHIVED":
      for index in results.reversed() { expectation.exchanges.remove(at: index) }
      expectation.outcome = .error(families: [.notFound, .job], texts: [])
      expectation.rules.insert(.phaseBeforeResult)
    case "ABORTED":
      for index in results.reversed() { expectation.exchanges.remove(at: index) }
      expectation.outcome = .error(families: [.job], texts: [])
      expectation.rules.insert(.phaseBeforeResult)
    case let phase where !Self.isFinal(phase):
      expectation.add("GET", exchange.request.path, answer: .text("COMPLETED"), at: last + 1)
      if phase == "HELD" {
        expectation.add("POST", exchange.request.path, answer: .text("COMPLETED"), at: last + 1)
        expectation.exchanges[last + 1].request.form = [TracePair(name: "PHASE", value: "RUN")]
        expectation.optional.insert(last + 1)
      }
      expectation.rules.insert(.heldJobsWaitedFor)
    default: break
    }
  }

  /// The identifier of a job does not end with its Location's slash (weakness 22).
  private func trailingSlash(_ expectation: inout StepExpectation) {
    let locations = trace.steps[...index].flatMap(\.exchanges).compactMap { exchange -> String? in
      exchange.request.path == "/server/tap/async" ? exchange.response.header("Location") : nil
    }
    guard let location = locations.last(where: { $0.hasSuffix("/") }),
      let id = location.split(separator: "/").last.map({ String($0) })
    else { return }
    for number in expectation.exchanges.indices {
      expectation.exchanges[number].request.path.replace("/async//", with: "/async/\(id)/")
    }
    if case .value(let value) = expectation.outcome, value["$job"]?["jobid"] == .string("") {
      expectation.outcome = .value(value.replacingID(with: id))
    }
    expectation.rules.insert(.trailingSlash)
  }

  /// The Python client follows twenty redirects of a result, none of a file, and of `sync` only 303; ours ten of each.
  private func redirects(_ expectation: inout StepExpectation) {
    guard case .error(let families, _) = expectation.outcome, families.contains(.service),
      let last = expectation.exchanges.last, (301...303).contains(last.response.status),
      step.call.jobStep == nil || step.call.method == "get_results",
      !last.request.path.hasSuffix("/async"), !last.request.path.hasSuffix("/phase")
    else { return }
    let run = expectation.exchanges.reversed().prefix {
      (301...303).contains($0.response.status) && $0.request.path != "/server/tap/async"
    }
    if run.count > 10 {
      expectation.optional.formUnion((expectation.exchanges.count - run.count + 1)..<expectation.exchanges.count)
      expectation.outcome = .error(families: [.service, .transport, .answer], texts: [])
      expectation.rules.insert(.redirectLimit)
    } else if let path = last.response.header("Location").flatMap(Self.path) {
      expectation.add("GET", path, answer: .text("it is gone", status: 404), at: expectation.exchanges.count)
      expectation.outcome = .error(families: [.service, .notFound], texts: ["it is gone"])
      expectation.rules.insert(.redirectsFollowed)
    }
  }

  /// The path of an address on the recorded server, whose relative ones are meant from the TAP resource on.
  private static func path(_ location: String) -> String? {
    if location.hasPrefix("async/") { return "/server/tap/" + location }
    for prefix in ["https://{HTTPS_HOST}", "http://{HTTP_HOST}"] where location.hasPrefix(prefix) {
      return String(location.dropFirst(prefix.count).prefix { $0 != "?" })
    }
    return location.hasPrefix("/") ? location : nil
  }

  /// UWS answers 303 where all is well; what a job's phase allows is the service's affair.
  private func actions(_ expectation: inout StepExpectation) {
    guard let maker = step.call.jobStep, ["send_parameter", "start", "abort"].contains(step.call.method) else { return }
    if let answer = step.exchanges.last?.response, answer.status == 303, case .error = expectation.outcome {
      expectation.outcome = .value(.null)
      expectation.rules.insert(.redirectsFollowed)
    }
    let location = trace.steps[maker].exchanges.last?.response.header("Location")
    guard step.exchanges.isEmpty, let job = location.flatMap(Self.path) else { return }
    let arguments = step.call.keywords
    let field =
      step.call.method == "send_parameter"
      ? TracePair(name: arguments["name"]?.stringValue ?? "", value: arguments["value"]?.stringValue ?? "")
      : TracePair(name: "PHASE", value: step.call.method == "start" ? "RUN" : "ABORT")
    expectation.add(
      "POST", step.call.method == "send_parameter" ? job : job + "/phase",
      answer: .text("the job does not allow that", status: 403), at: 0)
    expectation.exchanges[0].request.form = [field]
    expectation.outcome = .error(families: [.service], texts: ["the job does not allow that"])
    expectation.rules.insert(.serviceDecides)
  }

  /// An error document gives its text; where there is none, the job's own summary is asked.
  private func errorDocument(_ expectation: inout StepExpectation) {
    guard step.call.method == "get_error", let answer = step.exchanges.last?.response else { return }
    if answer.status == 200 {
      let text = ServerText.message(answer) ?? ServerText.pageText(answer)
      expectation.outcome = .value(.text(text))
      expectation.rules.insert(.errorTextRead)
    } else {
      expectation.outcome = .anyOf([.value(.null), expectation.outcome])
    }
  }

  /// The job's document may be looked at: for whether the service holds requests open, for the error's summary, for where
  /// the result is.
  private func documents(ofJobs expectation: inout StepExpectation) {
    var index = 0
    while index < expectation.exchanges.count {
      let exchange = expectation.exchanges[index]
      let path = exchange.request.path
      let isOfJob = path.hasPrefix("/server/tap/async/") && exchange.request.method == "GET"
      if Self.isPhase(exchange) {
        let phase = Self.phase(exchange)
        let job = String(path.dropLast("/phase".count))
        insert(&expectation, job, Self.document(job, phase), at: index + 1)
        index += 1
      } else if isOfJob, path.hasSuffix("/error") || path.contains("/results/"), exchange.response.status != 200 {
        let job = "/server/tap/async/" + path.split(separator: "/")[3]
        insert(&expectation, job, Self.document(job, "COMPLETED"), at: index + 1)
        index += 1
      }
      index += 1
    }
  }

  /// Adds an exchange that a client may do without.
  private func insert(_ expectation: inout StepExpectation, _ path: String, _ answer: TraceResponse, at index: Int) {
    expectation.optional = Set(expectation.optional.map { $0 >= index ? $0 + 1 : $0 })
    expectation.add("GET", path, answer: answer, at: index)
    expectation.optional.insert(index)
  }

  private static func document(_ job: String, _ phase: String) -> TraceResponse {
    .text(
      """
      <uws:job xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0"><uws:jobId>\(job.split(separator: "/").last ?? "")</uws:jobId>\
      <uws:phase>\(phase)</uws:phase></uws:job>
      """, type: "text/xml")
  }

  /// The end of the waiting is told by the phase alone.
  private func waited(_ expectation: inout StepExpectation) {
    guard step.call.method == "wait_for_job_end", case .value(.array(let items)) = expectation.outcome, items.count == 2
    else { return }
    expectation.outcome = .value(.string(items[1].stringValue?.uppercased().filter { !$0.isWhitespace } ?? ""))
    expectation.rules.insert(.resultNotJobObject)
  }
}

extension JSONValue {
  /// A recorded job with another identifier.
  fileprivate func replacingID(with id: String) -> JSONValue {
    guard case .object(var job)? = self["$job"] else { return self }
    for index in job.members.indices where job.members[index].name == "jobid" {
      job.members[index].value = .string(id)
    }
    return .object(["$job": .object(job)])
  }
}
