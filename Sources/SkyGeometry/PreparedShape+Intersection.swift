extension PreparedShape {
  /// Whether two shapes share a point.
  func intersects(_ other: PreparedShape) -> Bool {
    guard cap.intersects(other.cap) else { return false }
    switch (self, other) {
    case (.circle, .circle): return true
    case (.circle(let cap), _): return other.reaches(cap)
    case (_, .circle(let cap)): return reaches(cap)
    case (.polygon(let a), .polygon(let b)): return a.intersects(b)
    default: return meets(other)
    }
  }

  /// Whether a circle comes as far as this shape.
  private func reaches(_ circle: Cap) -> Bool {
    contains(circle.center) || distanceToBoundary(from: circle.center) <= circle.radius + touchingAngle
  }

  /// Shapes share a point when a piece of boundary of one lies in the other, or their boundaries meet.
  private func meets(_ other: PreparedShape) -> Bool {
    let (boundary, otherBoundary) = (boundary, other.boundary)
    return boundary.isEmpty || otherBoundary.isEmpty
      || boundary.contains { other.contains($0.point(at: 0)) }
      || otherBoundary.contains { contains($0.point(at: 0)) }
      || boundary.contains { arc in otherBoundary.contains { arc.meets($0) } }
  }
}

extension Outline {
  /// Whether two polygons share a point.
  func intersects(_ other: Outline) -> Bool {
    guard cap.intersects(other.cap) else { return false }
    // One may lie inside the other; otherwise their outlines meet.
    return other.contains(corners[0].vector) || contains(other.corners[0].vector) || meets(other)
  }

  /// Whether two outlines cross or touch.
  func meets(_ other: Outline) -> Bool {
    var last = corners[corners.count - 1]
    for corner in corners {
      if other.isMet(byEdgeFrom: last, to: corner.vector) { return true }
      last = corner
    }
    return false
  }

  private func isMet(byEdgeFrom start: Corner, to end: UnitVector) -> Bool {
    var last = corners[corners.count - 1]
    var lastSide = start.pole.dot(last.vector)
    for corner in corners {
      let side = start.pole.dot(corner.vector)
      defer { (last, lastSide) = (corner, side) }
      if min(side, lastSide) > touchingAngle || max(side, lastSide) < -touchingAngle { continue }
      let (startSide, endSide) = (last.pole.dot(start.vector), last.pole.dot(end))
      if min(startSide, endSide) > touchingAngle || max(startSide, endSide) < -touchingAngle { continue }
      // Either edge has an end on each side of the other, and in the order of arcs that cross, not of arcs on opposite sides of the sphere.
      if startSide < 0, endSide > 0, lastSide > 0, side < 0 { return true }
      if startSide > 0, endSide < 0, lastSide < 0, side > 0 { return true }
      if abs(lastSide) <= touchingAngle, start.pole.spans(last.vector, from: start.vector, to: end) { return true }
      if abs(side) <= touchingAngle, start.pole.spans(corner.vector, from: start.vector, to: end) { return true }
      if abs(startSide) <= touchingAngle, last.pole.spans(start.vector, from: last.vector, to: corner.vector) {
        return true
      }
      if abs(endSide) <= touchingAngle, last.pole.spans(end, from: last.vector, to: corner.vector) { return true }
    }
    return false
  }
}
