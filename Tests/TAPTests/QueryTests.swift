import HTTPTransport
import TAP
import TableIO
import TestSupport
import Testing

@Suite struct QueryTests {
  private let rows = [("jw01", 10.5), ("jw02", 11.25)]

  @Test func asksAndReads() async throws {
    let service = try ServiceFixture(clientTag: "WEBB") { [rows] _, _, connection in
      connection.respond(
        200,
        [
          "Content-Type": "application/x-votable+xml", "Content-Disposition": "attachment;filename=\"../1-result.vot\"",
        ], text: Documents.votable(rows: rows))
    }
    let result = try await service.client.query(TAPQuery("SELECT * FROM t WHERE a = \("x&y")", format: "votable"))
    let request = try #require(service.server.requests.first)
    #expect(request.method == "POST" && request.target == "/server/tap/sync")
    #expect(
      request.text
        == "REQUEST=doQuery&LANG=ADQL&FORMAT=votable&tapclient=WEBB&QUERY=SELECT%20%2A%20FROM%20t%20WHERE%20a%20%3D%20%27x%26y%27"
    )
    #expect(result.mediaType == "application/x-votable+xml")
    #expect(result.fileName == "1-result.vot")
    #expect(!result.isOverflow && !result.isGzip)
    let table = try result.table()
    #expect(try table.column("obs_id") == ["jw01", "jw02"])
    #expect(try table.column("ra") == [10.5, 11.25])
  }

  @Test func theWholeFormInItsOrder() async throws {
    let service = try ServiceFixture(clientTag: "WEBB") { [rows] _, _, connection in
      connection.respond(text: Documents.votable(rows: rows))
    }
    var query = TAPQuery("SELECT 1", maxRows: 5, format: "csv", runID: "r", jobName: "n")
    query.extra = [("PHASE", "RUN")]
    _ = try? await service.client.query(query)
    #expect(
      service.server.requests.first?.text
        == "REQUEST=doQuery&LANG=ADQL&FORMAT=csv&tapclient=WEBB&QUERY=SELECT%201&MAXREC=5&RUNID=r&jobname=n&PHASE=RUN")
  }

  @Test func gzipIsReadAndKept() async throws {
    let bytes = try Documents.gzip(Documents.votable(rows: rows))
    let service = try ServiceFixture { _, _, connection in
      connection.respond(200, ["Content-Encoding": "gzip"], body: bytes)
    }
    let result = try await service.client.query(TAPQuery("SELECT 1"))
    #expect(result.isGzip && result.byteCount == bytes.count)
    #expect(try result.table().rowCount == 2)
    let folder = try ScratchFolder()
    try result.save(to: folder.file("a.vot.gz"))
    #expect(folder.holds("a.vot.gz", bytes))
    let plain = MemoryByteSink()
    try result.write(to: plain, inflating: true)
    #expect(plain.bytes == Array(Documents.votable(rows: rows).utf8))
  }

  @Test func aLargeResultGoesToAFile() async throws {
    let many = (0..<20_000).map { ("jw\($0)", Double($0)) }
    let service = try ServiceFixture { _, _, connection in connection.respond(text: Documents.votable(rows: many)) }
    let result = try await service.client.query(TAPQuery("SELECT 1"))
    #expect(result.byteCount > 64 << 10)
    #expect(try result.table().column("ra") == many.map { Optional($0.1) })
    #expect(try result.table().rowCount == 20_000)
  }

  @Test func csvOfOneColumnIsKnownByItsType() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(200, ["Content-Type": "text/csv;charset=UTF-8"], text: "n\n1\n2\n")
    }
    let table = try await service.client.query(TAPQuery("SELECT n FROM t", format: "csv")).table()
    #expect(try table.column("n", as: Int.self) == [1, 2])
  }

  @Test(arguments: [
    "<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\"/>", "<INFO value='OVERFLOW' name='QUERY_STATUS'>cut</INFO>",
  ])
  func overflowAfterTheTable(info: String) async throws {
    let service = try ServiceFixture { [rows] _, _, connection in
      connection.respond(text: Documents.votable(rows: rows, after: info))
    }
    #expect(try await service.client.query(TAPQuery("SELECT 1")).isOverflow)
  }

  @Test func overflowBeforeTheTable() async throws {
    let service = try ServiceFixture { [rows] _, _, connection in
      connection.respond(text: Documents.votable(rows: rows, before: "OVERFLOW"))
    }
    #expect(try await service.client.query(TAPQuery("SELECT 1")).isOverflow)
  }

  @Test func impossibleQueriesAreNotSent() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(text: "") }
    var queries = [TAPQuery(" "), TAPQuery("SELECT 1", maxRows: -1)]
    queries.append(TAPQuery("SELECT 1", runID: String(repeating: "r", count: 65)))
    queries.append(TAPQuery("SELECT 1", uploads: [TAPUpload(name: "a b", content: .bytes([], fileName: "x"))]))
    queries.append(TAPQuery("SELECT 1", uploads: [TAPUpload(name: "a", content: .url("file:///etc/passwd"))]))
    for query in queries {
      #expect(await tapError { try await service.client.query(query) }?.kind == .badRequest)
    }
    #expect(service.requests.isEmpty)
  }
}
