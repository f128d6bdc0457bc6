import HTTPTransport
import Testing

@Suite struct RedirectRuleTests {
  private func answer(_ status: Int, _ location: String) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Location": location])
  }

  private func hop(after response: HTTPResponse, _ request: HTTPRequest) -> HTTPRequest? {
    var rule = RedirectRule()
    guard case .follow(let next) = rule.event(response, to: request) else { return nil }
    return next
  }

  @Test(arguments: [
    ("b", "https://host/a/b"), ("/c?d=e", "https://host/c?d=e"), ("//other/x", "https://other/x"),
    ("https://other:8443/x", "https://other:8443/x"), ("../up", "https://host/up"), ("a b", "https://host/a/a%20b"),
  ])
  func referencesAreResolved(location: String, expected: String) {
    #expect(hop(after: answer(302, location), HTTPRequest(.get, "https://host/a/start"))?.url == expected)
  }

  @Test(arguments: [
    (301, HTTPRequest.Method.get, 0), (302, .get, 0), (303, .get, 0), (307, .post, 3), (308, .post, 3),
  ])
  func postBecomesGetOrStays(status: Int, method: HTTPRequest.Method, bodySize: Int) throws {
    let request = HTTPRequest(.post, "https://host/", headers: ["Content-Type": "a/b"], body: [1, 2, 3])
    let next = try #require(hop(after: answer(status, "/x"), request))
    #expect(next.method == method)
    #expect(next.body.count == bodySize)
    #expect((next.headers["Content-Type"] == nil) == (bodySize == 0))
  }

  @Test func headStaysHead() {
    #expect(hop(after: answer(303, "/x"), HTTPRequest(.head, "https://host/"))?.method == .head)
  }

  @Test(arguments: ["https://other/", "https://host:444/", "https://host.other/", "https://HOST.evil/"])
  func secretsStayBehindWhenTheOriginChanges(location: String) throws {
    let headers: HTTPHeaders = ["authorization": "a", "Cookie": "b", "Accept": "c"]
    let next = try #require(hop(after: answer(302, location), HTTPRequest(.get, "https://host/", headers: headers)))
    #expect(next.headers.fields.map(\.name) == ["Accept"])
  }

  @Test(arguments: ["/x", "https://host:443/x", "HTTPS://HOST/x"])
  func secretsGoAlongOnTheSameOrigin(location: String) throws {
    let next = try #require(
      hop(after: answer(302, location), HTTPRequest(.get, "https://host/", headers: ["Cookie": "b"])))
    #expect(next.headers["Cookie"] == "b")
  }

  @Test(arguments: [
    ("http://host/", HTTPTransportError.Kind.insecureRedirect), ("ftp://host/", .badURL),
    ("file:///etc/passwd", .badURL),
    ("https://user:pw@host/", .badURL), ("https://", .badURL), ("https://ho\u{0}st/", .badURL),
  ])
  func refused(location: String, kind: HTTPTransportError.Kind) throws {
    var rule = RedirectRule()
    guard case .refuse(let error) = rule.event(answer(302, location), to: HTTPRequest(.get, "https://host/")) else {
      Issue.record("not refused")
      return
    }
    #expect(error.kind == kind)
    #expect(!error.description.contains("pw"))
  }

  @Test func aSecretBodyDoesNotLeaveItsOrigin() {
    var request = HTTPRequest(.post, "https://host/login", body: [1])
    request.staysOnOrigin = true
    #expect(hop(after: answer(307, "https://other/"), request) == nil)
    #expect(hop(after: answer(307, "/other"), request) != nil)
  }

  @Test func aBodyIsNotRepeatedToAnotherOrigin() throws {
    let request = HTTPRequest(.post, "http://host/data", body: [1])
    for location in ["http://other/", "https://other/", "http://host:81/"] {
      #expect(hop(after: answer(307, location), request) == nil)
      #expect(hop(after: answer(308, location), request) == nil)
      let next = try #require(hop(after: answer(303, location), request))
      #expect(next.method == .get)
      #expect(next.body == [])
    }
    #expect(hop(after: answer(307, "https://host/data"), request)?.body == [1])
  }

  @Test func tenHopsAndNoMore() {
    var rule = RedirectRule()
    var request = HTTPRequest(.get, "https://host/0")
    for hop in 1...10 {
      guard case .follow(let next) = rule.event(answer(302, "/\(hop)"), to: request) else {
        Issue.record("hop \(hop) not followed")
        return
      }
      request = next
    }
    guard case .refuse(let error) = rule.event(answer(302, "/11"), to: request) else {
      Issue.record("followed")
      return
    }
    #expect(error.kind == .tooManyRedirects)
  }

  @Test func otherAnswersAreDelivered() {
    var rule = RedirectRule()
    for response in [HTTPResponse(status: 302), answer(200, "/x"), answer(304, "/x"), answer(404, "/x")] {
      guard case .deliver = rule.event(response, to: HTTPRequest(.get, "https://host/")) else {
        Issue.record("not delivered: \(response.status)")
        continue
      }
    }
  }
}
