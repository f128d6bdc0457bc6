import TestSupport
import Testing

@testable import webb

/// `webb archive query` as a process.
@Suite struct ArchiveQueryTests {
  private func archive(in folder: ScratchFolder) throws -> String {
    let rows = """
      filename,instrume,program,observtn,productLevel,exp_type,detector,fileSize,checksum,ArchiveFileID,dataURI,expstart
      jw09000001001_02101_00001_nrca1_rate.fits,NIRCAM,9000,1,2a,NRC_IMAGE,NRCA1,4096,00000000000000000000000000000001,1,mast:JWST/product/jw09000001001_02101_00001_nrca1_rate.fits,60000.5
      """
    try folder.write("rows.csv", rows.utf8)
    let path = folder.file("archive")
    _ = try WebbProcess(["archive", "import", "--archive", path, "mast-keywords", folder.file("rows.csv")]).run()
    return path
  }

  private func query(_ path: String, _ arguments: [String]) throws -> WebbProcess.Result {
    try WebbProcess(["archive", "query", "--archive", path] + arguments).run()
  }

  @Test("Rows come in any format, to standard output or a file") func formats() throws {
    let folder = try ScratchFolder()
    let path = try archive(in: folder)
    let adql = "SELECT instrument_name, proposal_id FROM jwst.main"
    let csv = try query(path, [adql, "--format", "csv"])
    #expect(csv.status == 0)
    #expect(csv.output.hasPrefix("instrument_name,proposal_id\nNIRCAM"))
    #expect(csv.output.split(separator: "\n").count == 2)
    #expect(try query(path, [adql, "--output", folder.file("rows.vot")]).status == 0)
    #expect(folder.bytes("rows.vot")?.isEmpty == false)
    let json = try query(path, [adql, "--json"])
    #expect(json.output.contains("\"proposal_id\""))
  }

  @Test("A mistake is shown under the query") func mistake() throws {
    let folder = try ScratchFolder()
    let path = try archive(in: folder)
    let result = try query(path, ["SELECT instrument_nam\nFROM jwst.main"])
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    let lines = result.errors.split(separator: "\n").map(String.init)
    #expect(result.errors.contains("Line 1, column 8"))
    #expect(result.errors.contains("instrument_name"))
    #expect(lines.contains("  SELECT instrument_nam"))
    #expect(lines.contains("         ^"))
  }

  @Test("A cut is told, an upload is seen, a time limit ends") func limits() throws {
    let folder = try ScratchFolder()
    let path = try archive(in: folder)
    try folder.write("mine.csv", ("a\n" + (1...500).map { "\($0)\n" }.joined()).utf8)
    let upload = ["--upload", "mine=" + folder.file("mine.csv")]
    let cut = try query(
      path, ["SELECT a FROM tap_upload.mine ORDER BY a", "--max-rows", "2", "--format", "csv"] + upload)
    #expect(cut.output == "a\n1\n2\n")
    #expect(cut.errors.contains("first 2 rows"))
    let endless = "SELECT COUNT(*) AS n FROM tap_upload.mine a, tap_upload.mine b, tap_upload.mine c, tap_upload.mine d"
    let result = try query(path, [endless, "--time-limit", "0.2"] + upload)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("longer than it may"))
  }

  @Test("EXPLAIN names the spatial index") func explain() throws {
    let folder = try ScratchFolder()
    let path = try archive(in: folder)
    let result = try query(
      path, ["--explain", "SELECT obs_id FROM ivoa.obscore WHERE DISTANCE(s_ra, s_dec, 10, 20) < 0.1"])
    #expect(result.status == 0)
    #expect(result.output.contains("Spatial index: planes_position"))
  }
}
