import Foundation
import TestSupport
import Testing

/// Web pages as `webb mast` makes them.
@Suite struct WebPageTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func text(_ name: String) -> String { String(decoding: scratch.bytes(name) ?? [], as: UTF8.self) }

  static let raw = "jw09000001001_02101_00001_nrca1_uncal.fits"
  static let rate = "jw09000001001_02101_00001_nrca1_rate.fits"

  @Test func pagesAreMadeWhateverThereIsToDo() throws {
    let mast = try ScriptedMAST([.fits(Self.raw), .fits(Self.rate)])
    // Only listed: the page says what is not there yet.
    let listed = try mast.download(into: scratch.path, ["-w", "-n"]).run()
    #expect(listed.status == 0)
    #expect(text("09000/index.html").contains("not on disk"))
    let first = try mast.download(into: scratch.path, ["--makewebpages"]).run()
    #expect(first.status == 0)
    let page = text("09000/index.html")
    #expect(!page.contains("not on disk"))
    #expect(page.contains("href=\"./\(Self.raw)\""))
    #expect(first.errors.contains("Web page: \(scratch.path)/09000/index.html"))
    // The files hold no FITS beyond their first bytes: told, and no reason to fail.
    #expect(first.errors.contains("no picture or keywords"))
    // Nothing left to download: the page is made all the same.
    try FileManager.default.removeItem(atPath: scratch.file("09000/index.html"))
    let second = try mast.download(into: scratch.path, ["-w"]).run()
    #expect(second.status == 0)
    #expect(second.errors.contains("Nothing to download"))
    #expect(text("09000/index.html") == page.replacing(Self.date(page), with: Self.date(text("09000/index.html"))))
    #expect(text("index.html").contains("./09000/index.html"))
  }

  private static func date(_ page: String) -> String {
    page.firstMatch(of: /Made by webb on [^.]*/).map { String($0.0) } ?? "?"
  }

  /// A later selection of other files takes nothing from the page and the table.
  @Test func laterSelectionsAdd() throws {
    let mast = try ScriptedMAST([.fits(Self.raw), .fits(Self.rate)])
    _ = try mast.download(into: scratch.path, ["-w", "--filetypes", "uncal"]).run()
    let table = text("09000/09000.products.txt")
    #expect(table.contains(Self.raw) && !table.contains(Self.rate))
    let later = try mast.download(into: scratch.path, ["-w", "--filetypes", "rate"]).run()
    #expect(later.status == 0)
    #expect(text("09000/index.html").contains(Self.raw) && text("09000/index.html").contains(Self.rate))
    #expect(text("09000/09000.products.txt") == table)
  }

  /// Files that were there before pages were asked for are found.
  @Test func filesOfEarlierDownloads() throws {
    let mast = try ScriptedMAST([.fits(Self.raw), .fits(Self.rate)])
    _ = try mast.download(into: scratch.path, ["--filetypes", "rate"]).run()
    _ = try mast.download(into: scratch.path, ["-w", "--filetypes", "uncal"]).run()
    #expect(text("09000/index.html").contains("href=\"./\(Self.rate)\""))
  }

  @Test func namesOfTheArchiveAreOnlyText() throws {
    let mast = try ScriptedMAST([.fits(Self.raw)])
    let result = try mast.download(into: scratch.path, ["-w"]).run()
    let page = text("09000/index.html")
    #expect(page.contains("A &lt;b&gt;title&lt;/b&gt;"))
    #expect(page.contains("O&#39;Neil &amp; Co"))
    #expect(page.contains("<polygon class=\"footprint"))
    for shown in [page, text("index.html"), text("09000/09000.products.txt"), result.output, result.errors] {
      #expect(!shown.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test func flatLayoutLinksBesideTheFolder() throws {
    let mast = try ScriptedMAST([.fits(Self.raw)])
    _ = try mast.download(into: scratch.path, ["-w", "--skip_propID2outsubdir"]).run()
    #expect(scratch.names.contains(Self.raw))
    #expect(text("09000/index.html").contains("href=\"./../\(Self.raw)\""))
    #expect(text("09000/09000.products.txt").hasSuffix(" \(scratch.path)/\(Self.raw)"))
  }

  @Test func brokenRecordIsAFailureThatKeepsEverything() throws {
    let mast = try ScriptedMAST([.fits(Self.raw)])
    _ = try mast.download(into: scratch.path, ["-w"]).run()
    let page = text("09000/index.html")
    try scratch.write("09000/products.json", Array("{\"program\":".utf8))
    let result = try mast.download(into: scratch.path, ["-w"]).run()
    #expect(result.status == 1)
    #expect(result.errors.contains("Failed: web page: \(scratch.path)/09000/products.json"))
    #expect(text("09000/index.html") == page)
    #expect(text("09000/products.json") == "{\"program\":")
  }

  @Test func whoDeclinesGetsNoPages() throws {
    let mast = try ScriptedMAST([.fits(Self.raw)])
    var run = mast.download(into: scratch.path, ["-w"])
    run.arguments.removeAll { $0 == "--yes" }
    run.input = "n\n"
    #expect(try run.run().status == 0)
    #expect(scratch.names == [])
  }

  @Test(arguments: [
    (["--webpage_cols4table", "obs_id", "nosuch"], "nosuch"), (["--webpage-sortcols", "nosuch"], "nosuch"),
    (["--webpage_thumbnails_width", "0"], "--webpage_thumbnails_width"),
    (["--webpage_thumbnails_height", "9999"], "--webpage_thumbnails_height"),
  ])
  func optionsThatMakeNoSense(options: [String], word: String) throws {
    let result = try WebbProcess(["mast", "query", "--propID", "1", "-w"] + options).run()
    #expect(result.status == 2)
    #expect(result.errors.contains(word))
  }
}
