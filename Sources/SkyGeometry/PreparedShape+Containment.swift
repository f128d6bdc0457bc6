extension PreparedShape {
  /// Whether all of another shape lies in this one.
  func contains(_ other: PreparedShape) -> Bool {
    switch (self, other) {
    case (.circle(let outer), .circle(let inner)):
      return outer.contains(inner)
    case (.circle(let outer), _):
      if outer.isSphere { return true }
      // What lies in the circle keeps its distance from the rest of the sphere, a circle around the opposite point.
      let opposite = -outer.center
      return !other.contains(opposite)
        && other.distanceToBoundary(from: opposite) >= .pi - outer.radius - touchingAngle
    case (_, .circle(let inner)):
      return contains(inner.center) && distanceToBoundary(from: inner.center) >= inner.radius - touchingAngle
    case (.polygon(let outer), .polygon(let inner)):
      guard inner.corners.allSatisfy({ outer.contains($0.vector) }) else { return false }
      if outer.cap.radius < Outline.smallRadius, !outer.meets(inner) { return true }
      return PreparedShape.union([self], covers: other)
    default:
      return PreparedShape.union([self], covers: other)
    }
  }

  /// Pieces of boundary shorter than this, radians, are not looked at.
  private static let shortest = 1e-11

  /// Whether some shapes together cover another one.
  ///
  /// They do when they cover its boundary and none of their own boundary inside it borders on a gap. Boundaries are cut where they meet; a
  /// piece between two cuts lies in each shape altogether or not at all, so that one point tells.
  static func union(_ shapes: [PreparedShape], covers other: PreparedShape) -> Bool {
    let shapes = shapes.filter { $0.cap.intersects(other.cap) }
    let (rims, otherRim) = (shapes.map(\.boundary), other.boundary)
    func isCovered(_ point: UnitVector) -> Bool { shapes.contains { $0.contains(point) } }

    let cutters = rims.flatMap { $0 }
    for arc in otherRim {
      guard isCovered(arc.point(at: 0)) else { return false }
      guard middles(of: arc, cutBy: cutters).allSatisfy({ isCovered(arc.point(at: $0)) }) else { return false }
    }
    for (index, rim) in rims.enumerated() {
      let neighbours = rims.indices.filter { $0 != index && shapes[$0].cap.intersects(shapes[index].cap) }
      let cutters = neighbours.flatMap { rims[$0] } + otherRim
      for arc in rim {
        for middle in middles(of: arc, cutBy: cutters) {
          for side in [4 * touchingAngle, -4 * touchingAngle] {
            let point = arc.point(at: middle, leftBy: side)
            if other.contains(point), !isCovered(point) { return false }
          }
        }
      }
    }
    return !shapes.isEmpty
  }

  /// The angles in the middle of the pieces into which other arcs cut an arc.
  private static func middles(of arc: BoundaryArc, cutBy cutters: [BoundaryArc]) -> [Double] {
    let cuts = ([0, arc.length] + cutters.flatMap { arc.meetings(with: $0) }).sorted()
    return zip(cuts, cuts.dropFirst()).compactMap { low, high in
      arc.extent(of: high - low) > shortest ? (low + high) / 2 : nil
    }
  }
}
