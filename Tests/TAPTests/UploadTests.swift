import TAP
import TableIO
import TestSupport
import Testing

@Suite struct UploadTests {
  /// The parts of a multipart body: head and content.
  private func parts(of request: LoopbackServer.Request) throws -> [(head: String, content: [UInt8])] {
    let type = try #require(request[header: "Content-Type"])
    #expect(type.hasPrefix("multipart/form-data; boundary="))
    let boundary = type.split(separator: "boundary=").last.map { $0.filter { $0 != "\"" } } ?? ""
    let pieces = request.body.split(separator: Array("--\(boundary)".utf8))
    return try pieces.dropLast().map { piece in
      let end = try #require(piece.firstRange(of: Array("\r\n\r\n".utf8)))
      return (
        String(decoding: piece[..<end.lowerBound].dropFirst(2), as: UTF8.self),
        Array(piece[end.upperBound...].dropLast(2))
      )
    }
  }

  private func service(_ dialect: TAPConnection.Dialect = .standard) throws -> ServiceFixture {
    try ServiceFixture(dialect: dialect) { _, _, connection in
      connection.respond(text: Documents.votable(rows: [("a", 1)]))
    }
  }

  private func table(_ bytes: [UInt8]) throws -> Table {
    var reader: any TableReader = try VOTableReader(source: MemoryByteSource(bytes))
    return try Table(reading: &reader)
  }

  @Test func aCSVFileArrivesAsAVOTable() async throws {
    let folder = try ScratchFolder()
    try folder.write("my list.csv", Array("id,ra\na,1.5\nb,2.5\n".utf8))
    let service = try service()
    _ = try await service.client.query(
      TAPQuery(
        "SELECT * FROM TAP_UPLOAD.mine",
        uploads: [TAPUpload(name: "mine", content: .file(path: folder.file("my list.csv")))]))
    let parts = try parts(of: try #require(service.server.requests.first))
    #expect(
      parts.map { $0.head.split(separator: "\r\n")[0] } == [
        "Content-Disposition: form-data; name=\"REQUEST\"", "Content-Disposition: form-data; name=\"LANG\"",
        "Content-Disposition: form-data; name=\"QUERY\"", "Content-Disposition: form-data; name=\"UPLOAD\"",
        "Content-Disposition: form-data; name=\"mine\"; filename=\"my list.vot\"",
      ])
    #expect(parts[3].content == Array("mine,param:mine".utf8))
    #expect(parts[4].head.contains("Content-Type: application/x-votable+xml"))
    let sent = try table(parts[4].content)
    #expect(try sent.column("id") == ["a", "b"])
    #expect(try sent.column("ra") == [1.5, 2.5])
  }

  @Test func aVOTableIsSentAsItIsAndInflated() async throws {
    let text = Documents.votable(rows: [("ä", 1)])
    let folder = try ScratchFolder()
    try folder.write("mytable.xml.gz", try Documents.gzip(text))
    let service = try service()
    let upload = TAPUpload(name: "t", content: .file(path: folder.file("mytable.xml.gz")))
    _ = try await service.client.query(TAPQuery("SELECT * FROM TAP_UPLOAD.t", uploads: [upload]))
    let parts = try parts(of: try #require(service.server.requests.first))
    #expect(parts.last?.content == Array(text.utf8))
    #expect(parts.last?.head.contains("filename=\"mytable.xml\"") == true)
  }

  @Test func severalTables() async throws {
    let columns = [Column("n", .int)]
    var batch = TableBatch(columns: columns)
    batch.columns[0].elements = .int([7])
    batch.columns[0].endCell()
    batch.rowCount = 1
    let memory = Table(metadata: TableMetadata(columns: columns), rows: batch)
    let uploads = [
      TAPUpload(name: "a", content: .bytes(Array("x\ty\n1\t2\n".utf8), fileName: "a.tsv")),
      TAPUpload(name: "b", content: .url("https://h.example/b.vot?x=1&y=2")),
      TAPUpload(name: "c", content: .table(memory)),
    ]
    for (dialect, references) in [
      (
        TAPConnection.Dialect.standard,
        ["a,param:a", "b,https://h.example/b.vot?x=1&y=2", "c,param:c"]
      ), (.tapPlus, ["a,param:a;b,https://h.example/b.vot?x=1&y=2;c,param:c"]),
    ] {
      let service = try service(dialect)
      _ = try await service.client.query(TAPQuery("SELECT 1", uploads: uploads))
      let parts = try parts(of: try #require(service.server.requests.first))
      let sent = parts.filter { $0.head.contains("name=\"UPLOAD\"") }.map {
        String(decoding: $0.content, as: UTF8.self)
      }
      #expect(sent == references)
      let last = try table(try #require(parts.last).content)
      #expect(try last.column("n") == [7])
      #expect(parts.filter { $0.head.contains("filename=") }.count == 2)
    }
  }

  @Test func anAddressAloneNeedsNoFiles() async throws {
    let service = try service()
    _ = try await service.client.query(
      TAPQuery("SELECT 1", uploads: [TAPUpload(name: "a", content: .url("http://h.example/a.vot"))]))
    #expect(
      service.server.requests.first?.text
        == "REQUEST=doQuery&LANG=ADQL&QUERY=SELECT%201&UPLOAD=a%2Chttp%3A%2F%2Fh.example%2Fa.vot")
  }

  @Test func whatCannotBeSent() async throws {
    let service = try service()
    func error(_ content: TAPUpload.Content, limit: Int = 1 << 20) async -> TAPError? {
      var client = service.client
      client.connection.configuration.uploadLimit = limit
      return await tapError {
        try await client.query(TAPQuery("SELECT 1", uploads: [TAPUpload(name: "t", content: content)]))
      }
    }
    #expect(await error(.file(path: "/nonexistent/x.csv"))?.kind == .table)
    #expect(await error(.bytes([0, 1, 2], fileName: "x"))?.kind == .table)
    let cut = try Documents.gzip(Documents.votable(rows: [("a", 1)])).dropLast(9)
    #expect(await error(.bytes(Array(cut), fileName: "x.vot.gz"))?.kind == .table)
    let large = await error(.bytes(Array(Documents.votable(rows: [("a", 1)]).utf8), fileName: "x.vot"), limit: 100)
    #expect(large?.kind == .badRequest)
    #expect(service.requests.isEmpty)
  }
}
