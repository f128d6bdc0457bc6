import SkyGeometry
import Testing

@Suite struct RegionIntersectionTests {
  @Test(arguments: [
    // A box and a polygon that cross without a corner of one in the other.
    ("BOX 10 0 4 1", "BOX 10 0 1 4", true), ("BOX 10 0 1 1", "BOX 10 0 5 5", true),
    ("BOX 10 0 5 5", "BOX 10 0 1 1", true),
    ("BOX 10 0 1 1", "BOX 11.2 0 1 1", false), ("BOX 10 0 1 1", "BOX 10.9 0 1 1", true),
    ("BOX 359.9 0 1 1", "BOX 0.5 0 1 1", true), ("CIRCLE 10 0 1", "BOX 11.4 0 1 1", true),
    ("BOX 11.6 0 1 1", "CIRCLE 10 0 1", false), ("CIRCLE 10 80 1", "CIRCLE 20 80 1", true),
    ("CIRCLE 10 80 1", "CIRCLE 22 80 1", false),
    // Diagonal neighbours: their enclosing circles meet, they do not.
    ("POLYGON 0 0 2 0 0 2", "POLYGON 2.1 2.1 2.1 0.2 0.2 2.1", false),
    ("POLYGON 0 0 2 0 0 2", "POLYGON 2.1 2.1 2.1 -0.2 -0.2 2.1", true),
    ("POLYGON 0 0 1 0 1 1 CIRCLE 50 50 1", "BOX 50 51.2 1 1", true), ("BOX 10 90 4 4", "CIRCLE 190 88.5 0.1", true),
    ("BOX 10 0 1 1", "BOX 190 0 1 1", false), ("BOX 10 10 2 2", "BOX 10 10 2 2", true),
  ])
  func regions(a: String, b: String, meet: Bool) throws {
    let (a, b) = (try SkyRegion(sRegion: a), try SkyRegion(sRegion: b))
    #expect(a.intersects(b) == meet)
    #expect(b.intersects(a) == meet)
  }

  /// Two squares at random places, against points spread over one of them.
  @Test func agreesWithSampledPoints() throws {
    var state: UInt64 = 7
    func random(_ range: ClosedRange<Double>) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Double(state >> 11) / Double(1 << 53) * (range.upperBound - range.lowerBound)
    }
    var meetings = 0
    for _ in 0..<300 {
      let center = SkyPosition(ra: random(0...359), dec: random(-80...80))
      let other = center.offset(positionAngle: random(0...360), separation: random(0...2))
      let a = try #require(try SkyPolygon(center: center, width: random(0.1...2), height: random(0.1...2)))
      let b = try #require(try SkyPolygon(center: other, width: random(0.1...2), height: random(0.1...2)))
      let plane = TangentPlane(center: center)
      let corners = a.vertices.compactMap { plane.project($0) }
      let (width, height) = (corners.map(\.east).max() ?? 0, corners.map(\.north).max() ?? 0)
      var isSeen = false
      for i in 0...60 {
        for j in 0...60 where !isSeen {
          let point = plane.position(east: width * (Double(i) / 30 - 1), north: height * (Double(j) / 30 - 1))
          isSeen = b.contains(point)
        }
      }
      meetings += isSeen ? 1 : 0
      if isSeen { #expect(a.intersects(b)) }
      if !a.intersects(b) { #expect(!isSeen) }
    }
    #expect((50...280).contains(meetings))
  }

  @Test func boxesAreReadAndMeasured() throws {
    let region = try SkyRegion(sRegion: "box icrs 10 60 2 1")
    #expect(region.contains(SkyPosition(ra: 10 + 1.98, dec: 60)))
    #expect(region.contains(SkyPosition(ra: 10, dec: 60.499)))
    #expect(!region.contains(SkyPosition(ra: 10, dec: 60.501)))
    #expect(!region.contains(SkyPosition(ra: 12.1, dec: 60)))
  }

  @Test(arguments: ["BOX 10 0 1", "BOX 10 0", "BOX 10 0 0 1", "BOX 10 0 1 -1", "BOX 10 0 180 1", "BOX"])
  func boxesThatAreNoneAreRefused(text: String) {
    #expect(throws: SkyGeometryError.self) { try SkyRegion(sRegion: text) }
  }
}
