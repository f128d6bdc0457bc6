import TableIO
import Testing

@testable import ArchiveServer

@Suite struct SyncQueryTests {
  private let tap: MadeUpService

  init() throws { tap = try MadeUpService() }

  private func query(_ form: String) async throws -> MadeUpService.Answer {
    try await tap.send("POST", "/tap/sync", form: form)
  }

  @Test func rowsComeAsAVOTableWithItsStatusFirst() async throws {
    let answer = try await query("LANG=ADQL&QUERY=ROWS 3&REQUEST=doQuery&DUMMY=ignore-me")
    #expect(answer.status == 200)
    #expect(answer.type == "application/x-votable+xml")
    let table = try answer.table()
    #expect(try table.column("number", as: Int.self) == [0, 1, 2])
    #expect(!table.isOverflow)
    #expect(table.metadata.infos.map(\.name) == ["QUERY_STATUS", "QUERY", "server"])
    #expect(table.metadata.infos.map(\.value) == ["OK", "ROWS 3", "webb/1.2.3"])
    let again = try await tap.get("/server/tap/sync?lang=ADQL-2.0&query=ROWS%203")
    #expect(again.body == answer.body)
    #expect(tap.source.open.value == 0)
  }

  /// Queries side by side hold a batch each: one of a hundred columns may not be a hundred times one of one.
  @Test func wideRowsComeInSmallBatches() {
    #expect(ResultWriter.rowsAtOnce(columnCount: 0) == TableBatch.defaultRowCount)
    #expect(ResultWriter.rowsAtOnce(columnCount: 8) == TableBatch.defaultRowCount)
    #expect(ResultWriter.rowsAtOnce(columnCount: 109) == 300)
    #expect(ResultWriter.rowsAtOnce(columnCount: 2000) == 64)
  }

  @Test func noRowsAreAnEmptyTable() async throws {
    let answer = try await query("LANG=ADQL&QUERY=ROWS 0")
    #expect(answer.text.contains("<TABLEDATA>\n</TABLEDATA>"))
    #expect(answer.text.contains("<INFO name=\"QUERY_STATUS\" value=\"OK\"/>"))
  }

  @Test(arguments: [("5", 5, true), ("10", 10, false), ("11", 10, false), ("0", 0, true)])
  func theLimitIsExact(maxrec: String, rows: Int, isOverflow: Bool) async throws {
    let answer = try await query("LANG=ADQL&QUERY=ROWS 10&MAXREC=\(maxrec)")
    let table = try answer.table()
    #expect(table.rowCount == rows)
    #expect(table.isOverflow == isOverflow)
    let status = answer.text.components("QUERY_STATUS")
    #expect(status == (isOverflow ? 2 : 1))
    if isOverflow {
      let end = try #require(answer.text.firstRange(of: "</TABLE>"))
      #expect(answer.text[end.upperBound...].contains("<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\"/>"))
    }
  }

  @Test func theUsualAndTheHardLimitHold() async throws {
    let tap = try MadeUpService { $0.outputLimit = .init(usual: 4, hard: 6) }
    func count(_ more: String) async throws -> Int {
      try await tap.get("/tap/sync?LANG=ADQL&QUERY=ROWS+10" + more).table().rowCount
    }
    #expect(try await count("") == 4)
    #expect(try await count("&MAXREC=5") == 5)
    #expect(try await count("&MAXREC=7") == 6)
  }

  @Test(arguments: [
    ("LANG=ADQL", "QUERY is missing"),
    ("LANG=OOBLECK&QUERY=ROWS 1", "LANG \"OOBLECK\""), ("LANG=ADQL&QUERY=DUFF QUERY", "&lt;here&gt;"),
    ("LANG=ADQL&LANG=ADQL&QUERY=ROWS 1", "LANG is given 2 times"),
    ("QUERY=ROWS 1&query=ROWS 2", "QUERY is given 2 times"),
    ("QUERY=ROWS 1&MAXREC=-1", "MAXREC"), ("QUERY=ROWS 1&MAXREC=many", "MAXREC"),
    ("QUERY=ROWS 1&RESPONSEFORMAT=docx", "RESPONSEFORMAT \"docx\""),
    ("QUERY=ROWS 1&REQUEST=getCapabilities", "REQUEST"),
    ("QUERY=ROWS 1&RUNID=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "RUNID"),
    ("QUERY=ROWS 1&UPLOAD=t,param:p", "no part called"), ("QUERY=ROWS 1&UPLOAD=t", "UPLOAD"),
    ("QUERY=ROWS 1&UPLOAD=t,file:///etc/passwd", "param:"),
    ("QUERY=ROWS 1&UPLOAD=1;DROP,param:p", "name"),
    ("QUERY=ROWS 1&UPLOAD=t,http://localhost/x", "no tables by their address"),
  ])
  func errorsAreDocuments(form: String, message: String) async throws {
    let answer = try await query(form)
    #expect(answer.status == 400)
    #expect(answer.type == "application/x-votable+xml")
    #expect(answer.text.contains("<RESOURCE type=\"results\">\n<INFO name=\"QUERY_STATUS\" value=\"ERROR\">"))
    #expect(answer.text.contains(message), "\(answer.text)")
    #expect(!answer.text.contains("<TABLE"))
  }

  @Test func whatBreaksOnTheWayIsToldAfterTheRows() async throws {
    let answer = try await query("LANG=ADQL&QUERY=BREAK 5000")
    #expect(answer.status == 200)
    let end = try #require(answer.text.firstRange(of: "</TABLE>"))
    #expect(
      answer.text[end.upperBound...].contains(
        "<INFO name=\"QUERY_STATUS\" value=\"ERROR\">The query took too long.</INFO>"))
    #expect(try await query("LANG=ADQL&QUERY=BREAK 0").status == 400)
    #expect(tap.source.open.value == 0)
  }

