import ArgumentParser
import Foundation
import SkyGeometry
import TableIO
import TestSupport
import Testing

@testable import webb

/// `webb mast sync` and `webb mast verify` as processes, against a scripted MAST.
@Suite struct SyncCommandTests {
  private let good = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_rate.fits")

  private func sync(_ mast: ScriptedMAST, _ folder: String, _ more: [String] = []) -> WebbProcess {
    WebbProcess(["mast", "sync", folder, "--mast-url", mast.server.url, "--obsnum2outsubdir", "no"] + more)
  }

  @Test func whatWasAskedIsRemembered() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    let mirror = scratch.file("a/b")
    #expect(try sync(mast, mirror).run().status == 2)
    #expect(try sync(mast, mirror, ["--propID", "9000"]).run().status == 0)
    #expect(scratch.holds("a/b/09000/" + good.name, good.bytes))
    // Neither search, nor archive, nor layout need be told again.
    let again = try WebbProcess(["mast", "sync", mirror]).run()
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("1 as before"))
    #expect(mast.fileRequests.count == 1)
    #expect(try WebbProcess(["mast", "sync", mirror, "--skip_propID2outsubdir"]).run().status == 2)
    #expect(try WebbProcess(["mast", "sync", mirror, "--outrootdir", "x"]).run().status == 2)
  }

  @Test func aDryRunWritesNothing() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    let result = try sync(mast, scratch.file("mirror"), ["--propID", "9000", "--dry-run"]).run()
    #expect(result.status == 0)
    #expect(result.output.contains("To do: 1 new"))
    #expect(scratch.names.isEmpty)
    #expect(mast.fileRequests.isEmpty)
  }

  @Test func anotherDownloadIsTakenOver() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    #expect(try mast.download(into: scratch.path).run().status == 0)
    let result = try sync(mast, scratch.path, ["--propID", "9000"]).run()
    #expect(result.status == 0)
    #expect(result.output.contains("1 taken over"))
    #expect(mast.fileRequests.count == 1)
  }

  @Test func aNameThatLeavesItsFolderFailsAndTheRestComes() throws {
    let mast = try ScriptedMAST([.fits("../../escaped_rate.fits"), good])
    let scratch = try ScratchFolder()
    let result = try sync(mast, scratch.file("a/b"), ["--propID", "9000", "--json"]).run()
    #expect(result.status == 1)
    #expect(try JSONValue(parsing: result.output)["problems"]?.arrayValue?.count == 1)
    #expect(scratch.holds("a/b/09000/" + good.name, good.bytes))
    #expect(scratch.names == ["a"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("a")) == ["b"])
  }

  @Test func oneFailingFileNeverStopsTheRest() throws {
    let missing = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    let mast = try ScriptedMAST([missing, good]) { file, request, connection in
      file.name == missing.name ? connection.respond(404) : ScriptedMAST.whole(file, request, connection)
    }
    let scratch = try ScratchFolder()
    let result = try sync(mast, scratch.path, ["--propID", "9000"]).run()
    #expect(result.status == 1)
    #expect(result.output.contains("failed       09000/" + missing.name))
    #expect(scratch.holds("09000/" + good.name, good.bytes))
  }

  @Test func exclusiveFilesFailOnlyWhenThereIsNothingElse() throws {
    var closed = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    closed.rights = "EXCLUSIVE_ACCESS"
    let scratch = try ScratchFolder()
    let mast = try ScriptedMAST([closed, good])
    let result = try sync(mast, scratch.file("a"), ["--propID", "9000"]).run()
    #expect(result.status == 0)
    #expect(result.output.contains("withheld     1 file, exclusive until"))
    #expect(mast.fileRequests.count == 1)
    let lonely = try ScriptedMAST([closed])
    let alone = try sync(lonely, scratch.file("b"), ["--propID", "9000"]).run()
    #expect(alone.status == 1)
    #expect(alone.output.contains("Not in step"))
    #expect(lonely.fileRequests.isEmpty)
  }

  @Test func verificationNeedsNoNetworkAndFindsDamage() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    #expect(try WebbProcess(["mast", "verify", scratch.path]).run().status == 2)
    #expect(try sync(mast, scratch.path, ["--propID", "9000"]).run().status == 0)
    mast.server.stop()
    #expect(try WebbProcess(["mast", "verify", scratch.path]).run().status == 0)
    try scratch.write("09000/" + good.name, good.bytes.reversed())
    let damaged = try WebbProcess(["mast", "verify", scratch.path]).run()
    #expect(damaged.status == 1)
    #expect(damaged.output.contains("damaged  09000/" + good.name))
    try FileManager.default.removeItem(atPath: scratch.file("09000/" + good.name))
    #expect(try WebbProcess(["mast", "verify", scratch.path]).run().output.contains("missing  09000/"))
    // The archive cannot be asked: that is told, and nothing is touched.
    #expect(try WebbProcess(["mast", "sync", scratch.path, "-q"]).run().status == 1)
  }

  @Test func watchingGoesOnAfterAFailedRound() throws {
    let file = good
    let mast = try ScriptedMAST([good]) { _, request, connection in
      ScriptedMAST.whole(file, request, connection)
    }
    let scratch = try ScratchFolder()
    let running = try sync(mast, scratch.path, ["--propID", "9000", "--watch", "1s"]).start()
    _ = try running.line(beginning: "In step: 1 new")
    _ = try running.line(beginning: "In step: 1 as before")
    #expect(running.errors.contains("The next round is in 1s"))
    try FileManager.default.removeItem(atPath: scratch.file("09000/" + good.name))
    _ = try running.line(beginning: "mended")
    mast.server.stop()
    for _ in 0..<600 where !running.errors.contains("Error:") { Thread.sleep(forTimeInterval: 0.05) }
    #expect(running.isRunning)
    running.send(signal: SIGINT)
    #expect(running.wait().status == 1)
  }

  // MARK: Words

  @Test func everySearchOptionIsRemembered() throws {
    let given = [
      "--propID", "2731", "2732", "--obsnums", "1", "2", "--instrument", "nircam", "--obsmode", "image",
      "--date_select", "59000+", "--filetypes", "cal", "jpg", "--calib_levels", "2", "--sca", "a1", "--guidestars",
    ]
    #expect(try SearchOptions.parse(given).words == given)
    #expect(try SearchOptions.parse(["-l", "3"]).words == ["--lookbacktime=3.0"])
    #expect(try SearchOptions.parse([]).words == [])
    // An option that is added to the search must be added to the words.
    let options = SearchOptions.helpMessage().matches(of: /\n  (?:-[A-Za-z], )?--([A-Za-z][A-Za-z0-9_-]*)/).map {
      "--" + $0.1
    }
    #expect(Set(options).subtracting(["--help"]) == Set(given.filter { $0.hasPrefix("--") } + ["--lookbacktime"]))
  }

  @Test func aLookBackIsRememberedFromItsFirstDayOn() throws {
    let now = ModifiedJulianDate(rawValue: 61_000)
    func words(_ given: [String]) throws -> [String] { try SearchOptions.parse(given).anchored(now: now).words }
    #expect(try words(["-l", "3"]) == ["--date_select", "60997.0+"])
    #expect(try words(["-i", "miri"]) == ["--instrument", "miri", "--date_select", "60999.0+"])
    #expect(try words(["--propID", "2731"]) == ["--propID", "2731"])
    #expect(try words(["--propID", "2731", "-l", "0"]) == ["--propID", "2731"])
  }

  @Test(arguments: [("30s", 30), ("15m", 900), ("6h", 21_600), ("1d", 86_400), ("45", 45)])
  func intervals(text: String, seconds: Int) {
    #expect(WatchInterval(argument: text)?.seconds == seconds)
  }

  @Test(arguments: ["", "h", "0", "-1h", "1.5h", "9999999999999999999d", "9223372036854775807d", "400d", "6 h"])
  func nonsenseIntervals(text: String) {
    #expect(WatchInterval(argument: text) == nil)
  }
}
