import FoundationEssentials
import TestSupport
import Testing

@testable import TableIO

@Suite struct CSVReaderTests {
  /// All records of a text, header first, joined so that mistakes are easy to see.
  private func records(_ text: String) throws -> [String] {
    let reader = try CSVReader(bytes: Array(text.utf8))
    var rows = [reader.header.joined(separator: "|")]
    while try reader.next() {
      rows.append((0..<reader.fieldCount).map { reader.text(at: $0) }.joined(separator: "|"))
    }
    return rows
  }

  @Test(arguments: [
    ("a,b\n1,2\n", ["a|b", "1|2"]),
    ("a,b\r\n1,2\r\n3,4", ["a|b", "1|2", "3|4"]),
    ("\u{FEFF}a,b\n\n1,\n", ["a|b", "1|"]),
    ("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n", ["a|b", "x, \"y\"|two\nlines"]),
    ("a\n\"ends in CR\r\"\n", ["a", "ends in CR\r"]),
    ("a,b\n5\" pipe,\"\"\n", ["a|b", "5\" pipe|"]),
    ("a,b\nlast,\"quoted\"", ["a|b", "last|quoted"]),
  ])
  func fieldsFollowTheRules(text: String, expected: [String]) throws {
    #expect(try records(text) == expected)
  }

  @Test func everyRecordKnowsTheLineItBeginsOn() throws {
    let reader = try CSVReader(bytes: Array("a,b\n\"1\n\n\",2\n\n3,4,5\n".utf8))
    #expect(try reader.next())
    #expect(reader.line == 2)
    #expect(!reader.isRagged)
    #expect(try reader.next())
    #expect(reader.line == 6)
    #expect(reader.isRagged)
    #expect(try !reader.next())
    #expect(try !reader.next())
  }

  @Test func anOpenQuoteIsAnErrorWithItsLine() throws {
    let reader = try CSVReader(bytes: Array("a\n1\n\"never".utf8))
    #expect(try reader.next())
    let error = #expect(throws: CSVError.self) { try reader.next() }
    #expect(error?.kind == .unterminatedQuote)
    #expect(error?.line == 3)
  }

  @Test func emptySourcesAndMissingFilesAreErrors() throws {
    #expect(throws: CSVError.self) { try CSVReader(bytes: []) }
    let error = #expect(throws: CSVError.self) { try CSVReader(path: "/nowhere/at/all.csv") }
    #expect(error?.kind == .cannotOpen)
  }

  /// Records of many sizes, so that every kind of byte meets the end of the buffer somewhere.
  @Test(arguments: [false, true])
  func filesLargerThanTheBufferReadTheSame(gzip: Bool) throws {
    var text = "name,region\r\n"
    var expected: [String] = []
    for number in 0..<400 {
      let region = String(repeating: "x,\"\n", count: number * 7 % 1900)
      expected.append("\(number)|\(region)")
      text += "\(number),\"\(region.replacing("\"", with: "\"\""))\"\r\n"
    }
    try withTemporaryFile(gzip ? try gzipped(Array(text.utf8)) : Array(text.utf8)) { path in
      let reader = try CSVReader(path: path)
      var rows: [String] = []
      while try reader.next() {
        #expect(!reader.isRagged)
        rows.append(reader.text(at: 0) + "|" + reader.text(at: 1))
      }
      #expect(rows == expected)
      #expect(reader.consumedByteCount == reader.byteCount)
    }
  }

  @Test func oneHugeFieldFitsAndTheLimitHolds() throws {
    let text = "a\n\"" + String(repeating: "POLYGON ", count: 100_000) + "\"\n"
    try withTemporaryFile(Array(text.utf8)) { path in
      let reader = try CSVReader(path: path)
      #expect(try reader.next())
      #expect(reader.withBytes(at: 0) { $0.count } == 800_000)
      let small = try CSVReader(path: path, maximumRecordSize: 1 << 18)
      let error = #expect(throws: CSVError.self) { try small.next() }
      #expect(error?.kind == .recordTooLong)
    }
  }

  @Test func gzipMembersFollowEachOtherAndCutDataAreAnError() throws {
    let first = try gzipped(Array("a,b\n1,2\n".utf8))
    let second = try gzipped(Array("3,4\n".utf8))
    try withTemporaryFile(first + second) { path in
      let reader = try CSVReader(path: path)
      #expect(try reader.next())
      #expect(try reader.next())
      #expect(reader.text(at: 1) == "4")
      #expect(try !reader.next())
    }
    try withTemporaryFile(Array(first.dropLast(9))) { path in
      let error = #expect(throws: CSVError.self) {
        let reader = try CSVReader(path: path)
        while try reader.next() {}
      }
      #expect(error?.kind == .damagedGzip)
    }
  }
}

/// Writes bytes to a file for the duration of a closure.
private func withTemporaryFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "csv-\(UUID().uuidString)")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url.path)
}
