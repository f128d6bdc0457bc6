import ArgumentParser
import Foundation
import TableIO
import TestSupport
import Testing

@testable import webb

/// `--format` and `--output`, and the tables that `webb mast query` writes with them.
@Suite struct TableOutputTests {
  private func format(_ arguments: [String], isTerminal: Bool) throws -> TableFormat {
    try TableOutputOptions.parse(arguments).tableFormat(isTerminal: isTerminal)
  }

  @Test func theFormatIsAskedForOrToldByTheNameOrThePlace() throws {
    #expect(try format([], isTerminal: true) == .text)
    #expect(try format([], isTerminal: false) == .votable)
    #expect(try format(["--format", "csv"], isTerminal: true) == .csv)
    #expect(try format(["--output", "a.csv.gz"], isTerminal: true) == .csv)
    #expect(try format(["--output", "a.fits"], isTerminal: true) == .fits)
    #expect(try format(["--output", "a.dat", "--format", "ecsv"], isTerminal: true) == .ecsv)
    #expect(try format(["--format", "fits"], isTerminal: false) == .fits)
  }

  @Test func whatCannotBeMeantIsRefused() throws {
    let terminal = #expect(throws: Failure.self) { try format(["--format", "fits"], isTerminal: true) }
    #expect(terminal?.code == 2)
    let name = #expect(throws: Failure.self) { try format(["--output", "a.dat"], isTerminal: false) }
    #expect(name?.code == 2)
    #expect(throws: (any Error).self) { try format(["--format", "xls"], isTerminal: false) }
  }

  private func query(_ arguments: [String]) throws -> WebbProcess.Result {
    let mast = try ScriptedMAST([.fits("jw09000001001_02101_00001_nrca1_rate.fits")])
    return try WebbProcess(["mast", "query", "--mast-url", mast.server.url, "--propID", "9000", "--quiet"] + arguments)
      .run()
  }

  private func table(_ text: String, _ format: TableFormat = .votable) throws -> Table {
    var reader = try format.reader(source: MemoryByteSource(Array(text.utf8)))
    return try Table(reading: &reader)
  }

  @Test func productsGoToAPipeAsVOTableWithTypes() throws {
    let result = try query(["--table", "products"])
    #expect(result.status == 0, "\(result.errors)")
    let table = try table(result.output)
    #expect(table.metadata.name == "products")
    #expect(try table.column("productFilename") == ["jw09000001001_02101_00001_nrca1_rate.fits"])
    #expect(try table.column("size", as: Int.self) == [5760])
    #expect(try table.column("obsID", as: Int.self) == [1])
    #expect(try table.column("obsnum", as: Int.self) == [1])
    #expect(try table.column("filetype") == ["_rate.fits"])
    #expect(table.metadata.columns.first { $0.name == "size" }?.unit == "byte")
  }

  @Test func observationsAndSummaryAreTablesToo() throws {
    let observations = try table(query(["--table", "observations"]).output)
    #expect(try observations.column("t_min", as: Double.self) == [60000.5])
    #expect(observations.metadata.columns.first { $0.name == "t_min" }?.unit == "d")
    #expect(try observations.column("_rate.fits", as: Int.self) == [1])
    let summary = try query(["--table", "summary", "--format", "csv"])
    #expect(summary.output == "proposal_id,obsnum,_rate.fits,date_start\n9000,1,1,2023-02-25T12:00:00.000\n")
  }

  @Test(arguments: ["csv", "tsv", "ecsv", "jsonl", "json", "votable-binary2"])
  func everyFormatCanBeAskedFor(name: String) throws {
    let result = try query(["--format", name])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try table(result.output, TableFormat(rawValue: name)).column("size", as: Int.self) == [5760])
  }

  @Test func aFileGetsTheTableAndStandardOutputNothing() throws {
    let folder = try ScratchFolder()
    let result = try query(["--output", folder.file("products.fits")])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.isEmpty)
    var (format, reader) = try TableFormat.detect(source: FileByteSource(path: folder.file("products.fits")))
    #expect(format == .fits)
    #expect(try Table(reading: &reader).column("calib_level", as: Int.self) == [2])
  }

  @Test func jsonIsNoTable() throws {
    #expect(try query(["--json", "--format", "csv"]).status == 2)
    #expect(try query(["--output", "products.dat"]).status == 2)
  }
}
