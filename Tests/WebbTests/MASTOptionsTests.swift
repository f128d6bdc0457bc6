import Foundation
import TestSupport
import Testing

/// Options of `webb mast` as a process: the public bucket, exclusive files, layouts, dry runs, saved tables.
@Suite struct MASTOptionsTests {
  /// MD5 of the bytes of `ScriptedMAST.File.fits` with the usual length.
  private static let name = "jw09000001001_02101_00001_nrca1_rate.fits"
  private static let sum = "2d3143824897d2497c44dbb8ea354189"

  @Test func publicFilesComeFromTheBucketAndTheTokenStaysAway() throws {
    let file = ScriptedMAST.File.fits(Self.name, checksum: Self.sum)
    let mast = try ScriptedMAST([file])
    let bucket = try LoopbackServer { $1.respond(200, ["ETag": "\"1\""], body: file.bytes) }
    let scratch = try ScratchFolder()
    let run = bucketRun(mast, bucket, scratch)
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(scratch.holds("09000/" + file.name, file.bytes))
    #expect(bucket.requests.map(\.path) == ["/jwst/public/jw09000/jw09000001001/" + file.name])
    #expect(mast.fileRequests.filter { $0.path.hasSuffix("/file") }.isEmpty)
    #expect(mast.server.requests.contains { $0[header: "Authorization"] == "token t0p-s3cret-token" })
    #expect(!"\(bucket.requests)".contains("t0p-s3cret"))
    #expect(!(result.output + result.errors).contains("t0p-s3cret"))
    #expect(result.errors.contains("1 of them verified by MD5"))
  }

  @Test(arguments: [404, 200])
  func whatTheBucketDoesNotHaveComesFromMAST(status: Int) throws {
    let file = ScriptedMAST.File.fits(Self.name, checksum: Self.sum)
    let old = ScriptedMAST.File.fits(Self.name, count: 5759).bytes + [0]
    let mast = try ScriptedMAST([file])
    let bucket = try LoopbackServer { request, connection in
      if status == 200 { connection.respond(200, [:], body: old) } else { connection.respond(status) }
    }
    let scratch = try ScratchFolder()
    let result = try bucketRun(mast, bucket, scratch).run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(scratch.holds("09000/" + file.name, file.bytes))
    #expect(bucket.requests.count == 1)
  }

  @Test func otherArchivesAreNotLookedForInTheBucket() throws {
    let file = ScriptedMAST.File.fits(Self.name, checksum: Self.sum)
    let mast = try ScriptedMAST([file])
    let bucket = try LoopbackServer { $1.respond(404) }
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.path, ["--s3-url", bucket.url]).run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(bucket.requests.isEmpty)
  }

  @Test func exclusiveFilesAreToldApartBeforehand() throws {
    var file = ScriptedMAST.File.fits(Self.name)
    file.rights = "EXCLUSIVE_ACCESS"
    let open = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    let mast = try ScriptedMAST([file, open], released: 61_000) { _, _, connection in connection.respond(403) }
    let scratch = try ScratchFolder()
    var run = mast.download(into: scratch.path, ["--now", "2025-01-01"])
    let result = try run.run()
    #expect(result.status == 1)
    #expect(result.errors.contains("1 files are exclusive until 2025-11-21"), "\(result.errors)")
    #expect(result.output.contains("exclusive"))
    #expect(mast.fileRequests.count == 1, "the exclusive one is not asked for")
    // With a token the archive decides.
    run.environment["MAST_API_TOKEN"] = "t0p-s3cret-token"
    #expect(try run.run().errors.contains("your token decides"))
    #expect(mast.fileRequests.filter { $0.path.hasSuffix("/file") }.count == 3)
    // What has been released is public, whatever the catalogue says.
    run.environment["MAST_API_TOKEN"] = nil
    run.arguments[run.arguments.count - 1] = "2025-12-01"
    #expect(try !run.run().errors.contains("exclusive until"))
  }

  @Test func aDryRunFetchesNothingAndTellsTheSum() throws {
    let files = [ScriptedMAST.File.fits(Self.name), .fits("jw09000001001_02101_00001_nrca1_cal.fits")]
    let mast = try ScriptedMAST(files)
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.path, ["--dry-run"]).run()
    #expect(result.status == 0)
    #expect(result.errors.contains("Would download: 2 files, 11.5 kB"), "\(result.errors)")
    #expect(mast.fileRequests.isEmpty)
    #expect(scratch.names.isEmpty)
  }

  @Test func filesGoWhereTheLayoutSays() throws {
    let mast = try ScriptedMAST([.fits(Self.name)])
    let scratch = try ScratchFolder()
    let result = try mast.download(
      into: scratch.path, ["--layout", "{program}/{obsnum}/{detector}/{file}", "--savetables", "t/run"]
    ).run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(scratch.bytes("09000/001/nrca1/" + Self.name) != nil)
    let table = String(decoding: scratch.bytes("t/run.selprod.txt") ?? [], as: UTF8.self)
    #expect(table.contains("downloaded") && !table.hasSuffix("\n"))
    #expect(scratch.bytes("t/run.obs.txt") != nil && scratch.bytes("t/run.summary.txt") != nil)
  }

  @Test(arguments: [
    ["--level", "5"], ["--product-type", "pretty"], ["--rights", "mine"], ["--detector", "nrcz"],
    ["--region", "BOX 1"],
    ["--radius", "1deg"], ["--target", "M16", "--radius", "lots"], ["--target", "M16", "--region", "CIRCLE 1 1 1"],
    ["--layout", "../{file}"], ["--filetypes", "/(/"], ["--obsid_select", "5", "3"], ["--Nobs_per_batch", "0"],
  ])
  func whatCannotBeIsWrongUsage(arguments: [String]) throws {
    let result = try WebbProcess(["mast", "query", "--mast-url", "http://127.0.0.1:9", "--propID", "1"] + arguments)
      .run()
    #expect(result.status == 2, "\(arguments): \(result.errors)")
  }

  private func bucketRun(_ mast: ScriptedMAST, _ bucket: LoopbackServer, _ scratch: ScratchFolder) -> WebbProcess {
    var run = mast.download(into: scratch.path, ["--source", "s3", "--s3-url", bucket.url, "-vvv"])
    run.environment["MAST_API_TOKEN"] = "t0p-s3cret-token"
    return run
  }
}
