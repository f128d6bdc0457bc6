import SkyGeometry
import Testing

@Suite struct SkyPolygonTests {
  func polygon(_ corners: [(Double, Double)]) throws -> SkyPolygon {
    try SkyPolygon(vertices: corners.map { SkyPosition(ra: $0.0, dec: $0.1) })
  }

  @Test(arguments: [false, true], [false, true])
  func squareAcrossTheSeam(reversed: Bool, closed: Bool) throws {
    var corners = [(359.0, -1.0), (1.0, -1.0), (1.0, 1.0), (359.0, 1.0)]
    if reversed { corners.reverse() }
    if closed { corners.append(corners[0]) }
    let square = try polygon(corners)
    #expect(square.vertices.count == 4)
    #expect(square.contains(SkyPosition(ra: 0, dec: 0)))
    #expect(square.contains(SkyPosition(ra: 359.5, dec: 0.9)))
    #expect(!square.contains(SkyPosition(ra: 358.9, dec: 0)))
    #expect(!square.contains(SkyPosition(ra: 180, dec: 0)))
    #expect(square.contains(SkyPosition(ra: 1, dec: 1)), "a corner belongs to the polygon")
    #expect(square.contains(SkyPosition(ra: 1, dec: 0)), "an edge belongs to the polygon")
  }

  @Test(arguments: [1.0, -1.0])
  func aroundAPole(sign: Double) throws {
    let cap = try polygon([(0, 89 * sign), (120, 89 * sign), (240, 89 * sign)])
    #expect(cap.contains(SkyPosition(ra: 77, dec: 90 * sign)))
    #expect(!cap.contains(SkyPosition(ra: 60, dec: 89.4 * sign)), "the edge is a great circle, not a parallel")
    #expect(cap.contains(SkyPosition(ra: 60, dec: 89.6 * sign)))
    #expect(!cap.contains(SkyPosition(ra: 77, dec: -90 * sign)))
  }

  @Test func notConvex() throws {
    let arrow = try polygon([(10, 0), (12, 2), (14, 0), (12, 1)])
    #expect(!arrow.contains(SkyPosition(ra: 12, dec: 0.5)))
    #expect(arrow.contains(SkyPosition(ra: 12, dec: 1.5)))
  }

  @Test func agreesWithThePlaneForASmallField() throws {
    let center = SkyPosition(ra: 110.8, dec: -73.45)
    let plane = TangentPlane(center: center)
    let outline: [(Double, Double)] = [(-0.02, -0.01), (0.02, -0.015), (0.015, 0.02), (-0.01, 0.01)]
    let field = try SkyPolygon(vertices: outline.map { plane.position(east: $0.0, north: $0.1) })
    for row in -15...15 {
      for column in -15...15 {
        let (x, y) = (Double(column) * 0.00171, Double(row) * 0.00173)
        var inside = true
        for (a, b) in zip(outline, outline[1...] + outline[..<1]) {
          inside = inside && (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0) > 0
        }
        #expect(field.contains(plane.position(east: x, north: y)) == inside)
      }
    }
  }

  @Test func circles() throws {
    let square = try polygon([(9, 9), (11, 9), (11, 11), (9, 11)])
    let far = SkyPosition(ra: 12, dec: 10)
    #expect(square.intersects(SkyCircle(center: far, radius: 1)))
    #expect(!square.intersects(SkyCircle(center: far, radius: 0.95)))
    #expect(square.intersects(SkyCircle(center: SkyPosition(ra: 10, dec: 10), radius: 0.001)), "circle inside")
    #expect(square.intersects(SkyCircle(center: SkyPosition(ra: 10, dec: 10), radius: 40)), "polygon inside")
    for vertex in square.vertices {
      #expect(square.boundingCircle.center.separation(to: vertex) <= square.boundingCircle.radius)
    }
    #expect(square.boundingCircle.radius < 1.5)
  }

  @Test func twoCornersAreNoPolygon() {
    #expect(throws: SkyGeometryError.self) { try polygon([(1, 1), (2, 2), (1, 1)]) }
  }
}
