extension SkyRegion {
  /// Whether two regions share a point.
  public func intersects(_ other: SkyRegion) -> Bool {
    shapes.contains { shape in other.shapes.contains { shape.intersects($0) } }
  }
}

extension SkyRegion.Shape {
  /// Whether two shapes share a point.
  public func intersects(_ other: Self) -> Bool {
    switch (self, other) {
    case (_, .circle(let circle)): intersects(circle)
    case (.circle(let circle), .polygon(let polygon)): polygon.intersects(circle)
    case (.polygon(let a), .polygon(let b)): a.intersects(b)
    }
  }
}

extension SkyPolygon {
  /// Whether two polygons share a point.
  public func intersects(_ other: SkyPolygon) -> Bool {
    guard boundingCircle.intersects(other.boundingCircle) else { return false }
    // One may lie inside the other; otherwise their outlines meet.
    if other.contains(vertices[0]) || contains(other.vertices[0]) { return true }
    return edges.contains { edge in other.edges.contains { edge.crosses($0) } }
  }

  private var edges: [Arc] {
    zip(vectors, vectors.dropFirst() + vectors.prefix(1)).map { Arc(start: $0, end: $1) }
  }
}

/// The shorter great-circle arc between two directions.
private struct Arc {
  var start: UnitVector
  var end: UnitVector
  private let pole: UnitVector?

  init(start: UnitVector, end: UnitVector) {
    self.start = start
    self.end = end
    pole = start.cross(end).normalized
  }

  func crosses(_ other: Arc) -> Bool {
    guard let pole, let otherPole = other.pole else { return false }
    guard let meeting = pole.cross(otherPole).normalized else {
      // On one great circle: they overlap where an end of one lies on the other.
      return [other.start, other.end].contains(where: touches) || [start, end].contains(where: other.touches)
    }
    let opposite = UnitVector(x: -meeting.x, y: -meeting.y, z: -meeting.z)
    return [meeting, opposite].contains { spans($0, pole) && other.spans($0, otherPole) }
  }

  /// Whether a direction of the arc's great circle lies between its ends.
  private func spans(_ point: UnitVector, _ pole: UnitVector) -> Bool {
    pole.cross(start).dot(point) >= 0 && end.cross(pole).dot(point) >= 0
  }

  private func touches(_ point: UnitVector) -> Bool { point.angle(toArcFrom: start, to: end) < 1e-9 }
}
