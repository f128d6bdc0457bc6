import SkyGeometry
import Testing

/// Outlines that no hemisphere holds, that go around a pole, or that are degenerate.
@Suite struct LargePolygonTests {
  func polygon(_ corners: [(Double, Double)]) throws -> SkyPolygon {
    try SkyPolygon(vertices: corners.map { SkyPosition(ra: $0.0, dec: $0.1) })
  }

  /// Positions spread evenly over the sphere, none of them at a special place.
  static let places: [SkyPosition] = (0..<2000).map { index in
    let height = (Double(index) + 0.5) / 1000 - 1
    let radius = (1 - height * height).squareRoot()
    let plane = SkyPosition(ra: Double(index) * 137.507_764 + 0.123, dec: 0).vector
    return SkyPosition(UnitVector(x: plane.x * radius, y: plane.y * radius, z: height))
  }

  /// A strip around most of the sky is what its pieces are together.
  @Test(arguments: [false, true], [(10.0, -30.0, 30.0), (-170.0, 5.0, 60.0), (100.0, -80.0, -10.0)])
  func strip(reversed: Bool, strip: (start: Double, low: Double, high: Double)) throws {
    let lons = (0...10).map { strip.start + 32 * Double($0) }
    var corners = lons.map { ($0, strip.low) } + lons.reversed().map { ($0, strip.high) }
    if reversed { corners.reverse() }
    let whole = try polygon(corners)
    let pieces = try zip(lons, lons.dropFirst()).map {
      try polygon([($0, strip.low), ($1, strip.low), ($1, strip.high), ($0, strip.high)])
    }
    var inside = 0
    for place in Self.places {
      let expected = pieces.contains { $0.contains(place) }
      inside += expected ? 1 : 0
      if whole.contains(place) != expected { Issue.record("\(place) should \(expected ? "" : "not ")be inside") }
    }
    #expect(inside > 200)
    #expect(abs(whole.area - pieces.reduce(0) { $0 + $1.area }) < 1e-9)
    let fraction = Double(inside) / Double(Self.places.count)
    #expect(abs(whole.area / 41_252.961_249_419_27 - fraction) < 0.01)
  }

  /// What is larger than half of the sky is outside.
  @Test func smallerPartIsInside() throws {
    // A cap of 80° around the north pole: its outline seen from the south encloses 100°.
    let corners = (0..<36).map { (Double($0) * 10, 10.0) }
    for outline in [corners, corners.reversed()] {
      let cap = try polygon(outline)
      #expect(cap.contains(SkyPosition(ra: 3, dec: 90)))
      #expect(cap.contains(SkyPosition(ra: 3, dec: 30)))
      #expect(!cap.contains(SkyPosition(ra: 3, dec: 0)))
      #expect(!cap.contains(SkyPosition(ra: 3, dec: -90)))
      #expect(cap.area < 20_626.5 && cap.area > 16_800)
    }
  }

  @Test func degenerateOutlines() throws {
    let line = try polygon([(10, 0), (20, 0), (30, 0)])
    #expect(line.contains(SkyPosition(ra: 25, dec: 0)))
    #expect(!line.contains(SkyPosition(ra: 25, dec: 1e-6)))
    #expect(!line.contains(SkyPosition(ra: 35, dec: 0)))
    #expect(line.area == 0)
    let point = try polygon([(10, 5), (10, 5), (10, 5.000_000_000_000_001)])
    #expect(point.contains(SkyPosition(ra: 10, dec: 5)))
    #expect(!point.contains(SkyPosition(ra: 10, dec: 5.000_001)))
    #expect(point.intersects(SkyCircle(center: SkyPosition(ra: 10, dec: 6), radius: 1)))
    let square = try polygon([(0, 0), (0, 0), (1, 0), (2, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    #expect(square.contains(SkyPosition(ra: 1, dec: 1)))
    #expect(square.contains(SkyPosition(ra: 1, dec: 0)))
    #expect(!square.contains(SkyPosition(ra: 1, dec: -0.001)))
    // A spike out of the square and back.
    let spike = try polygon([(0, 0), (1, 0), (1, 5), (1, 0), (2, 0), (2, -2), (0, -2)])
    #expect(spike.contains(SkyPosition(ra: 1, dec: 4)))
    #expect(!spike.contains(SkyPosition(ra: 1.001, dec: 4)))
    #expect(abs(spike.area - 4) < 0.01)
  }

  @Test func oppositeNeighboursAreRefused() {
    let error = #expect(throws: SkyGeometryError.self) { try polygon([(0, 0), (180, 0), (90, 45)]) }
    #expect(error?.kind == .oppositeVertices)
    #expect(throws: SkyGeometryError.self) { try polygon([(0, 90), (10, -90), (90, 45)]) }
  }

  @Test func halfOfTheSkyTakesTheLeft() throws {
    let east = try polygon([(0, 0), (120, 0), (240, 0)])
    #expect(east.contains(SkyPosition(ra: 10, dec: 1)) && !east.contains(SkyPosition(ra: 10, dec: -1)))
    let west = try polygon([(240, 0), (120, 0), (0, 0)])
    #expect(west.contains(SkyPosition(ra: 10, dec: -1)) && !west.contains(SkyPosition(ra: 10, dec: 1)))
    #expect(abs(east.area - 20_626.480_624_709_6) < 1e-6)
    #expect(
      !PreparedRegion(SkyRegion(shapes: [.polygon(east)])).contains(PreparedRegion(SkyRegion(shapes: [.polygon(west)])))
    )
  }

  /// What touches within 1e-10 degrees is inside, what is farther than that is not.
  @Test(arguments: [0.0, 60, -89])
  func tolerance(dec: Double) throws {
    let center = SkyPosition(ra: 0.2, dec: dec)
    let square = try #require(try SkyPolygon(center: center, width: 0.02, height: 0.02))
    let circle = SkyCircle(center: center, radius: 0.01)
    for (beyond, isInside) in [(-1e-9, true), (0.5e-10, true), (3e-10, false)] {
      for angle in [0.0, 90, 180, 270] {
        let place = center.offset(positionAngle: angle, separation: 0.01 + beyond)
        #expect(square.contains(place) == isInside, "\(angle) \(beyond)")
        #expect(circle.contains(place) == isInside, "\(angle) \(beyond)")
      }
    }
  }
}
