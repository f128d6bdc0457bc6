/// The outline of a polygon, prepared for tests: the corners as directions, the poles of the edges, and a cap around all.
///
/// A point is tested by going to it from a reference whose winding number is known and counting the edges on the way, each as +1 or −1.
/// The reference lies off the great circles of all edges; so wherever rounding could turn a sign, the point lies on the outline itself,
/// which is looked at first.
struct Outline: Sendable {
  struct Corner: Sendable {
    let vector: UnitVector
    /// The pole of the edge from this corner to the next one.
    let pole: UnitVector
    /// Whether the reference lies to the left of that edge.
    let isReferenceLeft: Bool
  }

  /// The corners without those that repeat their neighbour.
  let corners: [Corner]
  let cap: Cap
  /// A point off the outline.
  let reference: UnitVector
  /// The squared distance from the reference, and from its opposite, within which no edge runs.
  private let clearance: Double
  /// The winding numbers of the reference and of its opposite; that of a point outside is ``outside``.
  private let winding: (reference: Int, opposite: Int)
  /// The winding number outside: 0, or 1 where the smaller part is to the right of the edges.
  let outside: Int

  /// Prepares an outline.
  /// - Returns: `nil` when neighbouring corners lie opposite each other, so that no single great circle joins them.
  init?(_ directions: [UnitVector]) {
    var vectors: [UnitVector] = []
    vectors.reserveCapacity(directions.count)
    for direction in directions where vectors.last.map({ $0.isDistinct(from: direction) }) ?? true {
      vectors.append(direction)
    }
    while vectors.count > 1, !vectors[vectors.count - 1].isDistinct(from: vectors[0]) { vectors.removeLast() }

    cap = Cap(enclosing: vectors)
    guard vectors.count > 1 else {
      corners = vectors.map { Corner(vector: $0, pole: $0.perpendicular, isReferenceLeft: false) }
      reference = -cap.center
      (clearance, winding, outside) = (0, (0, 0), 0)
      return
    }
    var poles: [UnitVector] = []
    poles.reserveCapacity(vectors.count)
    for index in vectors.indices {
      let (start, end) = (vectors[index], vectors[index + 1 == vectors.count ? 0 : index + 1])
      guard (-start).isDistinct(from: end) else { return nil }
      poles.append(start.pole(to: end))
    }
    let (reference, distance) = Self.reference(off: poles, around: cap)
    self.reference = reference
    clearance = distance * distance / 4
    let corners = zip(vectors, poles).map {
      Corner(vector: $0, pole: $1, isReferenceLeft: $1.dot(reference) > 0)
    }
    self.corners = corners
    if cap.radius < Self.smallRadius {
      // The reference and its opposite lie at right angles to the middle, outside the cap.
      (winding, outside) = ((0, 0), 0)
    } else {
      let edge = Self.longestEdge(of: corners)
      let (start, end) = (corners[edge].vector, corners[edge + 1 == corners.count ? 0 : edge + 1].vector)
      let middle = start + end
      // To the left of an edge the winding number is 1; from the reference one gets to that edge on the side where the reference is.
      let atEdge = corners[edge].isReferenceLeft ? 1 : 0
      let atReference = atEdge - Self.crossings(of: corners, along: reference.cross(middle), to: middle, without: edge)
      let atOpposite = atReference + Self.crossingsToOpposite(of: corners, from: reference)
      winding = (atReference, atOpposite)
      outside = Self.areaToTheLeft(of: corners) <= 2 * .pi + 1e-12 ? 0 : 1
    }
  }

  func contains(_ point: UnitVector) -> Bool {
    guard cap.contains(point) else { return false }
    let path = reference.cross(point)
    if path.dot(path) < clearance {
      return (reference.dot(point) > 0 ? winding.reference : winding.opposite) != outside
    }
    return corners.withUnsafeBufferPointer { corners in
      var turns = winding.reference
      var edge = corners.count - 1
      var wasLeft = path.dot(corners[edge].vector) >= 0
      for index in corners.indices {
        let vector = corners[index].vector
        let isLeft = path.dot(vector) >= 0
        let height = corners[edge].pole.dot(point)
        if abs(height) <= touchingAngle, corners[edge].pole.spans(point, from: corners[edge].vector, to: vector) {
          return true
        }
        if wasLeft != isLeft { turns += corners[edge].crossing(isLeft: isLeft, isPointLeft: height >= 0) }
        (edge, wasLeft) = (index, isLeft)
      }
      return turns != outside
    }
  }
}

extension Outline.Corner {
  /// The change of the winding number where the way from the reference to a point meets the great circle of an edge, whose start lies on one
  /// side of that way and its end on the other: nothing unless the reference and the point lie on either side of the edge.
  /// - Parameters:
  ///   - isLeft: whether the end of the edge lies to the left of the way.
  ///   - isPointLeft: whether the point lies to the left of the edge.
  func crossing(isLeft: Bool, isPointLeft: Bool) -> Int {
    guard isReferenceLeft != isPointLeft, isLeft == isReferenceLeft else { return 0 }
    return isPointLeft ? 1 : -1
  }
}
