import HTTPTransport
import TestSupport
import Testing

@Suite struct CurlTransportTests {
  private let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
  private let quick = Timeouts(connect: .seconds(5), responseHead: .milliseconds(400), stall: .milliseconds(400))

  private func failure(_ body: () async throws -> some Any) async -> HTTPTransportError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? HTTPTransportError
    }
  }

  @Test func fetchesAnAnswer() async throws {
    let server = try LoopbackServer { request, connection in
      connection.respond(201, ["X-A": "b"], text: "body of \(request.target)")
    }
    let response = try await transport.send(HTTPRequest(.get, server.url + "/p?q=1"), bodyLimit: 100)
    #expect(response.status == 201)
    #expect(response.text == "body of /p?q=1")
    #expect(response.headers["x-a"] == "b")
    #expect(response.url == server.url + "/p?q=1")
    let request = try #require(server.requests.first)
    #expect(request[header: "User-Agent"] == "webb/test")
    #expect(request[header: "Accept-Encoding"] == "gzip")
  }

  @Test func postsAForm() async throws {
    let server = try LoopbackServer { request, connection in connection.respond(text: request.text) }
    let request = HTTPRequest.post(server.url, form: FormBody(["QUERY": "SELECT * FROM a"]))
    let response = try await transport.send(request, bodyLimit: 1000)
    #expect(response.text == "QUERY=SELECT%20%2A%20FROM%20a")
    #expect(server.requests.first?[header: "Content-Type"] == FormBody.contentType)
    let empty = try await transport.send(HTTPRequest(.post, server.url), bodyLimit: 1000)
    #expect(empty.body.isEmpty)
    #expect(server.requests.last?[header: "Content-Length"] == "0")
  }

  @Test func aLargeBodyGoesWithoutWaiting() async throws {
    let server = try LoopbackServer { request, connection in connection.respond(text: "\(request.body.count)") }
    let body = [UInt8](repeating: 7, count: 3 << 20)
    let response = try await transport.send(HTTPRequest(.post, server.url, body: body), bodyLimit: 100)
    #expect(response.text == "\(3 << 20)")
    #expect(server.requests.first?[header: "Expect"] == nil)
  }

  @Test func headAndDelete() async throws {
    let server = try LoopbackServer { _, connection in connection.sendHead(200, ["Content-Length": "5000"]) }
    let response = try await transport.send(HTTPRequest(.head, server.url), bodyLimit: 0)
    #expect(response.contentLength == 5000)
    #expect(response.body.isEmpty)
    let gone = try LoopbackServer { _, connection in connection.respond(204) }
    _ = try await transport.send(HTTPRequest(.delete, gone.url), bodyLimit: 0)
    #expect(gone.requests.first?.method == "DELETE")
  }

  @Test func aBodyOverTheLimitIsAnError() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200)
      let megabyte = [UInt8](repeating: 0, count: 1 << 20)
      for _ in 0..<100 where !connection.send(megabyte) { return }
    }
    let error = await failure { try await transport.send(HTTPRequest(.get, server.url), bodyLimit: 1000) }
    #expect(error?.kind == .bodyTooLarge)
  }

  @Test func aBodyOfExactlyTheLimitIsNone() async throws {
    let server = try LoopbackServer { _, connection in connection.respond(text: "12345") }
    #expect(try await transport.send(HTTPRequest(.get, server.url), bodyLimit: 5).text == "12345")
  }

  @Test func theBodyGoesToTheSink() async throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let server = try LoopbackServer { _, connection in connection.respond(body: bytes) }
    let sink = RecordingSink()
    let response = try await transport.stream(HTTPRequest(.get, server.url), to: sink)
    let isSame = sink.bytes == bytes
    #expect(isSame)
    #expect(response.body.isEmpty)
    #expect(server.requests.first?[header: "Accept-Encoding"] == "identity")
  }

  @Test func whatTheSinkThrowsIsTheCause() async throws {
    struct Full: Error {}
    let server = try LoopbackServer { _, connection in connection.respond(text: "body") }
    let inBody = await failure { try await transport.stream(.init(.get, server.url), to: RecordingSink(bytes: Full())) }
    #expect(inBody?.kind == .sink)
    #expect(inBody?.cause is Full)
    let inHead = await failure { try await transport.stream(.init(.get, server.url), to: RecordingSink(head: Full())) }
    #expect(inHead?.cause is Full)
  }

  @Test func unwantedBodiesAreCutShort() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(404)
      let block = [UInt8](repeating: 65, count: 1 << 20)
      for _ in 0..<100 where !connection.send(block) { return }
    }
    let dropped = try await transport.stream(.init(.get, server.url), to: RecordingSink(.discard))
    #expect(dropped.status == 404)
    #expect(dropped.body.isEmpty)
    let collected = try await transport.stream(.init(.get, server.url), to: RecordingSink(.collect(limit: 10)))
    #expect(collected.text == "AAAAAAAAAA")
    #expect(!collected.isBodyComplete)
  }
}

