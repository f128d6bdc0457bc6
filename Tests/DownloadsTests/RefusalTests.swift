import Downloads
import HTTPTransport
import TestSupport
import Testing

/// What a server says instead of a file, and files that may come as gzip.
@Suite struct RefusalTests {
  private static let gzip: [UInt8] = [0x1F, 0x8B] + [UInt8](repeating: 7, count: 200)

  @Test(arguments: [403, 404, 501])
  func theWordsOfARefusalAreKept(status: Int) async throws {
    let words = "Private file(s) requested"
    let fixture = try DownloadFixture()
    let server = try LoopbackServer { _, connection in connection.respond(status, text: words) }
    let error = await fixture.run(fixture.item(server)).error
    #expect(error?.answer?.status == status)
    #expect(error?.answer?.text == words)
    #expect(fixture.folder.names.isEmpty)
  }

  @Test func ofALongRefusalTheBeginningIsKept() async throws {
    let fixture = try DownloadFixture()
    let server = try LoopbackServer { _, connection in
      connection.respond(403, body: [UInt8](repeating: 0x41, count: 1 << 20))
    }
    let count = try #require(await fixture.run(fixture.item(server)).error?.answer?.body.count)
    #expect(count > 0 && count <= 64 * 1024)
  }

  @Test func gzipIsTakenOnRequest() async throws {
    let fixture = try DownloadFixture()
    let server = try LoopbackServer { _, connection in connection.respond(body: Self.gzip) }
    var item = fixture.item(server)
    #expect(await fixture.run(item).error?.kind == .notTheFile)
    item.contentRule.allowsGzip = true
    #expect(await fixture.run(item).success?.bytes == Int64(Self.gzip.count))
  }
}
