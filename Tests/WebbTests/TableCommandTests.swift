import Foundation
import TestSupport
import Testing

/// `webb table` as a process.
@Suite struct TableCommandTests {
  private let csv = "name,ra,dec,id\nM 16,274.7,-13.807,9007199254740993\n\"a \"\"b\"\", c\",0.1,1e-07,\n"

  @Test(arguments: ["votable", "votable-binary2", "votable-binary", "fits", "ecsv", "tsv", "json", "jsonl"])
  func everyFormatHoldsAndReturnsTheValues(format: String) throws {
    let folder = try ScratchFolder()
    try folder.write("in.csv", csv.utf8)
    let there = try WebbProcess([
      "table", "convert", folder.file("in.csv"), folder.file("t.gz"), "--to", format, "--quiet",
    ]).run()
    #expect(there.status == 0, "\(there.errors)")
    let back = try WebbProcess(["table", "convert", folder.file("t.gz"), "--from", format, "--to", "csv", "--quiet"])
      .run()
    #expect(back.output == csv)
  }

  @Test func columnsAndRowsAreChosen() throws {
    let result = try WebbProcess(
      ["table", "convert", "-", "--to", "csv", "--columns", "dec", "name", "--head", "1"], input: csv
    ).run()
    #expect(result.output == "dec,name\n-13.807,M 16\n")
  }

  @Test func aBrokenTableLeavesNoOutputAndNamesTheLine() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "in.vot",
      "<VOTABLE><RESOURCE><TABLE><FIELD name='a' datatype='int'/><DATA><TABLEDATA>\n<TR><TD>1</TD></TR>\n<TR><TD>".utf8)
    let result = try WebbProcess(["table", "convert", folder.file("in.vot"), folder.file("out.csv")]).run()
    #expect(result.status == 1)
    #expect(folder.names == ["in.vot"])
    let report = try WebbProcess(["table", "validate", folder.file("in.vot")]).run()
    #expect(report.status == 1)
    #expect(report.output.contains(":3:"))
  }

  @Test func showTellsColumnsAndRows() throws {
    let result = try WebbProcess(["table", "show", "-"], input: csv).run()
    #expect(result.status == 0)
    #expect(result.output.contains("ra: double"))
    #expect(result.output.contains("M 16"))
  }
}
