import TAP
import TableIO
import TestSupport
import Testing

@Suite struct PlusUploadTests {
  static let upload = "POST /server/Upload"
  static let votable =
    "<?xml version=\"1.0\"?>\n<VOTABLE version=\"1.4\"><RESOURCE><TABLE><FIELD datatype=\"int\" name=\"a\"/><DATA><TABLEDATA><TR><TD>1</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>\n"

  /// The parts of the only request.
  func parts(_ service: PlusService) throws -> [MultipartParts.Part] {
    try MultipartParts(try #require(service.server.requests.last)).parts
  }

  @Test func aVOTableIsSentAsItIs() async throws {
    let scratch = try ScratchFolder()
    try scratch.write("mytable.vot", Self.votable.utf8)
    let service = try PlusService([Self.upload: .init(text: "OK")])
    let outcome = try await service.client.uploadTable(
      UserTableUpload(name: "mytable", description: "my data; é", content: .file(path: scratch.file("mytable.vot"))))
    #expect(outcome == .stored(name: "mytable", message: "OK"))
    #expect(service.requests == [Self.upload])
    #expect(
      try parts(service) == [
        .init(name: "TASKID", content: Array("-1".utf8)), .init(name: "TABLE_NAME", content: Array("mytable".utf8)),
        .init(name: "TABLE_DESC", content: Array("my data; é".utf8)),
        .init(name: "FORMAT", content: Array("votable".utf8)),
        .init(
          name: "FILE", fileName: "mytable.vot", type: "application/x-votable+xml", content: Array(Self.votable.utf8)),
      ])
  }

  @Test func anotherFormatIsConverted() async throws {
    let service = try PlusService([Self.upload: .init(text: "OK")])
    _ = try await service.client.uploadTable(
      UserTableUpload(name: "t", content: .bytes(Array("a,b\n1,x\n2,y\n".utf8), fileName: "some.csv")))
    let parts = try parts(service)
    #expect(parts.map(\.name) == ["TASKID", "TABLE_NAME", "TABLE_DESC", "FORMAT", "FILE"])
    #expect(parts[2].text == "")
    #expect(parts[3].text == "votable")
    #expect(parts[4].fileName == "some.vot")
    var reader = try TableFormat.detect(source: MemoryByteSource(parts[4].content), fileName: nil).reader
    #expect(try reader.nextTable()?.columns.map(\.name) == ["a", "b"])
  }

