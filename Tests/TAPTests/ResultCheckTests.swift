import TableIO
import Testing

@testable import TAP

@Suite struct ResultCheckTests {
  private func check(_ bytes: some Collection<UInt8>) throws -> ResultCheck {
    let spool = SpoolFile(memoryLimit: 100)
    try Array(bytes).withUnsafeBytes { try spool.append($0) }
    return try ResultCheck(spool.contents)
  }

  private let text = Array(
    Documents.votable(rows: [("a TABLE> b", 1), ("b", 2)], after: "<INFO name=\"x\" value=\"y\"/>").utf8)

  @Test func everyCutIsNoticed() throws {
    #expect(try check(text).problem == nil)
    for length in 0..<text.count - 1 {
      let problem = try check(text.prefix(length)).problem
      #expect(problem != nil, "\(length) of \(text.count) bytes")
    }
  }

  @Test func everyCutOfGzipIsNoticed() throws {
    let bytes = try Documents.gzip(String(decoding: text, as: UTF8.self))
    let whole = try check(bytes)
    #expect(whole.problem == nil && whole.isGzip)
    for length in 3..<bytes.count {
      #expect(throws: TableIOError.self, "\(length) of \(bytes.count) bytes") { try check(bytes.prefix(length)) }
    }
  }

  @Test func damageNeverTraps() throws {
    for index in text.indices {
      for value in [UInt8(0), 0x3C] {
        var bytes = text
        bytes[index] = value
        _ = try? check(bytes)
      }
    }
  }

  @Test(arguments: ["<VOTABLE/>", "<?xml version=\"1.0\"?><VOTABLE></VOTABLE>"])
  func aVOTableWithoutATableIsLeftToItsReader(text: String) throws {
    _ = try check(Array(text.utf8))
  }

  @Test func overflowFarBehindLongNotes() throws {
    let notes = String(repeating: "<INFO name=\"n\" value=\"v\"/>", count: 5000)
    let text = Documents.votable(
      rows: [("a", 1)], after: notes + "<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\"/>")
    #expect(try check(Array(text.utf8)).isOverflow)
    #expect(try check(try Documents.gzip(text)).isOverflow)
  }

  @Test func otherFormatsPass() throws {
    for text in ["a,b\n1,2\n", "{\"metadata\":[],\"data\":[]}", "SIMPLE  =                    T"] {
      #expect(try check(Array(text.utf8)).problem == nil)
    }
  }
}
