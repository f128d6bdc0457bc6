/// A polygon on the sky whose edges are great-circle arcs; it is the smaller of the two parts into which they cut the sphere.
public struct SkyPolygon: Sendable {
  /// The corners in either sense of rotation, the first one not repeated at the end.
  public let vertices: [SkyPosition]
  /// A circle that encloses the polygon.
  public let boundingCircle: SkyCircle
  let vectors: [UnitVector]
  private let centre: UnitVector

  /// Makes a polygon; a last corner that repeats the first one is left out.
  /// - Throws: `SkyGeometryError` of kind `.tooFewVertices` when fewer than three corners remain.
  public init(vertices: [SkyPosition]) throws(SkyGeometryError) {
    var vertices = vertices
    while vertices.count > 1, vertices.last == vertices.first { vertices.removeLast() }
    guard vertices.count >= 3 else { throw SkyGeometryError.tooFewVertices(vertices.count, word: nil) }
    self.vertices = vertices
    vectors = vertices.map(\.vector)
    boundingCircle = SkyCircle(enclosing: vectors.map { ($0, 0) })
    centre = boundingCircle.center.vector
  }

  /// Whether a position lies inside or on the outline.
  public func contains(_ position: SkyPosition) -> Bool { contains(position.vector) }

  /// Whether the polygon and a circle share a point.
  public func intersects(_ circle: SkyCircle) -> Bool {
    guard boundingCircle.intersects(circle) else { return false }
    let point = circle.center.vector
    return contains(point) || distance(to: point).degrees <= circle.radius
  }

  /// Rounding moves a point on the outline by less than this, radians (about 0.2 milliarcseconds).
  private static let outlineWidth = 1e-9

  private func contains(_ point: UnitVector) -> Bool {
    guard centre.angle(to: point).degrees <= boundingCircle.radius + 1e-7 else { return false }
    return winds(around: point) || distance(to: point) <= Self.outlineWidth
  }

  /// Whether the outline separates a point from its opposite: seen from the point, the corners' azimuths go round.
  ///
  /// An arc shorter than 180° sweeps the same azimuth as the straight line between the projected corners, so the test is the planar
  /// winding number around the origin of the plane seen from the point.
  private func winds(around point: UnitVector) -> Bool {
    // Any two axes at right angles to the point will do; take the coordinate axis farthest from it.
    let axis =
      abs(point.z) < 0.8 ? UnitVector(x: 0, y: 0, z: 1) : UnitVector(x: 1, y: 0, z: 0)
    guard let east = axis.cross(point).normalized else { return false }
    let north = point.cross(east)
    var turns = 0
    let last = vectors[vectors.count - 1]
    var (x0, y0) = (east.dot(last), north.dot(last))
    for vector in vectors {
      let (x1, y1) = (east.dot(vector), north.dot(vector))
      if y0 <= 0 {
        if y1 > 0, x0 * y1 - x1 * y0 > 0 { turns += 1 }
      } else if y1 <= 0, x0 * y1 - x1 * y0 < 0 {
        turns -= 1
      }
      (x0, y0) = (x1, y1)
    }
    return turns != 0
  }

  /// The angle to the nearest point of the outline, radians.
  private func distance(to point: UnitVector) -> Double {
    var nearest = Double.infinity
    var previous = vectors[vectors.count - 1]
    for vector in vectors {
      nearest = min(nearest, point.angle(toArcFrom: previous, to: vector))
      previous = vector
    }
    return nearest
  }
}

extension SkyPolygon: Hashable {
  /// Polygons are equal when their corners are, in the same order.
  public static func == (a: Self, b: Self) -> Bool { a.vertices == b.vertices }

  /// Hashes the corners.
  public func hash(into hasher: inout Hasher) { hasher.combine(vertices) }
}

extension SkyCircle {
  /// A circle around the middle of some points or, with a reach in degrees for each point, around circles.
  init(enclosing points: [(vector: UnitVector, reach: Double)]) {
    let sum = points.reduce(UnitVector(x: 0, y: 0, z: 0)) { $0 + $1.vector }
    let middle = sum.normalized ?? points.first?.vector ?? UnitVector(x: 1, y: 0, z: 0)
    let radius = points.map { middle.angle(to: $0.vector).degrees + $0.reach }.max() ?? 0
    // A circle of 90° or more is not convex: the arcs between its points may leave it. Then only the whole sphere is safe.
    self.init(center: SkyPosition(middle), radius: radius < 90 ? radius : 180)
  }
}
