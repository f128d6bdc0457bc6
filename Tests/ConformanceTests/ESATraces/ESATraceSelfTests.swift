import HTTPTransport
import TableIO
import TestSupport
import Testing

/// The runner itself: what is wrong is reported, what is right is not.
@Suite struct ESATraceSelfTests {
  /// A caller that sends one form and gives what it was told to.
  final class ScriptedCaller: TraceCaller {
    let url: String
    let transport = CurlTransport(configuration: .init(userAgent: "self-test/1.0"))
    let requests: [HTTPRequest]
    let outcome: ObservedOutcome

    init(url: String, requests: [HTTPRequest], outcome: ObservedOutcome) {
      self.url = url
      self.requests = requests
      self.outcome = outcome
    }

    func perform(_ step: Trace.Step, index: Int) async -> ObservedOutcome {
      for request in requests {
        var request = request
        request.url = url + request.url
        _ = try? await transport.send(request, bodyLimit: 1 << 20)
      }
      return outcome
    }
  }

  static let table = """
    {"$result_table": {"columns": [{"name": "a", "dtype": "int32", "unit": null, "description": null},
    {"name": "s", "dtype": "object", "unit": null, "description": null}], "n_rows": 2, "rows": [[1, "x"], [null, ""]]}}
    """

  static func trace(status: Int = 200, answer: String = "", outcome: String? = nil) throws -> Trace {
    let json = """
      {"id": "001-self", "title": "self test", "tags": ["sync"], "client": "jwst", "steps": [{
        "call": {"on": "jwst", "method": "launch_job", "args": [], "kwargs": {"query": "SELECT x FROM t"}},
        "exchanges": [{
          "request": {"method": "POST", "target": "/server/tap/sync?a=1", "path": "/server/tap/sync", "query": [["a", "1"]],
            "headers": [["Cookie", "SESSION=1"]],
            "form": [["LANG", "ADQL"], ["QUERY", "SELECT  TOP 2000 x FROM t"], ["PHASE", "RUN"]]},
          "response": {"status": \(status), "reason": "R", "headers": [["Content-Type", "text/plain"]], "chunked": true,
            "body": {"text": "\(answer)"}}}],
        "outcome": \(outcome ?? "{\"returned\": \(table)}")}]}
      """
    return try Trace(json: JSONValue(parsing: json))
  }

  static func request(
    _ path: String = "/server/tap/sync?a=1", query: String = "SELECT x FROM t", lang: String = "ADQL",
    cookie: String = "SESSION=1"
  ) -> HTTPRequest {
    var request = HTTPRequest.post(path, form: FormBody(["LANG": lang, "QUERY": query, "MAXREC": "2000"]))
    request.headers.append("Cookie", cookie)
    return request
  }

  static func observed(_ text: String = table) throws -> ObservedOutcome { .returned(try JSONValue(parsing: text)) }

  static func report(
    _ trace: Trace, _ requests: [HTTPRequest], _ outcome: ObservedOutcome
  ) async throws -> TraceRunner.Report {
    try await TraceRunner(trace: trace, better: nil).run { server, _ in
      ScriptedCaller(url: server.url, requests: requests, outcome: outcome)
    }
  }

  @Test func whatIsRightConforms() async throws {
    let report = try await Self.report(Self.trace(), [Self.request()], Self.observed())
    #expect(report.differences.isEmpty)
    #expect(report.rules == [.rowLimitByMAXREC, .noPhaseOnSync])
  }

  @Test(arguments: [
    Self.request("/server/tap/async?a=1"), Self.request("/server/tap/sync?a=2"), Self.request(query: "SELECT y FROM t"),
    Self.request(query: "SELECT  TOP 2000 x FROM t WHERE 1=1"), Self.request(lang: "SQL"),
    Self.request(cookie: "SESSION=2"), HTTPRequest(.get, "/server/tap/sync?a=1"),
  ])
  func wrongRequestIsReported(_ request: HTTPRequest) async throws {
    let report = try await Self.report(Self.trace(), [request], Self.observed())
    #expect(!report.differences.isEmpty)
  }

