import Downloads
import HTTPTransport
import TestSupport
import Testing

/// What servers do wrong, over real sockets. Whatever happens, no wrong file may stand under a final name.
@Suite struct DownloadFaultTests {
  /// Fetches the file from a server that behaves so, and checks that it failed without leaving anything.
  private func expectFailure(
    _ kind: DownloadsError.Kind, size: Int? = nil, checksum: Checksum? = nil, name: String = "n.fits",
    requests: Int? = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ handler: @escaping @Sendable ([UInt8], LoopbackServer.Request, LoopbackServer.Connection) -> Void
  ) async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { handler(bytes, $0, $1) }
    let outcome = await fixture.run(fixture.item(server, name: name, size: size, checksum: checksum))
    #expect(outcome.error?.kind == kind, sourceLocation: sourceLocation)
    #expect(fixture.folder.names == [], sourceLocation: sourceLocation)
    if let requests { #expect(server.requests.count == requests, sourceLocation: sourceLocation) }
  }

  @Test func aGoodFileArrives() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let outcome = await fixture.run(fixture.item(server, name: "n.fits", size: bytes.count, checksum: fixture.md5))
    #expect(outcome.success?.isVerified == true)
    #expect(fixture.folder.holds("n.fits", bytes))
    #expect(fixture.folder.names == ["n.fits"])
    #expect(server.requests.first?[header: "Accept-Encoding"] == "identity")
  }

  @Test func aCutFileIsResumed() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serveBeginning(bytes, 150_000)
      } else {
        connection.serve(bytes, request)
      }
    }
    let outcome = await fixture.run(fixture.item(server, checksum: fixture.md5))
    #expect(outcome.success?.isVerified == true)
    #expect(outcome.attempts == 2)
    #expect(fixture.folder.holds("n.fits", bytes))
    #expect(fixture.folder.names == ["n.fits"])
    #expect(server.requests.last?[header: "Range"] == "bytes=150000-")
    #expect(server.requests.last?[header: "If-Range"] == DownloadFixture.etag)
  }

  @Test func aServerThatAlwaysCutsIsOvercomeInPieces() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      let start = request.rangeStart ?? 0
      connection.sendHead(
        start == 0 ? 200 : 206,
        [
          "ETag": DownloadFixture.etag, "Content-Length": "\(bytes.count - start)",
          "Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)",
        ])
      connection.send(bytes[start...].prefix(50_000))
      if start % 100_000 == 0 { connection.pause(milliseconds: 20) }
    }
    let outcome = await fixture.run(fixture.item(server))
    #expect(outcome.attempts == 8)
    #expect(fixture.folder.holds("n.fits", bytes))
  }

  @Test func aShortBodyWithItsOwnLength() async throws {
    try await expectFailure(.wrongSize, size: 400_000) { bytes, _, connection in
      connection.respond(body: bytes.prefix(300_000))
    }
    try await expectFailure(.wrongSize, size: 400_000, checksum: DownloadFixture.md5(DownloadFixture.file(400_000))) {
      bytes, _, connection in
      connection.respond(body: bytes.prefix(300_000))
    }
  }

  @Test func aBodyShorterThanItsLengthIsNeverTaken() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "\(bytes.count)"])
      connection.send(bytes.prefix(300_000))
    }
    let outcome = await fixture.run(fixture.item(server, size: bytes.count))
    #expect(outcome.error?.kind == .transfer)
    #expect((outcome.error?.cause as? HTTPTransportError)?.kind == .truncated)
    #expect(outcome.attempts == 5)
    #expect(fixture.folder.names == [], "without a validator the part is of no use")
  }

  @Test func aChunkedBodyCutShort() async throws {
    try await expectFailure(.transfer, requests: 5) { bytes, _, connection in
      connection.sendHead(200, ["Transfer-Encoding": "chunked"])
      connection.sendChunk(bytes.prefix(300_000))
    }
  }

  @Test func aChunkedBodyThatEndsEarlyInGoodOrder() async throws {
    try await expectFailure(.wrongSize, size: 400_000) { bytes, _, connection in
      connection.sendHead(200, ["Transfer-Encoding": "chunked"])
      connection.sendChunk(bytes.prefix(300_000))
      connection.sendChunk([])
    }
  }

  @Test func aChunkedBodyWithoutEnd() async throws {
    try await expectFailure(.wrongSize, size: 400_000) { bytes, _, connection in
      connection.sendHead(200, ["Transfer-Encoding": "chunked"])
      for _ in 0..<1000 where connection.send("") { connection.sendChunk(bytes) }
    }
  }

  @Test func aBodyOfUnknownLength() async throws {
    try await expectFailure(.unknownLength) { bytes, _, connection in
      connection.sendHead(200)
      connection.send(bytes)
    }
  }

  @Test func webPagesAreNoFiles() async throws {
    let page = "\n<!DOCTYPE html><html><body>Please log in</body></html>"
    try await expectFailure(.notTheFile) { _, _, connection in
      connection.respond(200, ["Content-Type": "text/html; charset=utf-8"], text: page)
    }
    try await expectFailure(.notTheFile, name: "n.json") { _, _, connection in connection.respond(text: page) }
    try await expectFailure(.notTheFile, size: 400_000) { _, _, connection in connection.respond(text: page) }
    try await expectFailure(.notTheFile) { _, _, connection in connection.respond(text: "") }
    try await expectFailure(.notTheFile) { _, _, connection in connection.respond(text: "{\"status\":\"ERROR\"}") }
    try await expectFailure(.notTheFile, name: "n.jpg") { _, _, connection in connection.respond(text: "GIF89a") }
  }

  @Test func corruptBytesOfTheRightSize() async throws {
    let good = DownloadFixture.file(400_000)
    try await expectFailure(.wrongChecksum, size: 400_000, checksum: DownloadFixture.md5(good)) {
      bytes, request, connection in
      var bytes = bytes
      bytes[200_000] ^= 1
      connection.serve(bytes, request)
    }
  }

  @Test(arguments: [(401, DownloadsError.Kind.notAuthorized), (403, .notAuthorized), (404, .notFound), (400, .status)])
  func refusals(status: Int, kind: DownloadsError.Kind) async throws {
    try await expectFailure(kind) { _, _, connection in connection.respond(status, text: "no") }
  }

  @Test func faultsOfTheServerPass() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let turn = Locked(0)
    let server = try LoopbackServer { request, connection in
      switch turn.withLock({
        $0 += 1
        return $0
      }) {
      case 1, 2: connection.respond(500, text: "oops")
      case 3: connection.respond(429, ["Retry-After": "42"])
      case 4: connection.reset()
      default: connection.serve(bytes, request)
      }
    }
    let outcome = await fixture.run(fixture.item(server))
    #expect(outcome.attempts == 5)
    #expect(fixture.folder.holds("n.fits", bytes))
    #expect(fixture.pauses.withLock { $0 } == [.milliseconds(500), .seconds(1), .seconds(42), .seconds(4)])
  }

  @Test func theServersPauseIsCapped() async throws {
    let fixture = try DownloadFixture()
    let server = try LoopbackServer { $1.respond(503, ["Retry-After": "Sun, 06 Nov 2033 08:49:37 GMT"]) }
    let outcome = await fixture.run(fixture.item(server))
    #expect(outcome.error?.kind == .status)
    #expect(fixture.pauses.withLock { $0 } == Array(repeating: .seconds(300), count: 4))
  }

  @Test func aStalledServerIsLeftAndTriedAgain() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serveBeginning(bytes, 100_000)
        connection.waitForClient()
      } else {
        connection.serve(bytes, request)
      }
    }
    let outcome = await fixture.run(fixture.item(server, checksum: fixture.md5))
    #expect(outcome.attempts == 2)
    #expect(fixture.folder.holds("n.fits", bytes))
    let reasons = fixture.events.withLock { events in
      events.compactMap { event -> HTTPTransportError.Kind? in
        if case .retrying(_, _, _, let reason) = event { (reason.cause as? HTTPTransportError)?.kind } else { nil }
      }
    }
    #expect(reasons == [.stalled])
  }
}
