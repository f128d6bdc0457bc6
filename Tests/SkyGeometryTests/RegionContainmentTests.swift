import SkyGeometry
import Testing

@Suite struct RegionContainmentTests {
  static let pairsCases: [(String, String, Bool)] = [
    // Circles.
    ("CIRCLE 10 0 2", "CIRCLE 10.5 0 1.5", true), ("CIRCLE 10 0 2", "CIRCLE 10.5 0 1.501", false),
    ("CIRCLE 10 0 2", "CIRCLE 10 0 3", false), ("CIRCLE 0 90 100", "CIRCLE 0 80 90", true),
    ("CIRCLE 0 90 180", "CIRCLE 0 -80 170", true), ("CIRCLE 0 90 170", "CIRCLE 0 -90 20", false),
    // Polygons in circles, also where the circle is larger than half of the sky.
    ("CIRCLE 10 0 0.71", "BOX 10 0 1 1", true), ("CIRCLE 10 0 0.7", "BOX 10 0 1 1", false),
    ("CIRCLE 10 0 94", "BOX 100 0 10 10", false), ("CIRCLE 10 0 96", "BOX 100 0 10 10", true),
    ("CIRCLE 0 0 120", "POLYGON 170 0 190 5 180 10", false),
    // The corners lie in the circle, an edge reaches closer to the pole than they do.
    ("CIRCLE 0 -90 150", "POLYGON 0 50 90 50 45 40", true), ("CIRCLE 0 -90 145", "POLYGON 0 50 90 50 45 40", false),
    // Circles in polygons.
    ("BOX 10 0 2 2", "CIRCLE 10 0 1", true), ("BOX 10 0 2 2", "CIRCLE 10 0 1.001", false),
    ("POLYGON 0 80 90 80 180 80 270 80", "CIRCLE 45 90 7", true),
    ("POLYGON 0 80 90 80 180 80 270 80", "CIRCLE 45 90 7.2", false),
    // Positions.
    ("BOX 10 0 2 2", "POSITION 11 0", true), ("BOX 10 0 2 2", "POSITION 11.01 0", false),
    ("POSITION 11 0", "POSITION 11 0", true), ("POSITION 11 0", "CIRCLE 11 0 0.1", false),
    // Polygons.
    ("BOX 10 0 2 2", "BOX 10 0 1 1", true), ("BOX 10 0 1 1", "BOX 10 0 2 2", false),
    ("BOX 10 0 2 2", "BOX 10 0 2 2", true), ("BOX 10 0 2 2", "BOX 10 0 4 0.1", false),
    ("BOX 10 0 2 2", "POLYGON 9 0 11 0 10 0.9", true), ("BOX 359.9 89 3 3", "POLYGON 0 89.5 120 89.5 240 89.5", true),
    // All corners and edges' middles inside a horseshoe, the edge across its mouth not.
    ("POLYGON 0 0 6 0 6 4 4 4 4 2 2 2 2 4 0 4", "POLYGON 1 3.5 1 1 5 1 5 3.5", false),
    ("POLYGON 0 0 6 0 6 4 4 4 4 2 2 2 2 4 0 4", "POLYGON 1 1.5 1 1 5 1 5 1.5", true),
    // It shares corners and edges with the outer one, and cuts across its notch.
    ("POLYGON 0 0 6 0 6 4 4 4 4 2 2 2 2 4 0 4", "POLYGON 0 0 6 0 6 4 4 4 2 4 0 4", false),
    ("POLYGON 0 0 6 0 6 4 4 4 4 2 2 2 2 4 0 4", "POLYGON 4 2 2 2 0 0 6 0", true),
    // Ranges.
    ("RANGE 350 10 -5 5", "BOX 0 0 9 9", true), ("RANGE 350 10 -5 5", "BOX 0 0 21 9", false),
    ("RANGE 0 360 80 90", "CIRCLE 30 90 10", true), ("RANGE 0 360 80 90", "CIRCLE 30 90 10.001", false),
    ("RANGE 0 360 -90 90", "CIRCLE 30 90 180", true), ("CIRCLE 30 90 180", "RANGE 0 360 -90 90", true),
    ("RANGE 0 180 50 60", "RANGE 10 20 50 60", true), ("RANGE 0 180 50 60", "RANGE 10 200 51 59", false),
    // The polygon's edge leaves the parallel towards the pole.
    ("RANGE 0 90 0 50", "POLYGON 0 50 0 0 90 0 90 50", false), ("POLYGON 0 50 0 0 90 0 90 50", "RANGE 0 90 0 50", true),
    ("CIRCLE 5 52 6", "RANGE 0 10 50 54", true), ("CIRCLE 5 52 2", "RANGE 0 10 50 54", false),
  ]

