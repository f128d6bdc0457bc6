import SkyGeometry
import Testing

@Suite struct SkyPositionTests {
  @Test func separationsAcrossTheSeamAndThePole() {
    #expect(abs(SkyPosition(ra: 359.5, dec: 0).separation(to: SkyPosition(ra: 0.5, dec: 0)) - 1) < 1e-12)
    #expect(abs(SkyPosition(ra: 10, dec: 89).separation(to: SkyPosition(ra: 190, dec: 89)) - 2) < 1e-12)
    #expect(abs(SkyPosition(ra: 0, dec: 0).separation(to: SkyPosition(ra: 180, dec: 0)) - 180) < 1e-12)
    let milliarcsecond = 1e-3 / 3600
    let near = SkyPosition(ra: 100, dec: 20 + milliarcsecond)
    #expect(abs(SkyPosition(ra: 100, dec: 20).separation(to: near) / milliarcsecond - 1) < 1e-5)
  }

  @Test(arguments: [(0.0, 0.0, 1.0), (90.0, 1.0, 0.0), (180.0, 0.0, -1.0), (270.0, 359.0, 0.0)])
  func positionAnglesGoFromNorthThroughEast(angle: Double, ra: Double, dec: Double) {
    #expect(abs(SkyPosition(ra: 0, dec: 0).positionAngle(to: SkyPosition(ra: ra, dec: dec)) - angle) < 1e-9)
  }

  @Test(arguments: [-89.9, -58.6, 0, 30, 89.99])
  func offsetIsTheInverse(dec: Double) {
    let start = SkyPosition(ra: 359.99, dec: dec)
    for angle in stride(from: 1.0, to: 360, by: 37) {
      let end = start.offset(positionAngle: angle, separation: 0.7)
      #expect(abs(start.separation(to: end) - 0.7) < 1e-10)
      #expect(abs(start.positionAngle(to: end) - angle) < 1e-6)
      #expect((0..<360).contains(end.ra))
    }
  }

  @Test func tangentPlaneGoesThereAndBack() throws {
    let plane = TangentPlane(center: SkyPosition(ra: 0.01, dec: 75))
    let position = SkyPosition(ra: 359.7, dec: 75.2)
    let (east, north) = try #require(plane.project(position))
    #expect(east < 0 && north > 0)
    let back = plane.position(east: east, north: north)
    #expect(back.separation(to: position) < 1e-11)
    #expect(plane.project(SkyPosition(ra: 180, dec: -75)) == nil)
    #expect(plane.position(east: 0, north: 0) == plane.center)
  }
}
