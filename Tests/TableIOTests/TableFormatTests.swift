import TestSupport
import Testing

@testable import TableIO

@Suite struct TableFormatTests {
  @Test(
    arguments: [
      ("a.vot", "votable"), ("dir.csv/a.xml.gz", "votable"), ("A.CSV", "csv"), ("a.tsv", "tsv"), ("a.ecsv", "ecsv"),
      ("a.json", "json"), ("a.jsonl", "jsonl"), ("x.fits.gz", "fits"), ("a.txt", "text"), ("a", nil), ("a.gz", nil),
      ("a.png", nil),
      ("csv", nil),
    ] as [(String, String?)])
  func namesTellTheFormat(name: String, format: String?) {
    #expect(TableFormat(fileName: name)?.rawValue == format)
  }

  @Test(
    arguments: [
      ("<?xml version=\"1.0\"?><VOTABLE/>", "votable"), ("\u{FEFF}\n <VOTABLE>", "votable"), ("SIMPLE  =   T", "fits"),
      ("# %ECSV 1.0\n# ---\n", "ecsv"), ("{\"metadata\": [", "json"), ("{\"status\":\"COMPLETE\",\"data\":[]}", "json"),
      ("{\"a\": 1}\n{\"a\": 2}\n", "jsonl"), ("[{\"a\": 1}]", "jsonl"), ("a,b\n1,2\n", "csv"), ("a\tb,c\n", "tsv"),
      ("word", nil), ("", nil),
    ] as [(String, String?)])
  func contentTellsTheFormat(content: String, format: String?) {
    #expect(TableFormat(content: Array(content.utf8))?.rawValue == format)
  }

  @Test func contentGoesBeforeAWrongName() throws {
    let json = try gzipped(Array("{\"metadata\":[\"a\"],\"data\":[[1]]}".utf8))
    var found = try TableFormat.detect(source: MemoryByteSource(json), fileName: "rows.csv.gz")
    #expect(found.format == .json)
    #expect(try found.reader.nextTable()?.columns.count == 1)
    let single = try TableFormat.detect(source: MemoryByteSource(Array("name\n1\n".utf8)), fileName: "one.csv")
    #expect(single.format == .csv)
    let error = #expect(throws: TableIOError.self) {
      _ = try TableFormat.detect(source: MemoryByteSource(Array("name\n1\n".utf8)), fileName: "one.dat")
    }
    #expect(error?.kind == .unknownFormat)
  }
}
