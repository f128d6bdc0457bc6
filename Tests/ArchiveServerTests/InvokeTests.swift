import ArchiveServer
import Holdings
import LocalArchive
import TableIO
import Testing

@Suite struct InvokeTests {
  private let archive: SampleArchive

  init() throws { archive = try SampleArchive() }

  private func ids(_ answer: JSONValue) -> [Int64?] {
    (answer["data"]?.arrayValue ?? []).map { $0["obsid"]?.integerValue }
  }

  @Test func observationsComeWithFieldsAndPaging() async throws {
    let answer = try await archive.invoke(
      #"{"service":"mast.caom.filtered","params":{"columns":"*","filters":[{"paramName":"proposal_id","values":["01410"]}]},"format":"json"}"#
    )
    #expect(answer["status"] == .string("COMPLETE"))
    #expect(ids(answer) == [20, 30])
    let row = try #require(answer["data"]?.arrayValue?.first)
    #expect(row["t_min"] == .real(59600.0))
    #expect(row["target_name"] == .string("<b>\"star\"</b>"))
    #expect(row["mtFlag"] == .null)
    let fields = try #require(answer["fields"]?.arrayValue)
    #expect(fields.compactMap { $0["name"]?.stringValue } == Observation.columns.map(\.name))
    #expect(fields.first { $0["name"] == .string("obsid") }?["type"] == .string("string"))
    #expect(fields.first { $0["name"] == .string("t_min") }?["type"] == .string("float"))
    #expect(answer["paging"]?["rowsFiltered"] == .integer(2))
    #expect(answer["paging"]?["pagesFiltered"] == .integer(1))
  }

