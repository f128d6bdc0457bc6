import LocalArchive
import TableIO
import Testing

@testable import ArchiveServer

@Suite struct DiscoveryTests {
  private let archive: PlusArchive

  init() throws { archive = try PlusArchive() }

  private func table(_ response: ServerResponse) async throws -> Table {
    let settled = await response.settled()
    #expect(settled.status == 200)
    var options = VOTableReader.Options()
    options.throwsServiceErrors = false
    var reader: any TableReader = try VOTableReader(
      source: MemoryByteSource(try await bytes(of: settled)), options: options)
    return try Table(reading: &reader)
  }

  private func observations(_ query: String) async throws -> Set<String> {
    let table = try await table(archive.get("/sia2/query" + query))
    return Set(try table.column("obs_id", as: String.self).compactMap(\.self))
  }

  @Test func imagesAreFoundByWhatTheyAre() async throws {
    let all = try await observations("")
    #expect(all == [PlusArchive.image, PlusArchive.exclusiveImage])
    #expect(try await observations("?POS=CIRCLE%2080%2010%200.1") == [PlusArchive.image])
    #expect(try await observations("?POS=CIRCLE+80+10+0.1&POS=CIRCLE+200+-30+0.1") == all)
    #expect(try await observations("?POS=CIRCLE+80+10+0.1&INSTRUMENT=MIRI") == [])
    #expect(try await observations("?INSTRUMENT=MIRI") == [PlusArchive.exclusiveImage])
    #expect(try await observations("?instrument=NIRCAM/IMAGE") == [PlusArchive.image])
    #expect(try await observations("?POS=POLYGON+79+9+81+9+81+11+79+11") == [PlusArchive.image])
    #expect(try await observations("?POS=RANGE+79+81+0+Inf") == [PlusArchive.image])
    #expect(try await observations("?POS=RANGE+-Inf+Inf+-Inf+Inf") == all)
    // The footprint counts, 0.02 degrees around the target, not the target alone.
    #expect(try await observations("?POS=RANGE+80.01+81+9+11") == [PlusArchive.image])
    #expect(try await observations("?POS=RANGE+80.03+81+9+11") == [])
    // From 199 through 0 to 81, and the other way round.
    #expect(try await observations("?POS=RANGE+199+81+-90+90") == all)
    #expect(try await observations("?POS=RANGE+201+81+-90+90") == [PlusArchive.image])
    #expect(try await observations("?POS=RANGE+359+1+-90+90") == [])
    #expect(try await observations("?TIME=59600+59601&COLLECTION=JWST&FACILITY=JWST") == [PlusArchive.image])
    #expect(try await observations("?TIME=-Inf+59650") == [PlusArchive.image])
    #expect(try await observations("?TIME=59650+%2BInf") == [PlusArchive.exclusiveImage])
    #expect(try await observations("?COLLECTION=HST") == [])
    #expect(try await observations("?POL=I") == [])
    #expect(try await observations("?DPTYPE=cube") == [])
    #expect(try await observations("?DUMMY=1&DPTYPE=image") == all)
    #expect(try await observations("?TARGET=%3Cb%3E%22star%22%3C/b%3E") == all)
  }

  @Test func anIdentifierFindsItsImage() async throws {
    let found = try await table(archive.get("/sia2/query"))
    let id = try #require(try found.column("obs_publisher_did", as: String.self).compactMap(\.self).first)
    let one = try await table(archive.post("/sia2/query", [("ID", id)]))
    #expect(try one.column("obs_publisher_did", as: String.self) == [id])
  }

  @Test func limitsOverflow() async throws {
    let one = try await table(archive.get("/sia2/query?MAXREC=1"))
    #expect(one.count == 1)
    #expect(one.isOverflow)
    let none = try await table(archive.get("/sia2/query?MAXREC=0"))
    #expect(none.count == 0)
    #expect(none.isOverflow)
    #expect(none.metadata.columns.contains { $0.name == "s_ra" && $0.ucd == "pos.eq.ra" })
  }

