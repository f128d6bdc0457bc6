import Foundation
import Holdings
import TableIO
import TestSupport
import Testing

@testable import SampleData

/// The archive commands as processes.
@Suite struct ArchiveCommandTests {
  private let rows = """
    filename,instrume,program,observtn,productLevel,exp_type,detector,fileSize,checksum,ArchiveFileID,dataURI,expstart
    jw09000001001_02101_00001_nrca1_rate.fits,NIRCAM,9000,1,2a,NRC_IMAGE,NRCA1,4096,00000000000000000000000000000001,1,mast:JWST/product/jw09000001001_02101_00001_nrca1_rate.fits,60000.5
    not a name.fits,NIRCAM,9000,1,2a,NRC_IMAGE,NRCA1,4096,,2,,60000.5
    """

  private func imported(into folder: ScratchFolder) throws -> WebbProcess.Result {
    try folder.write("rows.csv", rows.utf8)
    return try WebbProcess([
      "archive", "import", "--archive", folder.file("archive"), "mast-keywords", folder.file("rows.csv"), "--json",
    ]).run()
  }

  @Test func importTellsBadRowsByTheirLine() throws {
    let folder = try ScratchFolder()
    let result = try imported(into: folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("rows.csv:3"))
    let json = try JSONValue(parsing: result.output)
    #expect(json["new"] == .integer(1))
    #expect(json["skipped"] == .integer(1))
    #expect(json["issues"]?.arrayValue?.first?["line"] == .integer(3))
  }

  @Test func filesOnDiskAreAddedAndAnswerQueries() throws {
    let folder = try ScratchFolder()
    let sample = try SampleRevisions()
    let file = try #require(
      SampleRevisions.wanted(sample.first).values.filter { $0.name.hasSuffix("_uncal.fits") }.min { $0.name < $1.name })
    let row = try #require(sample.first.observations.first { file.name.hasPrefix($0.obs_id ?? "-") })
    try folder.write("broken_cal.fits", "SIMPLE".utf8)
    let result = try WebbProcess([
      "archive", "add", "--archive", folder.file("mine"), sample.firstPath + "/files/" + file.relativePath,
      folder.file("broken_cal.fits"), folder.file("none.fits"), "--json",
    ]).run()
    #expect(result.status == 1)
    #expect(result.errors.contains("broken_cal.fits") && result.errors.contains("none.fits"))
    let json = try JSONValue(parsing: result.output)
    #expect(json["added"]?.arrayValue?.map { $0["name"]?.stringValue } == [file.name])
    #expect(json["skipped"]?.arrayValue?.count == 2)
    let asked = try WebbProcess([
      "archive", "query", "--archive", folder.file("mine"), "--format", "csv", "-q",
      "SELECT obs_id, calib_level FROM ivoa.obscore",
    ]).run()
    #expect(asked.output == "obs_id,calib_level\n\(row.obs_id ?? ""),1\n", "\(asked.errors)")
  }

  @Test func aMissingFileMakesNoArchive() throws {
    let folder = try ScratchFolder()
    let result = try WebbProcess([
      "archive", "import", "--archive", folder.file("archive"), "mast-keywords", folder.file("none.csv"),
    ]).run()
    #expect(result.status == 2)
    #expect(folder.names.isEmpty)
  }

  @Test func statisticsAndServing() throws {
    let folder = try ScratchFolder()
    _ = try imported(into: folder)
    let stats = try WebbProcess(["archive", "stats", "--archive", folder.file("archive"), "--json"]).run()
    #expect(try JSONValue(parsing: stats.output)["files"] == .integer(1))

    let serving = try WebbProcess(["archive", "serve", "--archive", folder.file("archive")]).start()
    let line = try serving.line(beginning: "Serving ")
    let url = try #require(line.split(separator: " ").last).dropLast()
    let query = try WebbProcess(["mast", "query", "--mast-url", String(url), "--propID", "09000", "--json"]).run()
    let products = try JSONValue(parsing: query.output)["products"]?.arrayValue
    #expect(products?.map { $0["productFilename"]?.stringValue } == ["jw09000001001_02101_00001_nrca1_rate.fits"])
    serving.send(signal: SIGTERM)
    let ended = serving.wait()
    #expect(ended.status == 0)
    #expect(ended.errors.split(separator: "\n").contains { $0.contains("POST /api/v0/invoke 200") })
  }

  @Test func theSampleNeverReplacesWhatIsThere() throws {
    let folder = try ScratchFolder()
    try folder.write("file", "mine".utf8)
    #expect(try WebbProcess(["archive", "sample", folder.file("file"), "--epoch", "2026-07-01"]).run().status == 2)
    #expect(try WebbProcess(["archive", "sample", folder.path, "--epoch", "2026-07-01"]).run().status == 2)
    #expect(folder.holds("file", Array("mine".utf8)))
  }

  @Test(arguments: [
    ["mast", "query", "--propID", "x"], ["mast", "query", "--propID", "1", "-d", "59440", "59430"],
    ["mast", "query", "--propID", "1", "-l", "nan"], ["mast", "query", "--propID", "1", "--sca", "z9"],
    ["archive", "stats"],
    ["mast", "query", "--propID", "1", "--mast-url", "https://user:secret@host/"],
    ["mast", "query", "--propID", "1", "--token", "t", "--mast-url", "http://example.org"],
  ])
  func wrongUseIsExitCodeTwoAndTellsNoSecret(arguments: [String]) throws {
    let result = try WebbProcess(arguments).run()
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!result.errors.contains("secret"))
  }
}
