import SkyGeometry
import Testing

@Suite struct RegionMeasureTests {
  static let sphere = 41_252.961_249_419_27

  static let areasCases: [(String, Double)] = [
    ("POLYGON 0 0 90 0 0 90", sphere / 8), ("POLYGON 0 90 90 0 0 0", sphere / 8), ("CIRCLE 5 5 90", sphere / 2),
    ("CIRCLE 5 5 180", sphere), ("RANGE 0 360 -90 90", sphere), ("RANGE 270 90 0 90", sphere / 4), ("POSITION 1 2", 0),
    ("CIRCLE 5 5 0.00001", 3.141_592_653_589_793e-10), ("RANGE 10 10.00001 60 60.00001", 0.5e-10 * 0.999_999_848_851),
    ("RANGE 0 3 0 1 CIRCLE 90 0 90", 3 * 0.999_949_231_136_5 + sphere / 2),
    // Figures of 40 digits from the formula of angles.
    ("POLYGON 10 60 10.00001 60 10.00001 60.00001 10 60.00001", 4.999_999_244_256e-11),
  ]

  @Test(arguments: areasCases)
  func areas(text: String, area: Double) throws {
    let region = try SkyRegion(text: text)
    #expect(abs(region.area - area) <= 1e-9 * area, "\(region.area)")
  }

  /// Squares of some millionths of a degree at the seam and at a pole, in coordinates that doubles hold exactly.
  @Test func tinyAreasKeepTheirDigits() throws {
    let half = 1 / 1_048_576.0
    let seam = try SkyRegion(.polygon, numbers: [360 - half, -half, half, -half, half, half, 360 - half, half])
    #expect(abs(seam.area / (4 * half * half) - 1) < 1e-12, "\(seam.area)")
    let dec = 90 - half
    let pole = try SkyRegion(.polygon, numbers: [0, dec, 90, dec, 180, dec, 270, dec])
    #expect(abs(pole.area / (2 * half * half) - 1) < 1e-12, "\(pole.area)")
  }

  /// A notch takes away what its own triangle has, whatever the sense of rotation.
  @Test(arguments: [1.0, 1e-3, 1e-6])
  func concave(scale: Double) throws {
    func area(_ corners: [(Double, Double)]) throws -> Double {
      try SkyPolygon(vertices: corners.map { SkyPosition(ra: 200 + scale * $0.0, dec: 45 + scale * $0.1) }).area
    }
    let whole = try area([(0, 0), (4, 0), (4, 3), (0, 3)])
    let notch = try area([(4, 3), (2, 1), (0, 3)])
    #expect(abs(try area([(0, 0), (4, 0), (4, 3), (2, 1), (0, 3)]) - (whole - notch)) < 1e-8 * whole)
    #expect(abs(try area([(0, 3), (2, 1), (4, 3), (4, 0), (0, 0)]) - (whole - notch)) < 1e-8 * whole)
  }

  static let centroidsCases: [(String, Double, Double)] = [
    ("CIRCLE 5 -5 2", 5.0, -5.0), ("BOX 0 0 3 1", 0, 0), ("BOX 120 89.9 1 1", 120, 89.9), ("POSITION 7 8", 7, 8),
    ("POLYGON 0 0 90 0 0 90", 45, 35.264_389_682_754_654), ("POLYGON 0 80 120 80 240 80", 0, 90),
    ("RANGE 350 10 -5 5", 0, 0), ("RANGE 0 180 -10 10", 90, 0), ("RANGE 0 360 0 90", 0, 90),
    ("POLYGON 10 20 10 20.00003 10.00003 20", 10.00001, 20.00001), ("POLYGON 10 0 20 0 30 0", 20, 0),
    ("CIRCLE 10 0 1 CIRCLE 20 0 1", 15, 0), ("POSITION 10 0 POSITION 20 0", 15, 0),
    ("POLYGON 0 -20 90 -20 180 -20 180 20 90 20 0 20", 90, 0),
  ]

  @Test(arguments: centroidsCases)
  func centroids(text: String, ra: Double, dec: Double) throws {
    let center = try #require(try SkyRegion(text: text).centroid)
    #expect(center.separation(to: SkyPosition(ra: ra, dec: dec)) < 1e-9, "\(center)")
  }

  /// Where the plane takes over from the sphere nothing jumps: a polygon and its half in each direction.
  @Test func smallAndLargeCentroidsAgree() throws {
    let plane = TangentPlane(center: SkyPosition(ra: 33, dec: -60))
    let shape = [(0.0, 0.0), (3, 0), (3, 1), (1, 1), (1, 3), (0, 3)]
    // In the plane the L has its centre at 1.1 in both directions: areas 3 and 2, at (1.5, 0.5) and (0.5, 2).
    for scale in [1e-6, 1e-4, 0.0019, 0.002, 0.01] {
      let polygon = try SkyPolygon(vertices: shape.map { plane.position(east: $0.0 * scale, north: $0.1 * scale) })
      let center = try #require(SkyRegion.Shape.polygon(polygon).centroid)
      let expected = plane.position(east: 1.1 * scale, north: 1.1 * scale)
      #expect(center.separation(to: expected) < 0.02 * scale * scale * scale + 1e-10)
    }
  }

  @Test func nothingHasNoCentre() throws {
    #expect(SkyRegion(shapes: []).centroid == nil)
    #expect(SkyRegion(shapes: []).area == 0)
    #expect(try SkyRegion(text: "CIRCLE 0 0 180").centroid == nil)
  }
}
