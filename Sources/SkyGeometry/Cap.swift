#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A circle as tests want it: its centre as a direction, its radius in radians.
struct Cap: Sendable {
  let center: UnitVector
  /// The radius, radians; π is the whole sphere.
  let radius: Double
  /// The squared chord up to which a direction lies in the cap; measured from the opposite of the centre for a cap beyond 90°.
  private let limit: Double

  init(center: UnitVector, radius: Double) {
    self.center = center
    self.radius = max(0, min(radius, .pi))
    let reach = self.radius <= .pi / 2 ? self.radius + touchingAngle : .pi - self.radius - touchingAngle
    let half = sin(max(0, reach) / 2)
    limit = 4 * half * half
  }

  init(_ circle: SkyCircle) { self.init(center: circle.center.vector, radius: circle.radius.radians) }

  /// A cap around the middle of some directions and what arcs between them enclose.
  init(enclosing points: some Sequence<UnitVector>) {
    let sum = points.reduce(UnitVector(x: 0, y: 0, z: 0), +)
    guard let middle = sum.normalized else {
      self.init(center: UnitVector(x: 0, y: 0, z: 1), radius: .pi)
      return
    }
    var farthest = 0.0
    for point in points { farthest = max(farthest, middle.squaredChord(to: point)) }
    // Beyond 90° a cap is not convex: arcs between its points may leave it. Then only the whole sphere is safe.
    self.init(center: middle, radius: farthest < 1.99 ? 2 * asin(farthest.squareRoot() / 2) : .pi)
  }

  /// A cap around shapes: around the middle of their corners and centres.
  init(enclosing shapes: [PreparedShape]) {
    guard shapes.count != 1 else {
      self = shapes[0].cap
      return
    }
    // Around a corner nothing is left to enclose, around a centre a circle.
    let points = shapes.flatMap { shape -> [(point: UnitVector, reach: Double)] in
      if case .polygon(let outline) = shape { return outline.corners.map { ($0.vector, 0) } }
      return [(shape.cap.center, shape.cap.radius)]
    }
    let sum = points.reduce(UnitVector(x: 0, y: 0, z: 0)) { $0 + $1.point }
    let middle = sum.normalized ?? UnitVector(x: 0, y: 0, z: 1)
    let radius = points.map { middle.angle(to: $0.point) + $0.reach }.max() ?? 0
    self.init(center: middle, radius: radius < 1.57 ? radius : .pi)
  }

  /// Whether this is the whole sphere.
  var isSphere: Bool { radius >= .pi - touchingAngle }

  func contains(_ point: UnitVector) -> Bool {
    radius <= .pi / 2 ? center.squaredChord(to: point) <= limit : (-center).squaredChord(to: point) >= limit
  }

  func intersects(_ other: Cap) -> Bool {
    center.angle(to: other.center) <= radius + other.radius + touchingAngle
  }

  func contains(_ other: Cap) -> Bool {
    isSphere || center.angle(to: other.center) + other.radius <= radius + touchingAngle
  }

  var circle: SkyCircle { SkyCircle(center: SkyPosition(center), radius: radius.degrees) }
}
