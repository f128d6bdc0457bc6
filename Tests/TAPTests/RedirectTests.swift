import HTTPTransport
import TAP
import TestSupport
import Testing

@Suite struct RedirectTests {
  @Test(arguments: [302, 303])
  func aPostToSyncBecomesAGet(status: Int) async throws {
    let service = try ServiceFixture { resource, _, connection in
      switch resource {
      case "POST sync": connection.respond(status, ["Location": "/server/tap/sync/77/results"])
      default: connection.respond(text: Documents.votable(rows: [("a", 1)]))
      }
    }
    let result = try await service.client.query(TAPQuery("SELECT 1"))
    #expect(service.requests == ["POST sync", "GET sync/77/results"])
    #expect(service.server.requests.last?.body.isEmpty == true)
    #expect(result.url == service.server.url + "/server/tap/sync/77/results")
  }

  @Test func secretsStayAtHome() async throws {
    let other = try LoopbackServer { _, connection in connection.respond(text: Documents.votable(rows: [("a", 1)])) }
    let address = other.url + "/elsewhere/77"
    let service = try ServiceFixture { _, _, connection in connection.respond(303, ["Location": address]) }
    var connection = service.client.connection
    let origin = try #require(Origin(url: connection.baseURL))
    connection.transport = CredentialedTransport(
      connection.transport, credentials: [Credential(origin: origin, headers: ["Cookie": "SESSION=1"])])
    let result = try await TAPClient(connection).query(TAPQuery("SELECT 1"))
    #expect(result.url == address)
    #expect(service.server.requests.first?[header: "Cookie"] == "SESSION=1")
    #expect(other.requests.first?[header: "Cookie"] == nil)
  }

  @Test func withoutALocation() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(303) }
    let error = await tapError { try await service.client.query(TAPQuery("SELECT 1")) }
    #expect(error?.kind == .badAnswer)
    #expect(error?.status == 303)
  }

  @Test func endlessOnesStop() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(303, ["Location": "/server/tap/sync"]) }
    #expect(await tapError { try await service.client.query(TAPQuery("SELECT 1")) }?.kind == .transport)
    #expect(service.requests.count == 11)
  }

  @Test func deliveredOnRequest() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(303, ["Location": "/login"], text: "over there")
    }
    let response = try await service.client.connection.post("x", form: FormBody(["a": "b"]), redirects: .delivered)
    #expect(response.status == 303)
    #expect(response.headers["Location"] == "/login")
    #expect(service.requests == ["POST x"])
  }
}