  @Test func missingAndAdditionalRequestsAreReported() async throws {
    let less = try await Self.report(Self.trace(), [], Self.observed())
    #expect(less.differences[0] == ["a request less: POST /server/tap/sync?a=1"])
    let more = try await Self.report(
      Self.trace(), [Self.request(), HTTPRequest(.head, "/server/tap/sync")], Self.observed())
    #expect(more.differences[0] == ["a request more: HEAD /server/tap/sync"])
  }

  @Test(arguments: [
    table.replacing("[1, \"x\"]", with: "[2, \"x\"]"), table.replacing("[1, \"x\"]", with: "[1, \"y\"]"),
    table.replacing("[null, \"\"]", with: "[0, \"\"]"), table.replacing("\"name\": \"s\"", with: "\"name\": \"t\""),
    table.replacing(", [null, \"\"]", with: "").replacing("\"n_rows\": 2", with: "\"n_rows\": 1"), "null",
  ])
  func wrongValueIsReported(_ value: String) async throws {
    let report = try await Self.report(Self.trace(), [Self.request()], Self.observed(value))
    #expect(!report.differences.isEmpty)
  }

  @Test func nullTextAndEmptyTextAreTheSame() async throws {
    let report = try await Self.report(
      Self.trace(), [Self.request()], Self.observed(Self.table.replacing("[null, \"\"]", with: "[null, null]")))
    #expect(report.differences.isEmpty)
  }

  @Test func errorsMustSayWhatTheServerSays() async throws {
    let raised = "{\"raised\": {\"type\": \"HTTPError\", \"message\": \"Error 400\", \"module\": \"m\"}}"
    let trace = try Self.trace(
      status: 400, answer: "<INFO name='QUERY_STATUS' value='ERROR'><![CDATA[a < b]]></INFO>", outcome: raised)
    let error = { (family: ErrorFamily, text: String) in
      ObservedOutcome.raised(ObservedError(family: family, text: text))
    }
    for (outcome, count) in [
      (error(.service, "The service says: a < b"), 0), (error(.service, "<![CDATA[something]]>"), 1),
      (error(.usage, "a < b"), 1), (try Self.observed(), 1),
    ] {
      let report = try await Self.report(trace, [Self.request()], outcome)
      #expect((report.differences[0] ?? []).count == count)
    }
  }

  @Test func filesAreCompared() async throws {
    var trace = try Self.trace()
    trace.filesPresentBefore = [TraceFile(path: "a/b.txt", sha256: nil, bytes: [1])]
    #expect(try await Self.report(trace, [Self.request()], Self.observed()).differences.isEmpty)
    trace.steps[0].filesWritten = [TraceFile(path: "result", sha256: "00", bytes: nil)]
    let report = try await Self.report(trace, [Self.request()], Self.observed())
    #expect(report.differences[0] == ["file missing: result"])
  }

  @Test func queriesAreComparedAsTokens() {
    let comparison = ADQLComparison()
    func isSame(_ left: String, _ right: String) -> Bool {
      comparison.compare(recorded: left, sent: right, insertsTop: false).isSame
    }
    #expect(isSame("a=1ORDER BY b", "a = 1\n  ORDER BY b"))
    #expect(isSame("x < 0.1", "x<0.10000000000000001"))
    #expect(isSame("IN ('b', 'a', 'b')", "IN ('a','b')"))
    #expect(!isSame("IN ('b', 'a')", "IN ('a')"))
    #expect(!isSame("x = 1.5", "x = 1.50001"))
    #expect(!isSame("x = -1", "x = 1"))
    #expect(!isSame("x = 'a b'", "x = 'a  b'"))
    #expect(!isSame("x = 'a'", "x = 'a' -- b"))
    #expect(isSame("POINT('ICRS',53.00000363745677,-27.000002893425457)", "POINT('ICRS', 53.0, -27.0)"))
    #expect(!isSame("POINT('ICRS',53.00000363745677,-27.000002893425457)", "POINT('ICRS', 53.000001, -27.0)"))
  }

