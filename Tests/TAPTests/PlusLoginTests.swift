import HTTPTransport
import TestSupport
import Testing

@testable import TAP

@Suite struct PlusLoginTests {
  static let cookies: [(name: String, value: String)] = [
    ("Set-Cookie", "JSESSIONID=AAAA1111; Path=/server; Secure; HttpOnly"),
    ("Set-Cookie", "SESSION=BBBB2222; Path=/server; Secure; HttpOnly; SameSite=Lax"), ("Content-Type", "text/plain"),
  ]
  static let jdoe = LoginCredentials(user: "jdoe", password: "se cret&1")

  @Test func aLoginGoesWithAllFurtherRequests() async throws {
    let service = try PlusService([
      "POST /server/login": .init(headers: Self.cookies, text: "OK"),
      "GET /server/tap/notification?action=GetNotifications": .init(),
      "POST /server/jwstToken": .init(status: 204),
      "POST /server/logout": .init(text: "bye"),
    ])
    let session = try await service.client.login(Self.jdoe)
    #expect(service.lastForm == [["username", "jdoe"], ["password", "se cret&1"]])
    #expect(service.server.requests[0][header: "Content-Type"] == "application/x-www-form-urlencoded")
    #expect(session.user == "jdoe")
    #expect(session.origin == Origin(url: service.server.url))
    #expect(session.expiry == nil)

    let client = service.client.loggedIn(session)
    #expect(client.session == session)
    _ = try await client.statusMessages()
    try await client.setToken("mast-token/1+2")
    #expect(service.lastForm == [["token", "mast-token/1+2"]])
    let (after, failure) = await client.logout()
    #expect(failure == nil)
    #expect(service.server.requests.last?.body == [])
    _ = try await after.statusMessages()
    _ = try await service.client.statusMessages()
    #expect(
      service.requests == [
        "POST /server/login", "GET /server/tap/notification?action=GetNotifications", "POST /server/jwstToken",
        "POST /server/logout", "GET /server/tap/notification?action=GetNotifications",
        "GET /server/tap/notification?action=GetNotifications",
      ])
    #expect(
      service.server.requests.map { $0[header: "Cookie"] } == [
        nil, "SESSION=BBBB2222", "SESSION=BBBB2222", "SESSION=BBBB2222", nil, nil,
      ])
  }

  @Test func aNewLoginDoesNotSendTheOldOne() async throws {
    let service = try PlusService([
      "POST /server/login": .init(headers: [("Set-Cookie", "JSESSIONID=AAAA1111; Path=/server; Max-Age=60")])
    ])
    let session = try await service.client.login(Self.jdoe)
    #expect(session.credential == Credential(origin: session.origin, headers: ["Cookie": "JSESSIONID=AAAA1111"]))
    #expect(session.expiry == PlusService.now + 60)
    _ = try await service.client.loggedIn(session).login(Self.jdoe)
    #expect(service.server.requests.map { $0[header: "Cookie"] } == [nil, nil])
    let other = Session(origin: session.origin, user: "mroe", cookie: SessionCookie(name: "SESSION", value: "other"))
    _ = try? await service.client.loggedIn(session).loggedIn(other).statusMessages()
    #expect(service.server.requests.last?.headers.filter { $0.name == "Cookie" }.map(\.value) == ["SESSION=other"])
  }

  @Test(arguments: [[], [("Set-Cookie", "Path=/server; SESSION=CCCC")], [("Set-Cookie", "SESSION=; Max-Age=0")]])
  func aLoginWithoutCookieFails(headers: [(name: String, value: String)]) async throws {
    let service = try PlusService(["POST /server/login": .init(headers: headers, text: "OK")])
    let error = try await PlusService.failure { _ = try await service.client.login(Self.jdoe) }
    #expect(error?.kind == .badAnswer)
    #expect(error?.message.contains("not logged in") == true)
  }

  @Test(arguments: [(401, TAPError.Kind.notAuthorized), (500, .service), (302, .badAnswer)])
  func aRefusedLoginFails(status: Int, kind: TAPError.Kind) async throws {
    let service = try PlusService([
      "POST /server/login": .init(
        status: status, headers: Self.cookies + [("Location", "/server/welcome")], text: "HTTP Status – Unauthorized"),
      "GET /server/welcome": .init(headers: Self.cookies),
    ])
    let error = try await PlusService.failure { _ = try await service.client.login(Self.jdoe) }
    #expect(error?.kind == kind)
    #expect(error?.status == status)
    #expect(service.requests == ["POST /server/login"])
    #expect(error.map { "\($0)".contains("se cret") } == false)
  }

  @Test func secretsAreNotSentInTheClear() async throws {
    let transport = NoTransport()
    let connection = TAPConnection(baseURL: "http://jwst.example.org/server/tap", transport: transport)
    let client = TAPPlusClient(connection: connection)
    let login = try await PlusService.failure { _ = try await client.login(Self.jdoe) }
    #expect(login?.kind == .insecure)
    #expect(login?.message.contains("https") == true)
    let token = try await PlusService.failure { try await client.setToken("secret") }
    #expect(token?.kind == .insecure)
    #expect(transport.count.withLock { $0 } == 0)
  }

  @Test func anotherServiceDoesNotGetTheLogin() async throws {
    let other = try PlusService(["GET /server/tap/notification?action=GetNotifications": .init(text: "a=b")])
    let service = try PlusService([
      "POST /server/login": .init(headers: Self.cookies),
      "GET /server/tap/notification?action=GetNotifications": .init(
        status: 302,
        headers: [("Location", other.server.url + "/server/tap/notification?action=GetNotifications")]),
    ])
    let session = try await service.client.login(Self.jdoe)
    #expect(try await service.client.loggedIn(session).statusMessages().map(\.text) == ["b"])
    _ = try await other.client.loggedIn(session).statusMessages()
    #expect(other.server.requests.map { $0[header: "Cookie"] } == [nil, nil])
  }

  @Test(arguments: [
    (401, "log in"), (403, "Log in first"), (404, "no such"), (500, "failed to set the token"), (503, "failed"),
    (302, "redirects"),
  ])
  func aTokenIsSetOnlyWhenTheServiceSaysSo(status: Int, words: String) async throws {
    let service = try PlusService([
      "POST /server/jwstToken": .init(status: status, headers: [("Location", "/server/x")])
    ])
    let error = try await PlusService.failure { try await service.client.setToken("t0k3n") }
    #expect(error?.status == status)
    #expect(error?.message.contains(words) == true)
    #expect(error.map { "\($0)".contains("t0k3n") } == false)
    #expect(service.requests == ["POST /server/jwstToken"])
  }

  @Test func logoutForgetsAndReports() async throws {
    let service = try PlusService([
      "POST /server/login": .init(headers: Self.cookies), "POST /server/logout": PlusService.page(500, "no"),
    ])
    let client = service.client.loggedIn(try await service.client.login(Self.jdoe))
    let (after, failure) = await client.logout()
    #expect(after.session == nil)
    #expect((failure as? TAPError)?.message == "no")
    _ = try? await after.statusMessages()
    #expect(service.server.requests.map { $0[header: "Cookie"] } == [nil, "SESSION=BBBB2222", nil])
  }

  @Test func theStatusMessages() async throws {
    let service = try PlusService([
      "GET /server/tap/notification?action=GetNotifications": .init(
        text: "notification_id1[type: warning,banner]=Down on Monday\n")
    ])
    #expect(
      try await service.client.statusMessages() == [
        StatusMessage(id: "notification_id1", type: "warning", subtype: "banner", text: "Down on Monday")
      ])
    let broken = try PlusService(["GET /server/tap/notification?action=GetNotifications": PlusService.page(500, "down")]
    )
    let error = try await PlusService.failure { _ = try await broken.client.statusMessages() }
    #expect(error?.message == "down")
    #expect(error?.kind == .service)
  }
}

/// Counts what it does not send.
final class NoTransport: Transport {
  let count = Locked(0)

  func send(_ request: HTTPRequest, bodyLimit: Int) async throws -> HTTPResponse {
    count.withLock { $0 += 1 }
    return HTTPResponse(status: 200)
  }

  func stream(_ request: HTTPRequest, to sink: any BodySink) async throws -> HTTPResponse {
    count.withLock { $0 += 1 }
    return HTTPResponse(status: 200)
  }
}
