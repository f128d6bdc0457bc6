import HTTPTransport
import Synchronization
import TAP
import TableIO
import TestSupport
import Testing

@Suite struct QueryErrorTests {
  private func error(
    _ handler: @escaping @Sendable (LoopbackServer.Connection) -> Void
  ) async throws -> (error: TAPError?, service: ServiceFixture) {
    let service = try ServiceFixture { _, _, connection in handler(connection) }
    return (await tapError { try await service.client.query(TAPQuery("SELECT nosuch FROM t")) }, service)
  }

  @Test(arguments: [400, 500])
  func aVOTable(status: Int) async throws {
    let (error, service) = try await error {
      $0.respond(status, ["Content-Type": "text/xml"], text: Documents.errorVOTable("unresolved: nosuch"))
    }
    #expect(error?.kind == .service)
    #expect(error?.message == "unresolved: nosuch")
    #expect(error?.status == status)
    #expect(error?.statement == "SELECT nosuch FROM t")
    #expect(error?.url == service.server.url + "/server/tap/sync")
    #expect(service.requests == ["POST sync"])
  }

  @Test func anErrorVOTableWithStatus200() async throws {
    let (error, _) = try await error { $0.respond(text: Documents.errorVOTable("Column nothing not found")) }
    #expect(error?.kind == .service)
    #expect(error?.message == "Column nothing not found")
    #expect(error?.status == 200)
  }

  @Test func anErrorAfterTheRows() async throws {
    let (error, _) = try await error {
      $0.respond(
        text: Documents.votable(
          rows: [("a", 1)], after: "<INFO name=\"QUERY_STATUS\" value=\"ERROR\">disk full</INFO>"))
    }
    #expect(error?.kind == .service)
    #expect(error?.message == "disk full")
  }

  @Test func aWebPageWithStatus200() async throws {
    let (error, _) = try await error {
      $0.respond(200, ["Content-Type": "text/html"], text: "<html><body><p>Please log in</p></body></html>")
    }
    #expect(error?.kind == .badAnswer)
    #expect(error?.message.contains("Please log in") == true)
  }

  @Test func otherBodies() async throws {
    let html = "<html><body><li><b>Message: </b>no &amp; never</li></body></html>"
    #expect(try await error { $0.respond(500, text: html) }.error?.message == "no & never")
    #expect(try await error { $0.respond(500, text: "plain words") }.error?.message == "plain words")
    let latin: [UInt8] = Array("Requ".utf8) + [0xEA] + Array("te".utf8)
    #expect(try await error { $0.respond(500, body: latin) }.error?.message == "Requête")
    let zipped = try Documents.gzip(Documents.errorVOTable("packed"))
    #expect(
      try await error { $0.respond(400, ["Content-Encoding": "gzip"], body: zipped) }.error?.message == "packed")
    let silent = try await error { $0.respond(500) }.error
    #expect(silent?.message == "The service answers with HTTP status 500 and says no more.")
  }

  @Test(arguments: [(401, TAPError.Kind.notAuthorized), (403, .notAuthorized), (404, .notFound), (410, .notFound)])
  func statuses(status: Int, kind: TAPError.Kind) async throws {
    let error = try await error { $0.respond(status, text: "") }.error
    #expect(error?.kind == kind)
    #expect(error?.message.isEmpty == false)
  }

  @Test func noContent() async throws {
    #expect(try await error { $0.respond(204) }.error?.kind == .badAnswer)
    #expect(try await error { $0.respond(200) }.error?.kind == .badAnswer)
  }

  @Test func aShortBody() async throws {
    let error = try await error { connection in
      connection.sendHead(200, ["Content-Length": "5000"])
      connection.send(Documents.votable(rows: [("a", 1)]))
    }.error
    #expect(error?.kind == .truncated)
  }

  @Test func aCutVOTableWithoutALength() async throws {
    let text = Documents.votable(rows: [("a", 1), ("b", 2)])
    for length in [60, 200, 400, text.utf8.count - 12] {
      let error = try await error { connection in
        connection.sendHead(200)
        connection.send(text.utf8.prefix(length))
      }.error
      #expect(error?.kind == .truncated, "\(length) bytes")
    }
  }

  @Test func cutGzipWithoutALength() async throws {
    let bytes = try Documents.gzip(Documents.votable(rows: (0..<200).map { ("jw\($0)", Double($0)) }))
    for dropped in [1, 8, 100] {
      let error = try await error { connection in
        connection.sendHead(200, ["Content-Encoding": "gzip"])
        connection.send(bytes.dropLast(dropped))
      }.error
      #expect(error?.kind == .truncated, "\(dropped) bytes missing")
    }
  }

  @Test func anEndlessErrorIsReadNoFurtherThanItIsOfUse() async throws {
    let sent = Locked(0)
    let (error, _) = try await error { connection in
      connection.sendHead(500, ["Content-Type": "text/plain"])
      let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
      for _ in 0..<1024 {
        guard connection.send(piece) else { return }
        sent.withLock { $0 += piece.count }
      }
    }
    #expect(error?.kind == .service)
    #expect((error?.message.count ?? .max) <= 4001)
    #expect(sent.withLock { $0 } < 64 << 20)
  }

  @Test func tooBusyIsAskedAgainAfterTheTimeAskedFor() async throws {
    let count = Locked(0)
    let service = try ServiceFixture { _, _, connection in
      let number = count.withLock {
        $0 += 1
        return $0
      }
      if number < 3 {
        connection.respond(503, ["Retry-After": "7"], text: "busy")
      } else {
        connection.respond(text: Documents.votable(rows: [("a", 1)]))
      }
    }
    _ = try await service.client.query(TAPQuery("SELECT 1"))
    #expect(service.requests.count == 3)
    #expect(service.clock.pauses == [.seconds(7), .seconds(7)])
  }

  @Test(arguments: [500, 502, 504])
  func otherFailuresOfAQueryAreNotRepeated(status: Int) async throws {
    let (error, service) = try await error { $0.respond(status, text: "no") }
    #expect(error?.status == status)
    #expect(service.requests.count == 1)
  }

  @Test func aBrokenConnectionIsNotRepeated() async throws {
    let (error, service) = try await error { $0.reset() }
    #expect(error?.kind == .transport)
    #expect(service.requests.count == 1)
  }

  @Test func cancellationIsOne() async throws {
    let service = try ServiceFixture { _, _, connection in connection.waitForClient(toLeaveWithin: 10_000) }
    let task = Task { try await service.client.query(TAPQuery("SELECT 1")) }
    while service.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