  @Test(arguments: [
    ("votable", "application/x-votable+xml"), ("text/xml", "text/xml"),
    ("application/x-votable+xml", "application/x-votable+xml"),
    ("application/x-votable+xml;serialization=binary2", "application/x-votable+xml;serialization=binary2"),
    ("application/x-votable+xml; serialization=TABLEDATA", "application/x-votable+xml;serialization=tabledata"),
    ("votable/b2", "application/x-votable+xml;serialization=binary2"),
    ("votable/td", "application/x-votable+xml;serialization=tabledata"), ("csv", "text/csv;header=present"),
    ("text/csv", "text/csv;header=present"), ("text/csv;header=present", "text/csv;header=present"),
    ("tsv", "text/tab-separated-values"), ("fits", "application/fits"), ("image/fits", "image/fits"),
    ("json", "application/json"), ("ecsv", "application/x-ecsv"), ("text/ecsv", "text/ecsv"),
    ("votable_plain", "application/x-votable+xml"), ("votable_gzip", "application/x-votable+xml"),
  ])
  func formatsAnswerToTheirNames(asked: String, type: String) async throws {
    for name in ["RESPONSEFORMAT", "FORMAT"] {
      let answer = try await query("LANG=ADQL&QUERY=ROWS 2&\(name)=\(asked)")
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.type == type)
      #expect(answer.response.header("Content-Encoding") == (asked == "votable_gzip" ? "gzip" : nil))
      let table = try answer.table()
      #expect(table.rowCount == 2)
      #expect(try table.column("name", as: String.self) == ["row <0>", "row <1>"])
    }
  }

  @Test func tapPlusSaysTheFormatTwice() async throws {
    let answer = try await query("QUERY=ROWS 1&FORMAT=csv&format=votable")
    #expect(answer.text == "number,name\n0,row <0>\n")
  }

  @Test func largeResultsAreStreamed() async throws {
    let answer = try await query("LANG=ADQL&QUERY=ROWS 30000&RESPONSEFORMAT=csv")
    guard case .stream = answer.response.body else {
      Issue.record("a large result came in one piece")
      return
    }
    let lines = answer.text.split(separator: "\n")
    #expect(lines.count == 30_001)
    #expect(lines.last == "29999,row <29999>")
  }

  @Test func aReaderWhoGoesAwayStopsTheQuery() async throws {
    let request = ServerRequest(method: "GET", target: "/tap/sync?QUERY=ROWS+100000000&MAXREC=50000000&FORMAT=csv")
    let response = await tap.routes.respond(to: request)!.settled()
    guard case .stream(let produce) = response.body else {
      Issue.record("no stream")
      return
    }
    struct Gone: Error {}
    await #expect(throws: Gone.self) { try await produce { _ in throw Gone() } }
    await tap.until { $0 == 0 }
  }

  @Test func readersWhoDoNotReadHoldUpNobody() async throws {
    // More readers than there are threads begin large results and do not go on.
    var idle: [ServerResponse] = []
    for _ in 0..<12 {
      let request = ServerRequest(method: "GET", target: "/tap/sync?QUERY=ROWS+20000&FORMAT=csv")
      idle.append(await tap.routes.respond(to: request)!.settled())
    }
    #expect(try await query("QUERY=ROWS 3").table().rowCount == 3)
    await tap.until { $0 == 0 }
    #expect(try await bytes(of: idle[11]).count > 300_000)
  }

  @Test func aFullServiceSaysSo() async throws {
    let tap = try MadeUpService {
      $0.syncWidth = 1
      $0.syncLine = 0
    }
    let stop = Task { try await tap.get("/tap/sync?QUERY=WAIT") }
    await tap.until { $0 > 0 }
    let refused = try await tap.get("/tap/sync?QUERY=ROWS+1")
    #expect(refused.status == 503)
    #expect(refused.response.header("Retry-After") != nil)
    stop.cancel()
    _ = await stop.result
    await tap.until { $0 == 0 }
    #expect(try await tap.get("/tap/sync?QUERY=ROWS+1").status == 200)
  }
}

extension String {
  fileprivate func components(_ word: String) -> Int { ranges(of: word).count }
}
