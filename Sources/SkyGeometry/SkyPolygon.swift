/// A polygon on the sky whose edges are great-circle arcs; it is the smaller of the two parts into which they cut the sphere.
public struct SkyPolygon: Sendable {
  /// The corners in either sense of rotation, the first one not repeated at the end.
  public let vertices: [SkyPosition]
  let outline: Outline

  /// Makes a polygon; a last corner that repeats the first one is left out. Other repeated corners and corners in a line do no harm.
  /// - Parameter vertices: the corners in either sense of rotation.
  /// - Throws: `SkyGeometryError` of kind `.tooFewVertices` when fewer than three corners remain, `.oppositeVertices` when two neighbours
  ///   lie opposite each other.
  public init(vertices: [SkyPosition]) throws(SkyGeometryError) {
    var vertices = vertices
    while vertices.count > 1, vertices.last == vertices.first { vertices.removeLast() }
    guard vertices.count >= 3 else { throw SkyGeometryError.tooFewVertices(vertices.count, word: nil) }
    guard let outline = Outline(vertices.map(\.vector)) else {
      throw SkyGeometryError(
        .oppositeVertices,
        "Two neighbouring corners of the polygon lie opposite each other; put a corner between them to say which way.",
        word: nil)
    }
    self.vertices = vertices
    self.outline = outline
  }

  /// A circle that encloses the polygon.
  public var boundingCircle: SkyCircle { outline.cap.circle }

  /// Whether a position lies inside or on the outline, within 1e-10 degrees.
  public func contains(_ position: SkyPosition) -> Bool { outline.contains(position.vector) }

  /// Whether the polygon and a circle share a point.
  public func intersects(_ circle: SkyCircle) -> Bool {
    PreparedShape.circle(Cap(circle)).intersects(.polygon(outline))
  }

  /// Whether two polygons share a point.
  public func intersects(_ other: SkyPolygon) -> Bool { outline.intersects(other.outline) }
}

extension SkyPolygon: Hashable {
  /// Polygons are equal when their corners are, in the same order.
  public static func == (a: Self, b: Self) -> Bool { a.vertices == b.vertices }

  /// Hashes the corners.
  public func hash(into hasher: inout Hasher) { hasher.combine(vertices) }
}
