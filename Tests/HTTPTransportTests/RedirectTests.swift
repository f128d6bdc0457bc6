import HTTPTransport
import TestSupport
import Testing

/// Redirects and credentials over real sockets: what leaves the machine, not what was intended.
@Suite struct RedirectTests {
  private func credential(_ url: String) -> Credential {
    Credential(
      origin: Origin(url: url)!, headers: ["Authorization": "token s", "Cookie": "mast_token=s", "X-Key": "s"])
  }

  private let secretFields = ["Authorization", "Cookie", "X-Key"]

  @Test func credentialsDoNotFollowToAnotherPort() async throws {
    let other = try LoopbackServer { _, connection in connection.respond(text: "file") }
    let target = other.url
    let first = try LoopbackServer { request, connection in
      if request.path == "/again" {
        connection.respond(302, ["Location": target + "/file"])
      } else {
        connection.respond(302, ["Location": "/again"])
      }
    }
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test", credentials: [credential(first.url)]))
    let response = try await transport.send(HTTPRequest(.get, first.url), bodyLimit: 100)
    #expect(response.text == "file")
    #expect(response.url == target + "/file")
    #expect(first.requests.count == 2)
    for request in first.requests {
      for name in secretFields { #expect(request[header: name] != nil) }
    }
    let request = try #require(other.requests.first)
    for name in secretFields { #expect(request[header: name] == nil) }
  }

  @Test func aRequestsOwnSecretsStayBehindToo() async throws {
    let other = try LoopbackServer { _, connection in connection.respond(text: "file") }
    let target = other.url
    let first = try LoopbackServer { _, connection in connection.respond(307, ["Location": target]) }
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
    var request = HTTPRequest(.get, first.url, headers: ["Cookie": "a=b"])
    request.credentials = [credential(first.url)]
    _ = try await transport.send(request, bodyLimit: 100)
    #expect(first.requests.first?[header: "X-Key"] == "s")
    let received = try #require(other.requests.first)
    for name in secretFields { #expect(received[header: name] == nil) }
  }

  @Test func eachOriginGetsItsOwnCredential() async throws {
    let other = try LoopbackServer { _, connection in connection.respond() }
    let target = other.url
    let first = try LoopbackServer { _, connection in connection.respond(302, ["Location": target]) }
    let theirs = Credential(origin: Origin(url: other.url)!, headers: ["X-Other": "t"])
    let transport = CurlTransport(
      configuration: .init(userAgent: "webb/test", credentials: [credential(first.url), theirs]))
    _ = try await transport.send(HTTPRequest(.get, first.url), bodyLimit: 100)
    #expect(first.requests.first?[header: "X-Other"] == nil)
    #expect(other.requests.first?[header: "X-Other"] == "t")
  }

  @Test func aLoopIsLeft() async throws {
    let server = try LoopbackServer { _, connection in connection.respond(302, ["Location": "/"]) }
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
    let error = await #expect(throws: HTTPTransportError.self) {
      try await transport.send(HTTPRequest(.get, server.url), bodyLimit: 100)
    }
    #expect(error?.kind == .tooManyRedirects)
    #expect(server.requests.count == 11)
  }

  @Test func theSinkSeesTheLastHeadOnly() async throws {
    let server = try LoopbackServer { request, connection in
      if request.path == "/end" {
        connection.respond(text: "end")
      } else {
        connection.respond(302, ["Location": "/end"], text: "this page has moved")
      }
    }
    let sink = RecordingSink()
    _ = try await CurlTransport(configuration: .init(userAgent: "webb/test"))
      .stream(HTTPRequest(.get, server.url), to: sink)
    #expect(String(decoding: sink.bytes, as: UTF8.self) == "end")
  }

  @Test func theRedirectItselfIsTheAnswerOnRequest() async throws {
    let server = try LoopbackServer { _, connection in
      connection.respond(303, ["Location": "/job/1"], text: "see there")
    }
    var request = HTTPRequest(.post, server.url + "/jobs", body: Array("a=b".utf8))
    request.followsRedirects = false
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
    let response = try await transport.send(request, bodyLimit: 100)
    #expect(response.status == 303 && response.headers["Location"] == "/job/1" && response.text == "see there")
    let sink = RecordingSink()
    #expect(try await transport.stream(request, to: sink).status == 303)
    #expect(sink.bytes == Array("see there".utf8))
    #expect(server.requests.map(\.method) == ["POST", "POST"])
  }
}