@Suite struct CurlTransportFaultTests {
  private let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
  private let quick = Timeouts(connect: .seconds(5), responseHead: .milliseconds(400), stall: .milliseconds(400))

  private func failure(_ request: HTTPRequest) async -> HTTPTransportError? {
    do {
      _ = try await transport.send(request, bodyLimit: 1 << 20)
      return nil
    } catch {
      return error as? HTTPTransportError
    }
  }

  @Test func aBodyCutShortIsTruncated() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "100"])
      connection.send("short")
    }
    #expect(await failure(.init(.get, server.url))?.kind == .truncated)
  }

  @Test func aChunkedBodyCutShortIsTruncated() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Transfer-Encoding": "chunked"])
      connection.sendChunk("short".utf8)
    }
    #expect(await failure(.init(.get, server.url))?.kind == .truncated)
  }

  @Test func aResetIsALostConnection() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "100"])
      connection.send("short")
      connection.pause(milliseconds: 50)
      connection.reset()
    }
    #expect(await failure(.init(.get, server.url))?.kind == .connectionLost)
    let silent = try LoopbackServer { _, connection in connection.close() }
    #expect(await failure(.init(.get, silent.url))?.kind == .connectionLost)
  }

  @Test func noServerIsNoConnection() async throws {
    let server = try LoopbackServer { _, _ in }
    let url = server.url
    server.stop()
    #expect(await failure(.init(.get, url))?.kind == .connect)
  }

  @Test func aSilentServerTimesOut() async throws {
    let server = try LoopbackServer { _, connection in connection.waitForClient() }
    #expect(await failure(.init(.get, server.url, timeouts: quick))?.kind == .timedOut(.responseHead))
    let total = Timeouts(responseHead: nil, stall: nil, total: .milliseconds(300))
    #expect(await failure(.init(.get, server.url, timeouts: total))?.kind == .timedOut(.total))
  }

  @Test func aStalledBodyIsNoticed() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "100"])
      connection.send("short")
      connection.waitForClient()
    }
    #expect(await failure(.init(.get, server.url, timeouts: quick))?.kind == .stalled)
  }

  @Test func garbageIsABadAnswer() async throws {
    let server = try LoopbackServer { _, connection in connection.send("SSH-2.0-OpenSSH_9.2\r\n\r\n") }
    #expect(await failure(.init(.get, server.url))?.kind == .badAnswer)
  }

  @Test func plainTextIsNoTLS() async throws {
    let server = try LoopbackServer { _, connection in connection.respond() }
    #expect(await failure(.init(.get, "https://127.0.0.1:\(server.port)"))?.kind == .tls)
  }

  @Test(arguments: [
    "", "file:///etc/passwd", "127.0.0.1/x", "http://u:secret@127.0.0.1/", "http://h/\u{0}x", "http://",
  ])
  func badAddresses(url: String) async throws {
    let error = try #require(await failure(.init(.get, url)))
    #expect(error.kind == .badURL)
    #expect(!error.description.contains("secret"))
  }

  @Test(arguments: [("X-A", "a\r\nX-B: c"), ("X A", "a"), ("", "a"), ("X:A", "a"), ("X-A", "a\u{0}b")])
  func headersCannotSmuggle(name: String, value: String) async throws {
    let server = try LoopbackServer { _, connection in connection.respond() }
    var headers = HTTPHeaders()
    headers.append(name, value)
    #expect(await failure(.init(.get, server.url, headers: headers))?.kind == .badRequest)
    #expect(server.requests.isEmpty)
  }

  @Test func cancellationEndsATransferAtOnce() async throws {
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "100"])
      connection.waitForClient()
    }
    let transport = transport
    let task = Task { try await transport.send(.init(.get, server.url), bodyLimit: 100) }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let error = await #expect(throws: HTTPTransportError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    let early = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await transport.send(.init(.get, server.url), bodyLimit: 100)
    }
    let earlyError = await #expect(throws: HTTPTransportError.self) { try await early.value }
    #expect(earlyError?.kind == .cancelled)
  }

  @Test func oneFailureLeavesTheOthersAlone() async throws {
    let server = try LoopbackServer { request, connection in
      if request.path == "/bad" { connection.reset() } else { connection.respond(text: request.path) }
    }
    let transport = transport
    let texts = await withTaskGroup(of: String?.self) { group in
      for index in 0..<40 {
        let url = server.url + (index == 20 ? "/bad" : "/\(index)")
        group.addTask { try? await transport.send(.init(.get, url), bodyLimit: 100).text }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(texts.compactMap { $0 }.count == 39)
  }
}
