import Foundation
import TestSupport
import Testing

/// `webb mast download` as a process, against servers that misbehave: no wrong file under a final name, exit code 1.
@Suite struct DownloadFaultTests {
  private let good = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_rate.fits")

  @Test func oneFailingFileNeverStopsTheRest() throws {
    let missing = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_cal.fits")
    let mast = try ScriptedMAST([missing, good]) { file, request, connection in
      file.name == missing.name ? connection.respond(404) : ScriptedMAST.whole(file, request, connection)
    }
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.path).run()
    #expect(result.status == 1)
    #expect(result.errors.contains(missing.name))
    #expect(try names(in: scratch) == [good.name])
    #expect(result.output.contains("ERRORdownload"))
  }

  @Test func aPageInPlaceOfTheFileIsRefused() throws {
    let mast = try ScriptedMAST([good]) { _, _, connection in
      connection.respond(200, ["Content-Type": "text/html"], text: "<html><body>Please log in</body></html>")
    }
    try expectNothing(from: mast)
  }

  @Test func aFileThatIsNotTheCataloguesIsRefused() throws {
    let file = ScriptedMAST.File.fits(good.name, checksum: "00000000000000000000000000000000")
    try expectNothing(from: ScriptedMAST([file]))
  }

  @Test func aShortBodyWithMatchingLengthIsRefused() throws {
    let file = ScriptedMAST.File.fits(good.name, count: 2880, catalogueSize: 5760)
    try expectNothing(from: ScriptedMAST([file]))
  }

  @Test func aNameThatLeavesItsFolderIsRefused() throws {
    let mast = try ScriptedMAST([.fits("../../escaped_rate.fits"), good])
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.file("a/b")).run()
    #expect(result.status == 1)
    #expect(try names(in: scratch) == [good.name])
    #expect(result.errors.contains("slash"))
  }

  @Test func aKilledDownloadIsResumedByTheNextRun() throws {
    try expectResumption(after: SIGKILL)
  }

  @Test func ctrlCLeavesOnlyWhatCanBeResumed() throws {
    try expectResumption(after: SIGINT)
  }

  @Test func aSecondRunFetchesNothing() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    #expect(try mast.download(into: scratch.path).run().status == 0)
    let again = try mast.download(into: scratch.path).run()
    #expect(again.status == 0)
    #expect(again.errors.contains("Nothing to download"))
    #expect(mast.fileRequests.count == 1)
  }

  @Test func withoutAnAnswerNothingIsFetched() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    var run = mast.download(into: scratch.path)
    run.arguments.removeAll { $0 == "--yes" }
    #expect(try run.run().status == 1)
    run.input = "n\n"
    #expect(try run.run().status == 0)
    #expect(mast.fileRequests.isEmpty)
    run.input = "y\n"
    #expect(try run.run().status == 0)
    #expect(try names(in: scratch) == [good.name])
  }

  @Test func ctrlCEndsTheQuestion() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    var run = mast.download(into: scratch.path)
    run.arguments.removeAll { $0 == "--yes" }
    run.keepsInputOpen = true
    let running = try run.start()
    for _ in 0..<600 where !running.errors.contains("Go on?") { Thread.sleep(forTimeInterval: 0.05) }
    running.send(signal: SIGINT)
    #expect(running.wait().status == 1)
    #expect(mast.fileRequests.isEmpty)
  }

  @Test func hostileRowsDoNoHarm() throws {
    var huge = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca2_rate.fits", catalogueSize: .max)
    huge.observation = "jw09000001001_thumb"
    var negative = ScriptedMAST.File.fits(
      "jw09000001001_02101_00001_nrca3_rate.fits", checksum: "no sum at all", catalogueSize: .min)
    negative.observation = "jw\u{9B}31m"
    let mast = try ScriptedMAST([huge, negative, .fits(".bashrc_rate.fits"), .fits("-rf_rate.fits"), good])
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.path).run()
    #expect(result.status == 1)
    #expect(try names(in: scratch) == [good.name, huge.name, negative.name].sorted())
    #expect(!result.output.contains("\u{9B}"))
  }

  private func names(in scratch: ScratchFolder) throws -> [String] {
    let enumerator = FileManager.default.enumerator(atPath: scratch.path)
    var names: [String] = []
    while let path = enumerator?.nextObject() as? String {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: scratch.file(path), isDirectory: &isFolder)
      if !isFolder.boolValue { names.append(String(path.split(separator: "/").last ?? "")) }
    }
    return names.sorted()
  }

  private func expectNothing(from mast: ScriptedMAST, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let scratch = try ScratchFolder()
    let result = try mast.download(into: scratch.path).run()
    #expect(result.status == 1, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try names(in: scratch).isEmpty, sourceLocation: sourceLocation)
  }

  /// Ends a run by a signal in the middle of a file, and lets the next one finish it from there.
  private func expectResumption(after signal: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
    // Large enough for a journal while the transfer goes on.
    let file = ScriptedMAST.File.fits(good.name, count: 8_000_000)
    let sent = 6_000_000
    let mast = try ScriptedMAST([file]) { file, request, connection in
      if request.rangeStart != nil { return ScriptedMAST.whole(file, request, connection) }
      connection.sendHead(200, ["Content-Length": "\(file.bytes.count)", "ETag": "\"1-\(file.bytes.count)\""])
      connection.send(file.bytes[..<sent])
      connection.waitForClient(toLeaveWithin: 30_000)
    }
    let scratch = try ScratchFolder()
    let part = scratch.file("09000/\(file.name).part")
    let running = try mast.download(into: scratch.path).start()
    for _ in 0..<600 where (try? FileManager.default.attributesOfItem(atPath: part)[.size] as? Int) ?? 0 < sent {
      Thread.sleep(forTimeInterval: 0.05)
    }
    running.send(signal: signal)
    let ended = running.wait()
    #expect(
      signal == SIGKILL ? ended.status == -SIGKILL : ended.status == 1, "\(ended.errors)",
      sourceLocation: sourceLocation)
    #expect(try names(in: scratch) == [file.name + ".part", file.name + ".part.json"], sourceLocation: sourceLocation)

    let again = try mast.download(into: scratch.path).run()
    #expect(again.status == 0, "\(again.errors)", sourceLocation: sourceLocation)
    #expect(try names(in: scratch) == [file.name], sourceLocation: sourceLocation)
    #expect(scratch.holds("09000/" + file.name, file.bytes), sourceLocation: sourceLocation)
    #expect(mast.fileRequests.last?.rangeStart == sent, sourceLocation: sourceLocation)
  }
}