  @Test(arguments: pairsCases)
  func pairs(outer: String, inner: String, isInside: Bool) throws {
    let (outer, inner) = (try SkyRegion(text: outer), try SkyRegion(text: inner))
    #expect(outer.contains(inner) == isInside)
    if isInside { #expect(outer.intersects(inner) && inner.intersects(outer)) }
  }

  static let unionsCases: [(String, String, Bool)] = [
    // Tiles side by side, with their common side inside what they cover.
    ("BOX 10 0 2 2 BOX 12 0 2 2", "BOX 11 0 2 1.9", true), ("BOX 10 0 2 2 BOX 12.001 0 2 2", "BOX 11 0 2 1.9", false),
    // Four tiles around a gap.
    (
      "RANGE 0 3 0 1 RANGE 0 3 2 3 RANGE 0 1 1 2 RANGE 2 3 1 2", "CIRCLE 1.5 1.5 1.2", false
    ),
    ("RANGE 0 3 0 1.5 RANGE 0 3 1.5 3 RANGE 0 1 1 2 RANGE 2 3 1 2", "CIRCLE 1.5 1.5 1.2", true),
    // The boundary of the inner one is covered, and so is the gap, by a third shape.
    ("RANGE 0 3 0 1 RANGE 0 3 2 3 RANGE 0 1 1 2 RANGE 2 3 1 2 CIRCLE 1.5 1.5 0.8", "CIRCLE 1.5 1.5 1.2", true),
    ("RANGE 0 3 0 1 RANGE 0 3 2 3 RANGE 0 1 1 2 RANGE 2 3 1 2 CIRCLE 1.5 1.5 0.6", "CIRCLE 1.5 1.5 1.2", false),
    ("CIRCLE 10 0 1 CIRCLE 11 0 1", "CIRCLE 10.5 0 0.866", true),
    ("CIRCLE 10 0 1 CIRCLE 11 0 1", "CIRCLE 10.5 0 0.867", false),
    ("CIRCLE 10 0 1 CIRCLE 11 0 1", "CIRCLE 10 0 1 CIRCLE 11.2 0 0.5", true),
    ("CIRCLE 10 0 1 CIRCLE 11 0 1", "CIRCLE 10 0 1 CIRCLE 12.2 0 0.5", false),
    // Two hemispheres are the sphere.
    ("CIRCLE 0 90 90 CIRCLE 0 -90 90", "CIRCLE 0 0 180", true),
    ("CIRCLE 0 90 90 CIRCLE 0 -90 89.9", "CIRCLE 0 0 180", false),
  ]

  @Test(arguments: unionsCases)
  func unions(outer: String, inner: String, isInside: Bool) throws {
    #expect(try SkyRegion(text: outer).contains(try SkyRegion(text: inner)) == isInside)
  }

  static let intersectionsCases: [(String, String, Bool)] = [
    ("RANGE 350 10 -5 5", "CIRCLE 15 0 5", true), ("RANGE 350 10 -5 5", "CIRCLE 15.1 0 5", false),
    ("RANGE 350 10 60 70", "BOX 0 75 1 9", false), ("RANGE 350 10 60 70", "BOX 0 75 1 11", true),
    ("RANGE 0 360 60 70", "CIRCLE 0 90 10", false), ("RANGE 0 360 60 70", "CIRCLE 0 90 20.1", true),
    ("RANGE 0 90 0 50", "POLYGON 5 53 85 53 45 60", false), ("RANGE 0 90 0 60", "POLYGON 5 50 85 50 45 62", true),
    ("RANGE 10 20 0 5", "RANGE 20 30 5 9", true), ("RANGE 10 20 0 5", "RANGE 20.1 30 5 9", false),
    ("RANGE 0 360 -90 90", "POSITION 3 4", true), ("BOX 10 0 1 1", "RANGE 0 360 -90 90", true),
    ("RANGE 0 360 40 50", "RANGE 0 360 10 20", false), ("RANGE 0 360 40 50", "RANGE 0 360 10 40", true),
    ("POSITION 10 10", "POSITION 10 10", true), ("POSITION 10 10", "POSITION 10 10.000001", false),
    // Outlines that share a corner, or part of an edge.
    ("POLYGON 0 0 1 0 1 1", "POLYGON 1 1 2 1 2 2", true), ("POLYGON 0 0 0 2 1 1", "POLYGON 0 1 0 3 -1 2", true),
    ("POLYGON 0 0 0 2 1 1", "POLYGON 0 2.000001 0 3 -1 2.5", false),
  ]

  @Test(arguments: intersectionsCases)
  func intersections(a: String, b: String, meet: Bool) throws {
    let (a, b) = (try SkyRegion(text: a), try SkyRegion(text: b))
    #expect(a.intersects(b) == meet)
    #expect(b.intersects(a) == meet)
  }

  @Test func preparedRegionAnswersAsTheRegion() throws {
    let region = try SkyRegion(text: "POLYGON 10 80 40 82 70 79 40 85 CIRCLE 300 -5 3 RANGE 100 110 -90 -80")
    let prepared = PreparedRegion(region)
    var inside = 0
    for place in LargePolygonTests.places + [SkyPosition(ra: 40, dec: 84), SkyPosition(ra: 105, dec: -90)] {
      #expect(prepared.contains(place) == region.contains(place))
      inside += region.contains(place) ? 1 : 0
      if region.contains(place) { #expect(prepared.boundingCircle.contains(place)) }
    }
    #expect(inside > 3)
    #expect(!PreparedRegion(SkyRegion(shapes: [])).contains(SkyPosition(ra: 0, dec: 90)))
  }
}