  @Test func jobsMustBeStartedAsRecorded() {
    func request(_ path: String, phase: String?) -> TraceRequest {
      let phases = phase.map { [TracePair(name: "PHASE", value: $0)] } ?? []
      return TraceRequest(
        method: "POST", path: path, query: [], form: [TracePair(name: "QUERY", value: "SELECT x FROM t")] + phases,
        body: [])
    }
    let comparison = RequestComparison()
    let recorded = request("/server/tap/async", phase: "RUN")
    #expect(comparison.differences(recorded: recorded, sent: recorded).isEmpty)
    #expect(!comparison.differences(recorded: recorded, sent: request("/server/tap/async", phase: nil)).isEmpty)
    #expect(!comparison.differences(recorded: request("/server/tap/async", phase: nil), sent: recorded).isEmpty)
    #expect(!comparison.differences(recorded: recorded, sent: request("/server/tap/async", phase: "ABORT")).isEmpty)
    // A direct query has no phase.
    let direct = request("/server/tap/sync", phase: "RUN")
    #expect(comparison.differences(recorded: direct, sent: request("/server/tap/sync", phase: nil)).isEmpty)
  }

  @Test func multipartBodiesMustBeWhole() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n"
    let type = "multipart/form-data; boundary=b"
    #expect(
      MultipartText.parts(Array(body.utf8), contentType: type)
        == [TracePart(name: "a", fileName: "f", value: Array("x".utf8))])
    #expect(MultipartText.parts(Array(body.dropLast(4).utf8), contentType: type).isEmpty)
  }

  @Test func encodedValuesAreThoseOfTheRawText() {
    let ours = [TracePair(name: "t", value: "a&x=1+2")]
    #expect(RequestComparison.isSameWhenEncoded("t=a&x=1+2", [], ours))
    #expect(!RequestComparison.isSameWhenEncoded("t=a&x=1+3", [], ours))
  }

  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func thePythonClientsWaysAreKnown() throws {
    var (tops, positions) = (0, 0)
    for step in try Trace.all(in: Shared.file("conformance/esa-traces")).flatMap(\.steps) {
      guard let recorded = step.exchanges.last(where: { $0.request.path == "/server/tap/sync" })?.request.field("QUERY")
      else { continue }
      if step.call.method == "launch_job", let query = step.call.keywords["query"]?.stringValue {
        #expect(PeerQuery.withTop(query) == recorded)
        tops += 1
      }
      if let sky = step.call.keywords["coordinate"]?["$sky"], sky["frame"]?.stringValue == "icrs",
        let ra = sky["lon_deg"]?.realValue, let dec = sky["lat_deg"]?.realValue
      {
        let ours = recorded.replacing(#/'ICRS',[-+.e0-9]+,[-+.e0-9]+/#, with: "'ICRS',\(ra),\(dec)")
        #expect(ADQLComparison().compare(recorded: recorded, sent: ours, insertsTop: false).isSame, "\(recorded)")
        positions += 1
      }
    }
    #expect(tops > 50)
    #expect(positions > 15)
  }

  @Test func everyRuleStandsOnceInTheList() throws {
    let deviations = try TraceDeviations.read()
    let calls = deviations.calls.map(\.call)
    #expect(Set(calls).count == calls.count)
    #expect(Set(CallReason.allCases).subtracting(calls) == [.unknownCall])
    let listed = deviations.rules.map(\.rule)
    #expect(Set(listed).count == listed.count)
    #expect(Set(TraceRule.allCases).subtracting(listed).map(\.rawValue).sorted() == [])
  }

  @Test func betterExpectationsCanBeRead() throws {
    #expect(try !BetterExpectation.all().isEmpty)
  }
}
