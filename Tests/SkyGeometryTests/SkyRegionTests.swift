import SkyGeometry
import Testing

@Suite struct SkyRegionTests {
  @Test(arguments: [
    "POLYGON 10.0 1.0 11.0 1.0 11.0 2.0 10.0 2.0",
    "POLYGON ICRS  10.0 1.0 11.0 1.0 11.0 2.0 10.0 2.0",
    "  polygon icrs 10 1 11 1 11 2 10 2 10 1 ",
    "Polygon\t10.000000000 +1.0\n1.1e1 1 371 2.0 -350 2",
  ])
  func bothDialects(text: String) throws {
    let region = try SkyRegion(sRegion: text)
    #expect(
      region.sRegion == "POLYGON ICRS  10.000000000 1.000000000 11.000000000 1.000000000 "
        + "11.000000000 2.000000000 10.000000000 2.000000000")
    #expect(region.contains(SkyPosition(ra: 10.5, dec: 1.5)))
    #expect(!region.contains(SkyPosition(ra: 10.5, dec: 2.5)))
  }

  @Test func manyShapesAndText() throws {
    let part = "POLYGON 10.25 -1 11 -1 11 -0.5 CIRCLE ICRS 20 -30.123456789 0.5 "
    let region = try SkyRegion(sRegion: String(repeating: part, count: 52))
    #expect(region.shapes.count == 104)
    #expect(region.contains(SkyPosition(ra: 20.4, dec: -30.2)))
    #expect(region.intersects(SkyCircle(center: SkyPosition(ra: 10.9, dec: -0.4), radius: 0.15)))
    #expect(try SkyRegion(sRegion: region.sRegion) == region)
    #expect(try SkyRegion(sRegion: region.sRegion(withFrame: false)) == region)
    let bound = region.boundingCircle
    #expect(bound.contains(SkyPosition(ra: 10.25, dec: -1)) && bound.contains(SkyPosition(ra: 20, dec: -30.6)))
  }

  @Test func smallNegativeAnglesKeepTheirSign() throws {
    let text = "POLYGON 0.000000001 -0.000000500 1.000000000 0.000000000 1.000000000 1.000000000"
    #expect(try SkyRegion(sRegion: text).sRegion(withFrame: false) == text)
  }

  @Test func digitsBeyondADoubleAreRoundedOnce() throws {
    let region = try SkyRegion(sRegion: "CIRCLE 161.26948375012345678 -58.61234567890123456 0.1")
    guard case .circle(let circle) = region.shapes[0] else { return #expect(Bool(false)) }
    #expect(circle.center.ra == 161.26948375012345678)
    #expect(circle.center.dec == -58.61234567890123456)
  }

  @Test(
    arguments: [
      ("", SkyGeometryError.Kind.empty, nil),
      ("ELLIPSE 1 2 3", .unsupported, 1),
      ("POLYGON FK4 1 2 3 4 5 6", .unsupported, 2),
      ("POLYGON WHERE 1 2 3 4 5 6", .unknownWord, 2),
      ("POLYGON 1 2 3 4 5 6 7", .missingNumber, 9),
      ("POLYGON 1 2 3 POLYGON 1 2 3 4 5 6", .missingNumber, 5),
      ("POLYGON 1 2 3 4 5 6 POLYGON 1 2 1 2 3 4", .tooFewVertices, nil),
      ("POLYGON 1 2 3 4 1 2", .tooFewVertices, 1),
      ("POLYGON 1 2 3 94 5 6", .outOfRange, 5),
      ("POLYGON 1 2 3 nan 5 6", .unknownWord, 5),
      ("POLYGON 1 2 3 0x4 5 6", .unknownWord, 5),
      ("POLYGON 1 2 3 4e999 5 6", .unknownWord, 5),
      ("CIRCLE ICRS 1 2", .missingNumber, 5),
      ("CIRCLE 1 2 -3", .outOfRange, 4),
      ("CIRCLE 1 2 3 4", .unknownWord, 5),
    ] as [(String, SkyGeometryError.Kind, Int?)])
  func faultsNameTheWord(text: String, kind: SkyGeometryError.Kind, word: Int?) throws {
    do {
      let region = try SkyRegion(sRegion: text)
      // Repeated corners inside an outline are no fault.
      #expect(region.shapes.count == 2 && word == nil && kind == .tooFewVertices)
    } catch {
      #expect(error.kind == kind)
      #expect(error.word == word)
      #expect(!error.message.isEmpty)
    }
  }
}
