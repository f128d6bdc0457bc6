import Pictures
import TestSupport
import Testing

@testable import Reports

@Suite struct FITSImageFileTests {
  private func file(_ fits: FITSBytes) throws -> (ScratchFolder, FITSImageFile) {
    let folder = try ScratchFolder()
    try folder.write("a.fits", fits.bytes)
    return (folder, try FITSImageFile(path: folder.file("a.fits")))
  }

  /// Of cubes and of cubes of cubes, the first plane counts.
  @Test(arguments: [[6, 4], [6, 4, 3], [6, 4, 2, 2]])
  func firstPlane(axes: [Int]) throws {
    var fits = FITSBytes.empty()
    fits.image(axes, values: (0..<axes.reduce(1, *)).map(Float.init))
    let (folder, image) = try file(fits)
    let plane = try #require(image.plane(side: 100))
    #expect((plane.width, plane.height) == (6, 4))
    #expect(plane.values == (0..<24).map(Float.init))
    _ = folder
  }

  @Test func largeImagesAreThinned() throws {
    var fits = FITSBytes.empty()
    fits.image([100, 50], values: (0..<5000).map { Float($0 % 100) })
    let (folder, image) = try file(fits)
    let plane = try #require(image.plane(side: 20))
    #expect((plane.width, plane.height) == (20, 10))
    #expect(Array(plane.values.prefix(4)) == [0, 5, 10, 15])
    _ = folder
  }

  @Test func notANumberStays() throws {
    var fits = FITSBytes.empty()
    fits.image([4, 4], values: [Float](repeating: .nan, count: 15) + [3])
    let (folder, image) = try file(fits)
    let values = try #require(image.plane(side: 9)?.values)
    #expect(values.last == 3)
    #expect(values.dropLast().allSatisfy { $0.isNaN })
    #expect(try Thumbnail(options: WebPageOptions()).jpeg(of: folder.file("a.fits")) != nil)
  }

  @Test func withoutImageThereIsNone() throws {
    let (folder, empty) = try file(.empty())
    #expect(empty.plane(side: 10) == nil)
    var spectrum = FITSBytes.empty()
    spectrum.table(rows: 5)
    #expect(try file(spectrum).1.plane(side: 10) == nil)
    var line = FITSBytes.empty()
    line.image([50], values: [Float](repeating: 1, count: 50))
    line.image([50, 1], values: [Float](repeating: 1, count: 50))
    line.image([0, 0], values: [])
    #expect(try file(line).1.plane(side: 10) == nil)
    _ = folder
  }

  /// An image behind a table is found; one whose numbers are missing is none.
  @Test func imageBehindATable() throws {
    var fits = FITSBytes.empty()
    fits.table(rows: 3)
    fits.image([2, 2], values: [1, 2, 3, 4])
    let (folder, image) = try file(fits)
    #expect(image.plane(side: 10)?.values == [1, 2, 3, 4])
    var cut = FITSBytes.empty()
    cut.image([30_000, 30_000], values: [1])
    let (other, hostile) = try file(cut)
    #expect(hostile.plane(side: 100) == nil)
    _ = (folder, other)
  }

  @Test func keywords() throws {
    var fits = FITSBytes.empty(cards: [
      "FILTER  = 'F200W   '           / element", "TARGNAME= 'O''Brien <b>'", "TARG_RA =    80.49570000000001 / [deg]",
      "NINTS   =                    1", "BSCALED =                    T", "BLANKS  = '        '",
    ])
    fits.image([2, 2], cards: ["PHOTMJSR= 0.5", "FILTER  = 'OTHER   '"], values: [1, 2, 3, 4])
    let (folder, image) = try file(fits)
    let found = image.keywords([
      "FILTER", "TARGNAME", "TARG_RA", "NINTS", "BSCALED", "PHOTMJSR", "NOKEY", "FIL*", "", "BLANKS",
    ])
    #expect(found["FILTER"]?.text == "F200W")
    #expect(found["TARGNAME"]?.text == "O'Brien <b>")
    #expect(found["TARG_RA"]?.real == 80.49570000000001)
    #expect(found["NINTS"]?.integer == 1)
    #expect(found["BSCALED"]?.logical == true)
    #expect(found["PHOTMJSR"]?.text == "0.5")
    #expect(found["BLANKS"]?.text == nil)
    #expect(Set(found.keys) == ["FILTER", "TARGNAME", "TARG_RA", "NINTS", "BSCALED", "PHOTMJSR", "BLANKS"])
    _ = folder
  }

  @Test(arguments: [[], Array("<html>Please log in</html>".utf8), [UInt8](repeating: 65, count: 8000)] as [[UInt8]])
  func whatIsNoFITSIsRefused(bytes: [UInt8]) throws {
    let folder = try ScratchFolder()
    try folder.write("a.fits", bytes)
    #expect(throws: ReportsError.self) { try FITSImageFile(path: folder.file("a.fits")) }
    // The extended syntax of CFITSIO would run a filter, or read from elsewhere.
    #expect(throws: ReportsError.self) { try FITSImageFile(path: folder.file("a.fits[1]")) }
    #expect(throws: ReportsError.self) { try FITSImageFile(path: "https://127.0.0.1/a.fits") }
  }
}