  @Test(arguments: [
    "POS=CIRCLE+1+2", "POS=CIRCLE+1+95+1", "POS=BOX+1+2+3+4", "POS=POLYGON+1+2+3+4", "POS=CIRCLE+a+b+c", "POS=x'--",
    "BAND=3+2", "BAND=a", "BAND=1+2+3", "BAND=nan", "TIME=Inf", "CALIB=9", "CALIB=1;DROP", "DPTYPE=event", "MAXREC=-1",
    "RESPONSEFORMAT=nonsense", "UPLOAD=a,param:b", "FOV=1)+OR+(1%3D1", "POS=RANGE+1+2+1+0", "POS=RANGE+-1+2+0+1",
    "POS=RANGE+1+2+0+91", "POS=RANGE+1+2+0",
  ])
  func mistakesAreUsageFaults(query: String) async throws {
    let response = await archive.get("/sia2/query?" + query).settled()
    #expect(response.status == 400)
    let text = try await text(of: response)
    #expect(text.contains("<INFO name=\"QUERY_STATUS\" value=\"ERROR\">UsageFault: "))
  }

  @Test(arguments: [
    "ID", "COLLECTION", "FACILITY", "INSTRUMENT", "TARGET", "FORMAT", "POL",
  ])
  func textsCannotBecomeADQL(name: String) async throws {
    for text in ["x' OR '1'='1", "x') OR (1=1) --", "'", "\\' OR 1=1 --", "%' OR '%'='"] {
      let table = try await table(archive.post("/sia2/query", [(name, text)]))
      #expect(table.count == 0, "\(name)=\(text)")
    }
    #expect(await archive.post("/sia2/query", [(name, "x\u{0}' OR 1=1")]).settled().status == 400)
  }

  @Test func conesFindPlanes() async throws {
    let table = try await table(archive.get("/cone?RA=80&DEC=10&SR=0.02"))
    #expect(table.count > 0)
    for (name, ucd) in ConeQuery.labels {
      let columns = table.metadata.columns.filter { $0.ucd == ucd }
      #expect(columns.map(\.name) == [name])
    }
    #expect(!table.metadata.columns.contains { $0.ucd?.contains("meta.main") == true })
    #expect(try await self.table(archive.get("/cone?RA=-280&DEC=10&SR=0.02")).count == table.count)
    #expect(try await self.table(archive.get("/cone?RA=80&DEC=10&SR=180&MAXREC=1")).count == 1)
    let brief = try await self.table(archive.get("/cone?RA=1&DEC=1&SR=0&VERB=1"))
    #expect(brief.count == 0)
    #expect(brief.metadata.columns.count == 5)
    let all = try await self.table(archive.get("/cone?ra=80&dec=10&sr=1&verb=3"))
    #expect(all.metadata.columns.count > 80)
  }

  @Test(arguments: [
    "", "?RA=1&DEC=2", "?RA=x&DEC=2&SR=1", "?RA=1&DEC=95&SR=1", "?RA=1&DEC=2&SR=-1", "?RA=1&DEC=2&SR=1&VERB=4",
    "?RA=1&RA=2&DEC=2&SR=1", "?RA=1)+OR+(1%3D1&DEC=2&SR=1", "?RA=nan&DEC=2&SR=1", "?RA=1&DEC=2&SR=1&MAXREC=x",
  ])
  func mistakesOfConesAreErrorsAsTheStandardSays(query: String) async throws {
    let response = await archive.get("/cone" + query).settled()
    #expect(response.status == 200)
    #expect(try await text(of: response).contains("<INFO ID=\"Error\" name=\"Error\" value=\""))
  }

  @Test func clientsFindTheQueryAddress() async throws {
    let response = archive.send("GET", "/sia2/capabilities", headers: ["host": "example.org"])
    let text = try await text(of: response)
    #expect(text.contains("standardID=\"ivo://ivoa.net/std/SIA#query-2.0\""))
    #expect(text.contains(">http://example.org/sia2/query</accessURL>"))
    #expect(archive.get("/sia2/availability").status == 200)
  }

  @Test(arguments: ["/sia2/query", "/cone?RA=80&DEC=10&SR=0.1", "/tap/sync?QUERY=SELECT+1+FROM+jwst.main"])
  func headsStartNoQuery(target: String) async {
    let head = archive.send("HEAD", target)
    #expect(head.status == 200)
    guard case .bytes(let bytes) = head.body else {
      Issue.record("The query is started.")
      return
    }
    #expect(bytes.isEmpty)
    #expect(head.header("Content-Type")?.contains("votable") == true)
    #expect(await archive.send("HEAD", "/cone?RA=x").settled().header("Content-Type") != nil)
  }
}
