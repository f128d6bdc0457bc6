import Foundation
import Pictures
import TestSupport
import Testing

@testable import Reports

@Suite struct PageFolderTests {
  private let scratch: ScratchFolder
  private var pages: PageFolder { PageFolder(root: scratch.path, date: Samples.date) }

  init() throws {
    scratch = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: scratch.file("01138"), withIntermediateDirectories: true)
  }

  private func selection(_ names: [String]) -> ProgrammeRecord {
    ProgrammeRecord(program: "01138", title: "A title", files: names.map { Samples.file($0) })
  }

  private func page() throws -> String {
    String(decoding: try #require(scratch.bytes("01138/index.html")), as: UTF8.self)
  }

  @Test func selectionsAddUp() throws {
    try scratch.write("01138/a_uncal.fits", Samples.fits().bytes)
    let first = try pages.add(selection(["a_uncal.fits", "a_rate.fits"]))
    #expect(first.problems.isEmpty)
    #expect(first.record.files.map(\.isPresent) == [false, true])
    let second = try pages.add(selection(["b_uncal.fits"]))
    #expect(second.record.files.map(\.name) == ["a_rate.fits", "a_uncal.fits", "b_uncal.fits"])
    let html = try page()
    #expect(html.contains("F200W") && html.contains("a_uncal.fits.TN.jpg") && html.contains("b_uncal.fits"))
  }

  /// What was fetched before there were pages has its place too; what lies about beside it does not.
  @Test func filesThatNoSelectionNamed() throws {
    try scratch.write("01138/c_uncal.fits", Samples.fits().bytes)
    try scratch.write("01138/aTN.jpg", [1])
    var told: [String] = []
    let outcome = try pages.add(selection(["a_uncal.fits"])) { path in
      told.append(path)
      return path.hasSuffix(".fits") ? Samples.file(path) : nil
    }
    #expect(told == ["c_uncal.fits"])
    #expect(outcome.record.files.map(\.name) == ["a_uncal.fits", "c_uncal.fits"])
  }

  @Test(arguments: [
    "", "{", "[]", "{\"program\":\"00001\",\"files\":[]}",
    "{\"program\":\"01138\",\"files\":[{\"name\":\"a\",\"path\":\"../../a\",\"observation\":\"a\",\"keywords\":{}}]}",
  ])
  func aBrokenRecordIsKeptAndTold(text: String) throws {
    _ = try pages.add(selection(["a_uncal.fits"]))
    let before = try page()
    try scratch.write("01138/products.json", text.utf8)
    let error = #expect(throws: ReportsError.self) { try pages.add(selection(["b_uncal.fits"])) }
    #expect(error?.kind == .brokenRecord)
    #expect(error?.description.contains("01138/products.json") ?? false)
    #expect(scratch.holds("01138/products.json", Array(text.utf8)))
    #expect(try page() == before)
    // The page over all programmes still names it.
    let top = try pages.writeTopPage()
    #expect(top.problems.map(\.kind) == [.brokenRecord])
    #expect(String(decoding: try #require(scratch.bytes("index.html")), as: UTF8.self).contains("./01138/index.html"))
  }

  @Test func oneBadFileDoesNotStopThePage() throws {
    try scratch.write("01138/a_uncal.fits", Array("<html>Please log in</html>".utf8))
    try scratch.write("01138/b_rate.jpg", [0xFF, 0xD8, 0xFF, 0])
    try scratch.write("01138/c_uncal.fits", Samples.fits(filter: "F444W").bytes)
    let outcome = try pages.add(selection(["a_uncal.fits", "b_rate.jpg", "c_uncal.fits"]))
    #expect(outcome.problems.map { $0.file.split(separator: "/").last } == ["a_uncal.fits", "b_rate.jpg"])
    #expect(try page().contains("F444W"))
  }

  /// A file that has changed is looked at again, one that has not is not.
  @Test func changedFilesAreReadAgain() throws {
    let fits = scratch.file("01138/a_uncal.fits")
    func write(_ filter: String, date: Double) throws {
      try scratch.write("01138/a_uncal.fits", Samples.fits(filter: filter).bytes)
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: date)], ofItemAtPath: fits)
    }
    try write("F200W", date: 1_000_000)
    #expect(try pages.add(selection(["a_uncal.fits"])).record.files[0].keywords["FILTER"]?.text == "F200W")
    try write("F444W", date: 1_000_000)
    #expect(try pages.add(selection([])).record.files[0].keywords["FILTER"]?.text == "F200W")
    try write("F090W", date: 4_000_000_000)
    let small = scratch.bytes("01138/a_uncal.fits.TN.jpg")
    try scratch.write("01138/a_uncal.fits.TN.jpg", [0])
    #expect(try pages.add(selection([])).record.files[0].keywords["FILTER"]?.text == "F090W")
    #expect(scratch.bytes("01138/a_uncal.fits.TN.jpg") == small)
  }

  @Test func thumbnailsAsAskedFor() throws {
    try scratch.write("01138/a_uncal.fits", Samples.fits().bytes)
    let picture = RGBImage(width: 60, height: 40, samples: [UInt8](repeating: 99, count: 7200))
    try scratch.write("01138/b_rate.jpg", JPEG.encode(picture))
    var pages = pages
    pages.options.makesThumbnails = false
    _ = try pages.add(selection(["a_uncal.fits", "b_rate.jpg"]))
    #expect(!scratch.names.contains { $0.hasSuffix("TN.jpg") })
    #expect(try page().contains("src=\"./b_rate.jpg\""))
    pages.options.makesThumbnails = true
    _ = try pages.add(selection([]))
    #expect(try page().contains("src=\"./b_rateTN.jpg\""))
    #expect(try JPEG.decode(try #require(scratch.bytes("01138/b_rateTN.jpg"))).width == 120)
    pages.options.thumbnailWidth = 40
    _ = try pages.add(selection([]))
    #expect(try JPEG.decode(try #require(scratch.bytes("01138/b_rateTN.jpg"))).width == 120)
    pages.options.overwritesThumbnails = true
    _ = try pages.add(selection([]))
    #expect(try JPEG.decode(try #require(scratch.bytes("01138/b_rateTN.jpg"))).width == 40)
  }

  /// A picture of an observation goes before one made from its data, also where only the data are of this selection.
  @Test func dataWithoutAPictureGetOne() throws {
    let picture = RGBImage(width: 60, height: 40, samples: [UInt8](repeating: 99, count: 7200))
    try scratch.write("01138/a_rate.jpg", JPEG.encode(picture))
    try scratch.write("01138/a_rate.fits", Samples.fits().bytes)
    try scratch.write("01138/b_rate.fits", Samples.fits().bytes)
    let record = try pages.add(selection(["a_rate.fits", "a_rate.jpg", "b_rate.fits"])).record
    #expect(record.files.map(\.thumbnail) == [nil, "a_rateTN.jpg", "b_rate.fits.TN.jpg"])
  }

  @Test(arguments: ["1138", "../11", "0113a", "０１１３８", ""])
  func numbersOfProgrammes(program: String) {
    #expect(throws: ReportsError.self) { try pages.add(ProgrammeRecord(program: program)) }
  }

  @Test func anInterruptedRoundStillMakesThePage() throws {
    try scratch.write("01138/a_uncal.fits", Samples.fits().bytes)
    try scratch.write("01138/b_uncal.fits", Samples.fits().bytes)
    var told: [Int] = []
    let record = try pages.add(
      selection(["a_uncal.fits", "b_uncal.fits"]),
      progress: { done, total in
        told.append(done)
        return total != 2
      }
    ).record
    #expect(told == [1])
    #expect(record.files.map { $0.thumbnail != nil } == [true, false])
    #expect(try page().contains("b_uncal.fits"))
  }

  @Test func twoAtOnceLoseNothing() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { _ = try pages.add(selection(["a\(number)_uncal.fits"])) }
      }
      try await group.waitForAll()
    }
    #expect(try pages.add(selection([])).record.files.count == 8)
    #expect(!scratch.names.contains { $0.contains("unfinished") })
  }
}
