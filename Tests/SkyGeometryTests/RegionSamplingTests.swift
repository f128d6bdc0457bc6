import SkyGeometry
import Testing

/// Unions of circles, polygons and ranges against points spread over them.
@Suite struct RegionSamplingTests {
  struct Dice {
    var state: UInt64
    mutating func roll(_ range: ClosedRange<Double>) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Double(state >> 11) / Double(1 << 53) * (range.upperBound - range.lowerBound)
    }

    mutating func shape(near center: SkyPosition, size: Double) throws -> SkyRegion.Shape {
      let middle = center.offset(positionAngle: roll(0...360), separation: roll(0...size))
      switch Int(roll(0...3)) {
      case 0: return .circle(SkyCircle(center: middle, radius: roll(0.3...1) * size))
      case 1:
        let (half, height) = (roll(0.3...1) * size, roll(0.3...1) * size)
        return .range(
          SkyRange(
            west: middle.ra - half, east: middle.ra + half, south: max(-90, middle.dec - height),
            north: min(90, middle.dec + height)))
      default:
        let corners = (0..<5).map { corner in
          let angle = Double(corner) * 72 + roll(0...60)
          return middle.offset(positionAngle: angle, separation: roll(0.3...1) * size)
        }
        return .polygon(try SkyPolygon(vertices: corners))
      }
    }

    /// Points in a circle, denser towards its middle.
    mutating func points(around circle: SkyCircle, count: Int) -> [SkyPosition] {
      (0..<count).map { _ in
        circle.center.offset(positionAngle: roll(0...360), separation: roll(0...1) * circle.radius)
      }
    }
  }

  @Test(arguments: [(0.0, 0.0), (0.1, 60), (200, 89.5), (77, -88)], [0.001, 5.0])
  func unions(center: (ra: Double, dec: Double), size: Double) throws {
    var dice = Dice(state: 11)
    let center = SkyPosition(ra: center.ra, dec: center.dec)
    var (covered, unexplained, apart) = (0, 0, 0)
    for _ in 0..<40 {
      let outer = SkyRegion(shapes: try (0..<4).map { _ in try dice.shape(near: center, size: size) })
      let inner = SkyRegion(shapes: [try dice.shape(near: center, size: size * dice.roll(0.1...0.9))])
      let inside = dice.points(around: inner.boundingCircle, count: 300).filter { inner.contains($0) }
      let isWitnessed = inside.contains { !outer.contains($0) }
      if outer.contains(inner) {
        covered += 1
        #expect(!isWitnessed && !inside.isEmpty)
      } else if !isWitnessed {
        unexplained += 1
      }
      for point in inside where outer.contains(point) { #expect(outer.intersects(inner) && inner.intersects(outer)) }
      if !outer.intersects(inner) { apart += 1 }
    }
    #expect((5...38).contains(covered))
    // Where a corner of the inner shape just comes out, no sample may fall into it.
    #expect(unexplained <= 5)
    #expect(apart < 20)
  }

  /// The outline belongs to a polygon, and a polygon to itself, whatever its size and place.
  @Test(arguments: [1e-6, 1e-3, 1, 30, 80])
  func outlines(size: Double) throws {
    var dice = Dice(state: 5)
    for _ in 0..<200 {
      let center = SkyPosition(ra: dice.roll(0...360), dec: dice.roll(-90...90))
      let corners = (0..<7).map { corner in
        center.offset(positionAngle: Double(corner) * 51 + dice.roll(0...50), separation: dice.roll(0.5...1) * size)
      }
      let polygon = try SkyPolygon(vertices: corners)
      for (corner, next) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        let middle = corner.offset(
          positionAngle: corner.positionAngle(to: next), separation: dice.roll(0...1) * corner.separation(to: next))
        #expect(polygon.contains(corner) && polygon.contains(middle))
        guard min(middle.separation(to: corner), middle.separation(to: next)) > 1e-7 else { continue }
        let along = middle.positionAngle(to: next)
        let beside = [90.0, -90].map { middle.offset(positionAngle: along + $0, separation: 1e-9) }
        #expect(polygon.contains(beside[0]) != polygon.contains(beside[1]))
      }
      let shape = SkyRegion.Shape.polygon(polygon)
      #expect(shape.contains(shape) && shape.intersects(shape))
      let turned = SkyRegion.Shape.polygon(
        try SkyPolygon(vertices: (corners.dropFirst(3) + corners.prefix(3)).reversed()))
      #expect(shape.contains(turned) && turned.contains(shape))
      #expect(abs(shape.area - turned.area) <= 1e-9 * shape.area)
    }
  }
}
