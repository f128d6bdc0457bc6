import Testing

@testable import Pictures

@Suite struct PictureTests {
  /// Mean brightness of the rows of a picture.
  private func rows(_ image: RGBImage) -> [Double] {
    (0..<image.height).map { row in
      let part = image.samples[(row * image.width * 3)..<((row + 1) * image.width * 3)]
      return part.reduce(0) { $0 + Double($1) } / Double(part.count)
    }
  }

  @Test(arguments: [(400, 100, 80, 20), (30, 60, 40, 80), (1, 50, 1, 50), (3000, 1, 120, 1)])
  func shapeIsKept(width: Int, height: Int, columns: Int, rows: Int) throws {
    let plane = Plane(width: width, height: height)
    let image = try JPEG.decode(try Picture.jpeg(plane, side: max(columns, rows), tint: .ice))
    #expect((image.width, image.height) == (columns, rows))
  }

  /// FITS begins at the bottom: a bright first row is the last of the picture.
  @Test func firstRowIsAtTheBottom() throws {
    var plane = Plane(width: 40, height: 40)
    for index in 0..<(40 * 10) { plane.values[index] = 100 }
    let brightness = rows(try JPEG.decode(try Picture.jpeg(plane, side: 40, tint: .ice)))
    #expect(brightness[35] > 200)
    #expect(brightness[5] < 40)
  }

  /// Without the asinh stretch, the faint source would vanish beside one that is a thousand times brighter.
  @Test func faintSourcesShow() throws {
    var plane = Plane(width: 60, height: 60)
    for index in plane.values.indices { plane.values[index] = Float(index % 7) }
    for row in 10..<13 { for column in 10..<13 { plane.values[row * 60 + column] = 50_000 } }
    for row in 40..<44 { for column in 40..<44 { plane.values[row * 60 + column] = 60 } }
    let image = try JPEG.decode(try Picture.jpeg(plane, side: 60, tint: .ice, quality: 95))
    func green(_ x: Int, _ y: Int) -> Int { Int(image.samples[((59 - y) * 60 + x) * 3 + 1]) }
    #expect(green(11, 11) > 220)
    #expect(green(42, 42) > green(52, 20) + 30)
  }

  @Test func whatIsNoNumberIsBlack() throws {
    for value in [Float.nan, .infinity, -.infinity] {
      let plane = Plane(width: 8, height: 8, values: [Float](repeating: value, count: 64))
      let image = try JPEG.decode(try Picture.jpeg(plane, side: 32, tint: .ice))
      #expect(image.samples.allSatisfy { $0 < 40 })
    }
    var values = (0..<64).map(Float.init)
    values[9] = .nan
    values[10] = .infinity
    _ = try Picture.jpeg(Plane(width: 8, height: 8, values: values), side: 8, tint: .ice)
    // Differences that leave the range of numbers are no trap either.
    values[0] = -.greatestFiniteMagnitude
    values[63] = .greatestFiniteMagnitude
    _ = try Picture.jpeg(Plane(width: 8, height: 8, values: values), side: 16, tint: .ice)
  }
}
