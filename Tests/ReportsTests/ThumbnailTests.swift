import Pictures
import TestSupport
import Testing

@testable import Reports

@Suite struct ThumbnailTests {
  private func options(_ width: Int?, _ height: Int?) -> WebPageOptions {
    var options = WebPageOptions()
    options.thumbnailWidth = width
    options.thumbnailHeight = height
    return options
  }

  /// A width gives the height, a height the width, both a box; the shape stays.
  @Test(
    arguments: [
      (2048, 1024, 120, nil, 120, 60), (1024, 2048, 120, nil, 120, 240), (2048, 1024, nil, 30, 60, 30),
      (2048, 1024, 120, 30, 60, 30), (1024, 2048, 100, 100, 50, 100), (60, 30, 120, nil, 120, 60),
      (2048, 64, 120, nil, 120, 4), (10_000, 1, 120, nil, 120, 1), (300, 200, nil, nil, 300, 200),
      // A strip would become a picture of a hundred million pixels.
      (1, 10_000, 120, nil, 1, 1600), (20_000, 10_000, nil, 10_000, 1600, 800),
    ] as [(Int, Int, Int?, Int?, Int, Int)])
  func sizes(width: Int, height: Int, wantedWidth: Int?, wantedHeight: Int?, columns: Int, rows: Int) {
    let size = Thumbnail(options: options(wantedWidth, wantedHeight)).size(of: width, height)
    #expect(size == (columns, rows))
  }

  @Test(arguments: [(120, nil, 120, 80), (nil, 20, 30, 20), (33, 100, 33, 22)] as [(Int?, Int?, Int, Int)])
  func ofJPEGAndFITS(width: Int?, height: Int?, columns: Int, rows: Int) throws {
    let folder = try ScratchFolder()
    let large = RGBImage(width: 600, height: 400, samples: [UInt8](repeating: 99, count: 720_000))
    try folder.write("a_rate.jpg", JPEG.encode(large))
    try folder.write("a_rate.fits", Samples.fits().bytes)
    for name in ["a_rate.jpg", "a_rate.fits"] {
      let bytes = try #require(try Thumbnail(options: options(width, height)).jpeg(of: folder.file(name)))
      let small = try JPEG.decode(bytes)
      #expect((small.width, small.height) == (columns, rows), "\(name)")
    }
  }

  @Test func namesOfThumbnails() {
    #expect(Thumbnail.path(of: "jpg/a_rate.jpg") == "jpg/a_rateTN.jpg")
    #expect(Thumbnail.path(of: "a_rate.fits") == "a_rate.fits.TN.jpg")
  }
}
