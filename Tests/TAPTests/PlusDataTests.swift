import TAP
import TableIO
import TestSupport
import Testing

@Suite struct PlusDataTests {
  static let links = """
    <?xml version="1.0"?>
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>
    <TABLE><FIELD arraysize="*" datatype="char" name="ID"/><FIELD arraysize="*" datatype="char" name="access_url"/>
    <DATA><TABLEDATA><TR><TD>1</TD><TD>https://x/y</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
    """

  func columns(_ result: TAPResult) throws -> [String]? {
    var reader = try result.reader()
    return try reader.nextTable()?.columns.map(\.name)
  }

  @Test func dataLinks() async throws {
    let service = try PlusService([
      "POST /server/datalink/links": .init(headers: [("Content-Type", "application/x-votable+xml")], text: Self.links)
    ])
    let result = try await service.client.dataLinks(["1", "2"])
    #expect(service.lastForm == [["ID", "1,2"]])
    #expect(try columns(result) == ["ID", "access_url"])
    _ = try await service.client.dataLinks(["a&b"], linkingParameter: .source)
    #expect(service.lastForm == [["ID", "a&b"], ["LINKING_PARAMETER", "SOURCE_ID"]])
    for ids in [[], [""], ["1", " "]] {
      #expect(try await PlusService.failure { _ = try await service.client.dataLinks(ids) }?.kind == .badRequest)
    }
    #expect(service.requests.count == 2)
  }

  @Test func dataAsATable() async throws {
    let service = try PlusService(["POST /server/data": .init(text: "a,b\n1,2\n")])
    let result = try await service.client.loadData([("ID", "1"), ("format", "CSV")])
    #expect(service.lastForm == [["ID", "1"], ["format", "CSV"]])
    #expect(try columns(result) == ["a", "b"])
  }

  @Test func dataAsTheyCome() async throws {
    let scratch = try ScratchFolder()
    let service = try PlusService([
      "POST /server/data": .init(
        headers: [("Content-Disposition", "attachment;filename=\"../d.bin\"")], text: "\u{0}\u{1}\r\n")
    ])
    let result = try await service.client.loadData([("ID", "1,2"), ("RETRIEVAL_TYPE", "X")])
    #expect(service.lastForm == [["ID", "1,2"], ["RETRIEVAL_TYPE", "X"]])
    try result.save(to: scratch.file("out"))
    #expect(scratch.bytes("out") == [0, 1, 13, 10])
    #expect(result.fileName?.contains("/") != true)
  }

  @Test func errors() async throws {
    let service = try PlusService(["POST /server/data": PlusService.page(404, "no data")])
    let error = try await PlusService.failure { _ = try await service.client.loadData([("ID", "9")]) }
    #expect(error?.kind == .notFound)
    #expect(error?.message == "no data")
    let empty = try await PlusService.failure { _ = try await service.client.loadData([]) }
    #expect(empty?.kind == .badRequest)
    #expect(service.requests.count == 1)
  }
}