  @Test(arguments: [
    (#"{"paramName":"t_min","values":[{"min":59650,"max":null}]}"#, [10]),
    (#"{"paramName":"t_min","values":[{"min":"0","max":"99999"}]}"#, [20, 10]),
    (#"{"paramName":"instrument_name","values":[],"freeText":"nircam%"}"#, [20, 30]),
    (#"{"paramName":"instrument_name","values":["MIRI/IMAGE"],"freeText":"*WFSS"}"#, [10, 30]),
    (#"{"paramName":"obs_collection","values":["jwst"],"separator":";"}"#, [20, 10, 30]),
    (#"{"paramName":"obsid","values":[10]}"#, [10]),
    (#"{"paramName":"obs_collection","values":"HST"}"#, []),
  ])
  func filtersHold(filter: String, expected: [Int64]) async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Caom.Filtered","params":{"columns":"obsid","filters":[\#(filter)]}}"#)
    #expect(ids(answer) == expected)
  }

  @Test func columnsKeepTheArchivesOrder() async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Caom.Filtered","params":{"columns":"obsid, s_ra,obs_id,obsid","filters":[]}}"#)
    let names = answer["fields"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
    #expect(names == ["obs_id", "s_ra", "obsid"])
    guard case .object(let row) = answer["data"]?.arrayValue?.first else {
      Issue.record("no row")
      return
    }
    #expect(row.members.map(\.name) == names)
  }

  @Test func countsAreOneRow() async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Jwst.Filtered.NIRCam","params":{"columns":"COUNT_BIG(*)","filters":[]}}"#)
    #expect(answer["data"]?.arrayValue == [.object(["Column1": .integer(5)])])
  }

  @Test(arguments: [(1, 2, 2), (3, 2, 1), (4, 2, 0), (1, 1000, 5), (Int.max, 500_000, 0)])
  func pagesCutTheRows(page: Int, size: Int, rows: Int) async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Jwst.Filtered.Nircam","params":{"columns":"filename","filters":[]},"page":\#(page),"pagesize":"\#(size)"}"#
    )
    #expect(answer["data"]?.arrayValue?.count == rows)
    #expect(answer["paging"]?["rowsTotal"] == .integer(5))
    #expect(answer["paging"]?["pagesFiltered"] == .integer(Int64((5 + size - 1) / size)))
  }

  @Test func keywordRowsKeepDatesAndTruthValues() async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Jwst.Filtered.Nircam","params":{"columns":"*","filters":[{"paramName":"program","values":["01410"]},{"paramName":"tsovisit","values":["F"]},{"paramName":"expstart","values":[{"min":59602.5,"max":59604}]}]}}"#
    )
    let rows = try #require(answer["data"]?.arrayValue)
    #expect(rows.count == 2)
    #expect(rows[0]["publicReleaseDate"] == .string("/Date(1756616951000)/"))
    #expect(rows[0]["isRestricted"] == .boolean(false))
    #expect(rows[0]["program"] == .integer(1410))
    #expect(answer["fields"]?.arrayValue?.count == KeywordService.nircam.columns.count)
  }

  @Test func largeAnswersAreStreamedAndWhole() async throws {
    let rows = (0..<900).map { number in
      KeywordRow(
        service: .miri, cells: ["filename": .text("jw0200000100\(number)"), "fileSize": .integer(Int64(number))])
    }
    try archive.store.add(keywordRows: rows)
    let answer = try await archive.invoke(
      #"{"service":"Mast.Jwst.Filtered.Miri","params":{"columns":"*","filters":[]},"pagesize":50000}"#)
    let sizes = answer["data"]?.arrayValue?.map { $0["fileSize"]?.integerValue }
    #expect(sizes == (0..<900).map { $0 })
    #expect(answer["paging"]?["rows"] == .integer(900))
  }

  @Test func conesFindFootprintsWithTheirDistance() async throws {
    let cone = try await archive.invoke(
      #"{"service":"Mast.Caom.Cone","params":{"ra":53.165,"dec":"-27.79","radius":0.001}}"#)
    #expect(ids(cone) == [20])
    #expect(cone["data"]?.arrayValue?.first?["distance"] == .real(0))
    #expect(cone["fields"]?.arrayValue?.last?["name"] == .string("distance"))
    let filtered = try await archive.invoke(
      #"{"service":"Mast.Caom.Filtered.Position","params":{"columns":"obsid","position":"53.16, -27.79, 0.1","filters":[{"paramName":"instrument_name","freeText":"%WFSS"}]}}"#
    )
    #expect(ids(filtered) == [30])
  }

  @Test func productsFollowTheOrderAskedFor() async throws {
    let answer = try await archive.invoke(
      #"{"service":"Mast.Caom.Products","params":{"obsid":"10, 20","columns":["type","productType"]},"format":"json"}"#)
    let parents = answer["data"]?.arrayValue?.map { $0["parent_obsid"]?.integerValue }
    #expect(parents == [10, 20, 20])
    #expect(answer["fields"]?.arrayValue?.count == Product.columns.count)
  }

  @Test func namesAreResolvedLocally() async throws {
    let known = try await archive.invoke(
      #"{"service":"Mast.Name.Lookup","params":{"input":"messier  74","format":"json"}}"#)
    let row = try #require(known["resolvedCoordinate"]?.arrayValue?.first)
    #expect(row["canonicalName"] == .string("M 74"))
    #expect(abs((row["decl"]?.realValue ?? 0) - 15.7837) < 0.001)
    let unknown = try await archive.invoke(#"{"service":"Mast.Name.Lookup","params":{"input":"nowhere"}}"#)
    #expect(unknown["resolvedCoordinate"] == .array([]))
  }

  @Test(arguments: [
    (#"{"service":"Mast.Hubble.Filtered","params":{}}"#, "Unknown service 'Mast.Hubble.Filtered'."),
    (#"{"service":"Mast.Caom.Filtered","params":{"columns":"obsid,colour"}}"#, "Invalid column name 'colour'."),
    (
      #"{"service":"Mast.Caom.Filtered","params":{"filters":[{"paramName":"x'; --","values":[1]}]}}"#,
      "no column 'x'; --'"
    ),
    (#"{"service":"Mast.Caom.Filtered","params":{"filters":[{"paramName":"t_min","values":[[1,2]]}]}}"#, "hold a list"),
    (
      #"{"service":"Mast.Caom.Filtered","params":{"filters":[{"paramName":"t_min","values":[{"min":"soon"}]}]}}"#,
      "not a number"
    ),
    (#"{"service":"Mast.Caom.Cone","params":{"ra":1,"dec":95,"radius":1}}"#, "degrees"),
    (#"{"service":"Mast.Caom.Products","params":{"obsid":"1 OR 1=1"}}"#, "'OR' is not an obsid."),
    (#"{"service":"Mast.Caom.Filtered","params":{},"format":"votable"}"#, "json only"),
  ])
  func failuresAreAnswersWithStatusError(request: String, message: String) async throws {
    let answer = try await archive.invoke(request)
    #expect(answer["status"] == .string("ERROR"))
    #expect(answer["msg"]?.stringValue?.contains(message) == true)
  }

  @Test(arguments: [
    "", "request=", "request=%7B", "request=[1]", "service=Mast.Caom.Cone", "{\"params\":{}}", "%%%=%zz&&&=",
  ])
  func requestsThatAreNoneGetStatus400(body: String) async throws {
    let response = archive.handler.respond(
      to: ServerRequest(method: "POST", target: "/portal_jwst/Mashup/Mashup.asmx/invoke", body: Array(body.utf8)))
    #expect(response.status == 400)
    #expect(try JSONValue(parsing: try await bytes(of: response))["status"] == .string("ERROR"))
    #expect(response.header("x-content-type-options") == "nosniff")
  }

  @Test func columnConfigurationsTellTypesAndSeparators() async throws {
    let request = ServerRequest(
      method: "POST", target: "/portal/Mashup/Mashup.asmx/columnsconfig", body: Array("colConfigId=Mast.Caom.Cone".utf8)
    )
    let answer = try JSONValue(parsing: try await bytes(of: archive.handler.respond(to: request)))
    #expect(answer["filters"]?["separator"] == .string(";"))
    #expect(answer["t_min"]?["vot.datatype"] == .string("double"))
    #expect(answer["obsid"]?["vot.datatype"] == .string("long"))
    #expect(answer["distance"]?["vot.unit"] == .string("arcsec"))
  }
}
