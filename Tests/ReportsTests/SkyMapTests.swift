import SkyGeometry
import Testing

@testable import Reports

@Suite struct SkyMapTests {
  private func map(_ regions: [String?]) -> SkyMap {
    SkyMap(
      files: regions.enumerated().map { index, region in
        var file = Samples.file("jw0\(index)_uncal.fits", obsnum: index)
        file.region = region
        return file
      })
  }

  /// The corners of all polygons in a picture.
  private func corners(_ svg: HTML) -> [[(x: Double, y: Double)]] {
    svg.text.matches(of: /<polygon class="footprint[^"]*" points="([^"]*)"/).map { match in
      match.1.split(separator: " ").map { pair in
        let numbers = pair.split(separator: ",").compactMap { Double($0) }
        return (numbers[0], numbers[1])
      }
    }
  }

  private func square(_ ra: Double, _ dec: Double, _ size: Double) -> String {
    let centre = TangentPlane(center: SkyPosition(ra: ra, dec: dec))
    let half = size / 2
    let corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
      .map { centre.position(east: $0.0, north: $0.1) }
    return "POLYGON ICRS " + corners.map { "\($0.ra) \($0.dec)" }.joined(separator: " ")
  }

  @Test(arguments: [[], [nil], ["", "nonsense", "POLYGON 1 2", "CIRCLE 1 2 NaN"]] as [[String?]])
  func withoutFootprintsThereIsNoMap(regions: [String?]) {
    #expect(map(regions).svg == nil)
  }

  /// A square is a square wherever on the sky it lies: across 0h, and around a pole.
  @Test(arguments: [(80.0, -69.5), (0.001, 10), (359.999, -45), (0, 0), (0, 90), (123, -90), (200, 89.99)])
  func squareIsASquare(ra: Double, dec: Double) throws {
    let svg = try #require(map([square(ra, dec, 0.04)]).svg)
    let square = try #require(corners(svg).first)
    #expect(square.count == 4)
    let sides = (0..<4).map { index in
      let (a, b) = (square[index], square[(index + 1) % 4])
      return ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
    #expect(sides.allSatisfy { abs($0 - 340) < 3 }, "\(sides)")
    #expect(square.allSatisfy { (0...640).contains($0.x) && (0...420).contains($0.y) })
  }

  @Test func eastIsLeftAndNorthIsUp() throws {
    let svg = try #require(map([square(80, 0, 0.02), square(80.1, 0, 0.02), square(80, 0.05, 0.02)]).svg)
    let places = corners(svg).map { $0[0] }
    #expect(places[1].x < places[0].x - 50)
    #expect(places[2].y < places[0].y - 50)
  }

  /// Fields on both sides of 0h are neighbours.
  @Test func acrossTheZeroOfRightAscension() throws {
    let svg = try #require(map([square(359.95, 5, 0.02), square(0.05, 5, 0.02)]).svg)
    let places = corners(svg).map { $0[0] }
    #expect(places[1].x < places[0].x)
    #expect(!svg.text.contains("class=\"grid\""))
    #expect(svg.text.contains("5.0° ICRS"))
  }

  /// Fields all over the sky get a map of all of it, on which each is a dot.
  @Test func wideProgrammesGetTheWholeSky() throws {
    let wide = map([square(10, 0, 0.04), square(190, 0, 0.04), square(80, -69, 0.04), square(270, 66, 0.04)])
    let svg = try #require(wide.svg)
    #expect(svg.text.contains("class=\"grid\""))
    let dots = svg.text.matches(of: /<circle class="footprint c(\d)" cx="([0-9.]+)" cy="([0-9.]+)" r="4">/)
    #expect(dots.map { String($0.1) } == ["0", "1", "2", "3"])
    let x = dots.compactMap { Double($0.2) }
    let y = dots.compactMap { Double($0.3) }
    #expect(x[0] < 320 && x[1] > 500 && x[2] < 320)
    #expect(y[2] > y[0] && y[3] < y[0])
  }

  /// On the whole sky, a footprint across its edge is a dot at one end of it.
  @Test func acrossTheEdgeOfTheSky() throws {
    let svg = try #require(map([square(180, 0, 8), square(0, 0, 8)]).svg)
    #expect(svg.text.matches(of: /<circle class="footprint/).count == 1)
    #expect(corners(svg).count == 1)
  }

  @Test func circlesAndRepeatedFootprints() throws {
    var files = (0..<5).map { _ in Samples.file("a_uncal.fits") }
    for index in files.indices { files[index].region = "CIRCLE ICRS 10 10 0.01" }
    let svg = try #require(SkyMap(files: files).svg)
    #expect(corners(svg).map(\.count) == [36])
  }

  @Test(arguments: [(0.0, 0.0, 0.0, 0.0), (180, 0, 1, 0), (-180, 0, -1, 0), (0, 90, 0, 0.5), (0, -90, 0, -0.5)])
  func hammer(longitude: Double, latitude: Double, x: Double, y: Double) {
    let place = HammerProjection.project(longitude: longitude, latitude: latitude)
    #expect(abs(place.x - x) < 1e-12 && abs(place.y - y) < 1e-12)
  }
}