  @Test func theServiceFetchesAnAddress() async throws {
    let service = try PlusService([Self.upload: .init(text: "OK")])
    _ = try await service.client.uploadTable(
      UserTableUpload(name: "fromurl", content: .url("http://example.org/t.vot")))
    #expect(
      try parts(service) == [
        .init(name: "TASKID", content: Array("-1".utf8)), .init(name: "TABLE_NAME", content: Array("fromurl".utf8)),
        .init(name: "TABLE_DESC", content: []), .init(name: "FORMAT", content: Array("votable".utf8)),
        .init(name: "URL", content: Array("http://example.org/t.vot".utf8)),
        .init(name: "FILE", fileName: "", type: "application/octet-stream", content: []),
      ])
  }

  @Test func theResultOfAJobIsStored() async throws {
    let job = """
      <uws:job xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0"><uws:jobId>1700000000777O</uws:jobId><uws:phase>COMPLETED</uws:phase>
      <uws:parameters><uws:parameter id="query"><![CDATA[select top 100 * from jwst.main]]></uws:parameter></uws:parameters></uws:job>
      """
    let service = try PlusService(["GET /server/tap/async/1700000000777O": .init(text: job), Self.upload: .init()])
    let outcome = try await service.client.uploadTable(UserTableUpload(name: nil, content: .job(id: "1700000000777O")))
    #expect(outcome == .stored(name: "t1700000000777O", message: ""))
    #expect(service.requests == ["GET /server/tap/async/1700000000777O", Self.upload])
    #expect(
      try parts(service) == [
        .init(name: "TASKID", content: Array("-1".utf8)), .init(name: "JOBID", content: Array("1700000000777O".utf8)),
        .init(name: "TABLE_NAME", content: Array("t1700000000777O".utf8)),
        .init(name: "TABLE_DESC", content: Array("select top 100 * from jwst.main".utf8)),
        .init(name: "FORMAT", content: Array("votable".utf8)),
        .init(name: "FILE", fileName: "", type: "application/octet-stream", content: []),
      ])
    _ = try await service.client.uploadTable(
      UserTableUpload(name: "fromjob", description: "x", content: .job(id: "1700000000777O")))
    #expect(service.requests.count == 3)
    #expect(try parts(service).map(\.text) == ["-1", "1700000000777O", "fromjob", "x", "votable", ""])
  }

  @Test func theServiceMayTakeItsTime() async throws {
    let service = try PlusService([
      Self.upload: .init(
        status: 303, headers: [("Location", "https://jwst.example.org/server/tap/async/1700000000777O")])
    ])
    let table = UserTableUpload(name: "t", content: .bytes(Array(Self.votable.utf8), fileName: "t.vot"))
    #expect(try await service.client.uploadTable(table) == .job(id: "1700000000777O"))
    #expect(service.requests == [Self.upload])
  }

  @Test func aRedirectTellsThatItIsStored() async throws {
    let service = try PlusService([
      Self.upload: .init(status: 302, headers: [("Location", "/server/welcome")], text: "Table &#39;t&#39; stored")
    ])
    let table = UserTableUpload(name: "t", content: .bytes(Array(Self.votable.utf8), fileName: "t.vot"))
    let outcome = try await service.client.uploadTable(table)
    guard case .stored("t", let message) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(message.contains("stored"))
    #expect(service.requests == [Self.upload])
  }

  @Test(arguments: [(500, TAPError.Kind.service), (401, .notAuthorized)])
  func aRefusalIsReported(status: Int, kind: TAPError.Kind) async throws {
    let service = try PlusService([Self.upload: PlusService.page(status, "table t already exists")])
    let table = UserTableUpload(name: "t", content: .bytes(Array(Self.votable.utf8), fileName: "t.vot"))
    let error = try await PlusService.failure { _ = try await service.client.uploadTable(table) }
    #expect(error?.kind == kind)
    #expect(error?.message == "table t already exists")
  }

  @Test(
    arguments: [
      (303, []), (303, [("Location", "/server/login")]), (301, [("Location", "/server/upload")]),
      (307, [("Location", "/server/upload")]),
    ] as [(Int, [(name: String, value: String)])])
  func aRedirectThatMakesNoSense(status: Int, headers: [(name: String, value: String)]) async throws {
    let service = try PlusService([Self.upload: .init(status: status, headers: headers)])
    let table = UserTableUpload(name: "t", content: .bytes(Array(Self.votable.utf8), fileName: "t.vot"))
    let error = try await PlusService.failure { _ = try await service.client.uploadTable(table) }
    #expect(error?.kind == .badAnswer)
    #expect(service.requests == [Self.upload])
  }

  @Test(arguments: [
    UserTableUpload(name: "a.b", content: .url("http://example.org/t.vot")),
    UserTableUpload(name: nil, content: .url("http://example.org/t.vot")),
    UserTableUpload(name: " ", content: .url("http://example.org/t.vot")),
    UserTableUpload(name: "t", content: .file(path: "/nowhere/nope.vot")),
    UserTableUpload(name: "t", content: .bytes([0, 1, 2], fileName: "t.unknown")),
  ])
  func nothingIsSentWithoutNameOrTable(upload: UserTableUpload) async throws {
    let service = try PlusService([:])
    let error = try await PlusService.failure { _ = try await service.client.uploadTable(upload) }
    #expect(error.map { $0.kind == .badRequest || $0.kind == .table } == true)
    #expect(service.requests.isEmpty)
  }
}
