import Foundation
import TestSupport
import Testing

/// `jwst_query` and `jwst_download` as processes.
@Suite struct DropInCommandTests {
  private let good = ScriptedMAST.File.fits("jw09000001001_02101_00001_nrca1_rate.fits")

  private func process(_ mast: LoopbackServer, _ scratch: ScratchFolder, _ arguments: [String], input: String = "")
    -> WebbProcess
  {
    WebbProcess(
      arguments, environment: ["WEBB_MAST_URL": mast.url, "WEBB_NOW": "2023-02-25T13:00:00"],
      folder: URL(fileURLWithPath: scratch.path), input: input)
  }

  @Test func aDownloadWithoutQuestion() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    let arguments = ["jwst_download", "--propID", "9000", "--yes", "-s", "tab"]
    let first = try process(mast.server, scratch, arguments).run()
    #expect(first.status == 0, "\(first.errors)")
    #expect(scratch.holds("09000/\(good.name)", good.bytes))
    #expect(first.output.contains("\n### Downloaded Selected Products:\n"))
    #expect(scratch.bytes("tab.selprod.txt") != nil && scratch.bytes("tab.obs.txt") != nil)
    let again = try process(mast.server, scratch, arguments + ["-w"]).run()
    #expect(again.status == 0)
    #expect(!again.output.contains("Downloaded"))
    // What is asked for last is come to although nothing was left to download.
    #expect(again.errors.contains("Web page: "))
    #expect(scratch.bytes("09000/index.html") != nil)
    #expect(mast.fileRequests.count == 1)
  }

  @Test func withoutAnswerNothingIsDownloaded() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    let silent = try process(mast.server, scratch, ["jwst_download", "--propID", "9000"]).run()
    #expect(silent.status == 1)
    #expect(silent.errors.contains("--yes"))
    let declined = try process(mast.server, scratch, ["jwst_download", "--propID", "9000"], input: "n\n").run()
    #expect(declined.status == 0)
    #expect(mast.fileRequests.isEmpty)
  }

  @Test func aFailedDownloadIsExitCodeOne() throws {
    let mast = try ScriptedMAST([good]) { _, _, connection in connection.respond(404) }
    let scratch = try ScratchFolder()
    #expect(try process(mast.server, scratch, ["jwst_download", "--propID", "9000", "--yes"]).run().status == 1)
  }

  @Test func anEmptyResultNamesTheLookBack() throws {
    let server = try LoopbackServer { _, connection in
      connection.respond(text: #"{"status":"COMPLETE","msg":"","fields":[],"data":[]}"#)
    }
    let scratch = try ScratchFolder()
    let result = try process(server, scratch, ["jwst_query.py", "--propID", "9000", "-s", "tab"]).run()
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("last day (-l DAYS"))
    #expect(scratch.names.isEmpty)
  }

  @Test func aQueryDownloadsNothing() throws {
    let mast = try ScriptedMAST([good])
    let scratch = try ScratchFolder()
    try scratch.write("my.cfg", "clobber: False\nskipdownload: False\nprop-id: 09000\n".utf8)
    var query = process(mast.server, scratch, ["jwst_query", "-v"])
    query.environment["JWST_QUERY_CFGFILE"] = "my.cfg"
    let result = try query.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(good.name))
    #expect(mast.fileRequests.isEmpty)
  }

  @Test(arguments: [
    (["jwst_download", "-c", "none.cfg"], "none.cfg cannot be read"), (["jwst_query", "-n"], "no option -n"),
    (["jwst_download", "-d", "garbage"], "--date_select: \"garbage\" is not a date"),
  ])
  func wrongUse(arguments: [String], words: String) throws {
    let server = try LoopbackServer { _, connection in connection.respond(500) }
    let scratch = try ScratchFolder()
    let result = try process(server, scratch, arguments).run()
    #expect(result.status == 2)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test func helpIsNoFailure() throws {
    let result = try WebbProcess(["jwst_download", "--help"]).run()
    #expect(result.status == 0)
    #expect(result.output.contains("--webpage_thumbnails_width"))
  }
}
