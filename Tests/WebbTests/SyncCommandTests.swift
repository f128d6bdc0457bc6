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
    for more in [["--outrootdir", "x"], ["--savetables", "x"], ["--skip_check_filesize"], ["--planned"]] {
      #expect(try WebbProcess(["mast", "sync", mirror] + more).run().status == 2, "\(more)")
    }
  }

  @Test func aQuestionThatMakesNoSenseIsNotRemembered() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    // The whole archive.
    #expect(try sync(mast, scratch.path, ["-l", "0"]).run().status == 2)
    let result = try sync(mast, scratch.path, ["--propID", "9000"]).run()
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func selectionAndLayoutAreRemembered() throws {
    let cal = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    let mast = try ScriptedMAST([good, cal])
    let scratch = try ScratchFolder()
    let given = ["--propID", "9000", "--level", "2b", "--detector", "nrca1", "--layout", "{detector}/{file}"]
    let url = ["--mast-url", mast.server.url]
    #expect(try WebbProcess(["mast", "sync", scratch.path] + url + given).run().status == 0)
    #expect(scratch.holds("nrca1/" + cal.name, cal.bytes))
    try FileManager.default.removeItem(atPath: scratch.file("nrca1/" + cal.name))
    let again = try WebbProcess(["mast", "sync", scratch.path]).run()
    #expect(again.output.contains("mended       nrca1/" + cal.name), "\(again.errors)")
    #expect(mast.fileRequests.allSatisfy { ($0.query).contains("_cal.fits") })
    #expect(mast.fileRequests.count == 2)
  }

  @Test func aKeywordServiceThatFailsIsAProblemAndRemovesNothing() throws {
    let withdrawn = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    let before = try ScriptedMAST([good, withdrawn])
    let scratch = try ScratchFolder()
    #expect(try sync(before, scratch.path, ["--propID", "9000"]).run().status == 0)
    let after = try ScriptedMAST([good], refusesKeywords: true)
    let result = try sync(after, scratch.path, ["--delete-gone", "--json"]).run()
    #expect(result.status == 1)
    let report = try JSONValue(parsing: result.output)
    #expect(report["problems"]?.arrayValue?.count == 1)
    #expect(report["counts"]?["present"] == .integer(1))
    #expect(report["changes"]?.arrayValue?.isEmpty == true)
    #expect(scratch.holds("09000/" + withdrawn.name, withdrawn.bytes))
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
    let mast = try ScriptedMAST([closed, good], released: 90_000)
    let result = try sync(mast, scratch.file("a"), ["--propID", "9000"]).run()
    #expect(result.status == 0)
    #expect(result.output.contains("withheld     1 file, exclusive until 2105-04-16"))
    #expect(mast.fileRequests.count == 1)
    let lonely = try ScriptedMAST([closed], released: 90_000)
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

  @Test func everyQuestionIsRemembered() throws {
    let given = [
      "--propID", "2731", "2732", "--obsnums", "1", "2", "--instrument", "nircam", "--obsmode", "image",
      "--date_select", "59000+", "--target", "M 16", "--radius", "0.001'", "--filetypes", "cal", "/_i2d/",
      "--calib_levels", "2", "--level", "2b", "--product-type", "science", "--sca", "a1", "--detector", "nrca2",
      "--filter", "F2*", "--rights", "public", "--guidestars", "--guidestar_data_only", "--obsid_select", "5+",
      "--obsid_list", "7", "8",
    ]
    let words = try SyncQuestion.parse(given).words
    #expect(
      words.flatMap { $0.split(separator: "=").map(String.init) }.filter { !$0.hasPrefix("--") }
        == given.filter { !$0.hasPrefix("--") })
    #expect(try SyncQuestion.parse(words).words == words)
    #expect(try SyncQuestion.parse(["-l", "-3"]).words == ["--lookbacktime=-3.0"])
    #expect(try SyncQuestion.parse(["--region", "CIRCLE 1 -2 3"]).words == ["--region=CIRCLE 1 -2 3"])
    #expect(try SyncQuestion.parse([]).words == [])
    // An option that is added to the question must be added to the words.
    let remembered = Set(words.map { "\($0.prefix { $0 != "=" })" }).union(["--lookbacktime", "--region"])
    #expect(Self.options(SyncQuestion.helpMessage()).subtracting(["--help", "--planned"]) == remembered)
  }

  @Test func everyLayoutIsRemembered() throws {
    let given = [
      "--skip_propID2outsubdir", "--obsnum2outsubdir=no", "--propIDs_obsnum2outsubdir=1",
      "--propIDs_obsnum2outsubdir=2",
      "--jpg_separate_subdir=no", "--layout={program}/{file}",
    ]
    #expect(try LayoutOptions.parse(given).words == given)
    let refused: Set = ["--help", "--outrootdir", "--outsubdir", "--savetables", "--skip_check_filesize"]
    #expect(
      Self.options(LayoutOptions.helpMessage()).subtracting(refused)
        == Set(given.map { "\($0.prefix { $0 != "=" })" }))
  }

  private static func options(_ help: String) -> Set<String> {
    Set(help.matches(of: /\n  (?:-[A-Za-z], )?--([A-Za-z][A-Za-z0-9_-]*)/).map { "--" + $0.1 })
  }

  @Test(arguments: [
    (["-l", "3"], ["--date_select=60997.0+"]), (["-l", "70000"], ["--date_select=-9000.0+"]),
    (["-i", "miri"], ["--instrument=miri", "--date_select=60999.0+"]), (["-l", "0"], ["--lookbacktime=0.0"]),
    (["--propID", "2731"], ["--propID=2731"]), (["--propID", "2731", "-l", "0"], ["--propID=2731"]),
    (["--target", "M 16"], ["--target=M 16"]),
    (["--target", "M 16", "-l", "3"], ["--date_select=60997.0+", "--target=M 16"]),
    (["-l", "3", "--level", "3"], ["--date_select=60997.0+", "--level=3"]),
  ])
  func aLookBackIsRememberedFromItsFirstDayOn(given: [String], words: [String]) throws {
    let question = try SyncQuestion.parse(given).anchored(now: ModifiedJulianDate(rawValue: 61_000))
    #expect(question.words == words)
    #expect(try SyncQuestion.parse(words).words == words)
  }

  @Test(arguments: [
    (["--date_select=60990.0+", "--level=3"], true), (["--date_select=60997.0+", "--level=3"], true),
    (["--date_select=60998.0+", "--level=3"], false), (["--date_select=60990.0+"], false),
    (["--date_select=60990.0-", "--level=3"], false), (["--level=3", "--propID=2731"], false),
  ])
  func aLaterLookBackIsNoNewQuestion(known: [String], isCovered: Bool) throws {
    let new = try SyncQuestion.parse(["-l", "3", "--level", "3"]).anchored(now: ModifiedJulianDate(rawValue: 61_000))
    #expect(try SyncQuestion.parse(known).covers(new) == isCovered)
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
