import Testing

@testable import Pictures

@Suite struct JPEGTests {
  /// A picture whose left half is red and whose right half is blue.
  static func halves(width: Int, height: Int) -> RGBImage {
    var samples: [UInt8] = []
    for _ in 0..<height {
      for column in 0..<width { samples += column < width / 2 ? [200, 20, 20] : [20, 20, 200] }
    }
    return RGBImage(width: width, height: height, samples: samples)
  }

  @Test func roundTrip() throws {
    let image = Self.halves(width: 64, height: 40)
    let back = try JPEG.decode(try JPEG.encode(image, quality: 95))
    #expect((back.width, back.height) == (64, 40))
    let worst = zip(image.samples, back.samples).map { abs(Int($0) - Int($1)) }.sorted()[image.samples.count * 9 / 10]
    #expect(worst < 8)
  }

  @Test(
    arguments: [
      (nil, nil, 800, 400), (100, nil, 100, 50), (101, nil, 200, 100), (nil, 60, 200, 100), (900, nil, 800, 400),
      (100, 90, 200, 100),
    ] as [(Int?, Int?, Int, Int)])
  func readsNoMoreThanIsEnough(width: Int?, height: Int?, columns: Int, rows: Int) throws {
    let bytes = try JPEG.encode(Self.halves(width: 800, height: 400))
    let image = try JPEG.decode(bytes, enoughWidth: width, enoughHeight: height)
    #expect((image.width, image.height) == (columns, rows))
    #expect(image.samples.count == columns * rows * 3)
  }

  @Test(
    arguments: [
      [], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xD9], Array("<!DOCTYPE html>".utf8),
      [UInt8](repeating: 0xFF, count: 5000), [UInt8](repeating: 0, count: 5000),
    ] as [[UInt8]])
  func whatIsNoPictureIsRefused(bytes: [UInt8]) {
    #expect(throws: PicturesError.self) { try JPEG.decode(bytes) }
  }

  /// A header that promises more than the machine holds must not make it take the memory.
  @Test func tooManyPixelsAreRefused() throws {
    var bytes = try JPEG.encode(Self.halves(width: 16, height: 16))
    let frame = try #require(bytes.indices.dropLast(8).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xDC, 0xFF, 0xDC])
    #expect(throws: PicturesError.self) { try JPEG.decode(bytes) }
    do { _ = try JPEG.decode(bytes) } catch { #expect(error.message.contains("65500 x 65500")) }
  }

  /// Cut and damaged pictures are read as far as they go, or refused; neither ends the process.
  @Test func damageIsSurvived() throws {
    let bytes = try JPEG.encode(Self.halves(width: 120, height: 90))
    for length in stride(from: 0, to: bytes.count, by: 7) {
      if let image = try? JPEG.decode(Array(bytes.prefix(length))) { #expect(image.samples.count == 120 * 90 * 3) }
    }
    var seed: UInt64 = 42
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0..<4 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int((seed >> 33) % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: seed >> 25)
      }
      if let image = try? JPEG.decode(damaged) {
        #expect(image.samples.count == image.width * image.height * 3)
      }
    }
  }

  @Test func greyBecomesColour() throws {
    let image = RGBImage(width: 20, height: 10, samples: [UInt8](repeating: 90, count: 600))
    let small = image.resized(width: 10, height: 5)
    #expect((small.width, small.height) == (10, 5))
    #expect(small.samples.allSatisfy { $0 == 90 })
  }

  @Test(arguments: [(7, 3), (1, 1), (200, 90), (13, 40)])
  func resizingKeepsTheMean(width: Int, height: Int) {
    let small = Self.halves(width: 60, height: 24).resized(width: width, height: height)
    #expect(small.samples.count == width * height * 3)
    let red = stride(from: 0, to: small.samples.count, by: 3).reduce(0) { $0 + Int(small.samples[$1]) }
    #expect(abs(Double(red) / Double(width * height) - 110) < 2)
  }
}
