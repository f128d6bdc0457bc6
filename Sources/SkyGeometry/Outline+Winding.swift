#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Outline {
  /// Below this radius, 85° in radians, all that lies at right angles to the middle of an outline is outside.
  static let smallRadius = 85 * Double.pi / 180

  /// A point off the great circles of all edges, and its distance from the nearest of them, radians.
  static func reference(off poles: [UnitVector], around cap: Cap) -> (UnitVector, Double) {
    let east = cap.center.perpendicular
    let north = cap.center.cross(east)
    var best = (east, -1.0)
    for step in 0..<64 {
      // The golden angle never comes back to a direction; small outlines take points at right angles to their middle.
      let angle = 0.9 + 2.399_963_229_728_653 * Double(step)
      var candidate = east * cos(angle) + north * sin(angle)
      if cap.radius >= smallRadius {
        let height = (Double(step) + 0.5) / 32 - 1
        candidate = candidate * (1 - height * height).squareRoot() + cap.center * height
      }
      var distance = 1.0
      for pole in poles { distance = min(distance, abs(pole.dot(candidate))) }
      if distance > best.1 { best = (candidate, distance) }
      if distance > 0.2 { break }
    }
    return best
  }

  /// The change of the winding number on the shorter way from the reference to a point.
  /// - Parameters:
  ///   - corners: the corners of the outline.
  ///   - path: the reference × the point, of any length.
  ///   - point: the end of the way.
  ///   - skipped: the index of an edge that is not counted.
  static func crossings(
    of corners: [Corner], along path: UnitVector, to point: UnitVector, without skipped: Int
  ) -> Int {
    var turns = 0
    var last = corners.count - 1
    var wasLeft = path.dot(corners[last].vector) >= 0
    for index in corners.indices {
      let isLeft = path.dot(corners[index].vector) >= 0
      if wasLeft != isLeft, last != skipped {
        turns += corners[last].crossing(isLeft: isLeft, isPointLeft: corners[last].pole.dot(point) >= 0)
      }
      (last, wasLeft) = (index, isLeft)
    }
    return turns
  }

  /// The change of the winding number on some way from the reference to its opposite.
  static func crossingsToOpposite(of corners: [Corner], from reference: UnitVector) -> Int {
    let halfway = reference.perpendicular
    let path = reference.cross(halfway)
    var turns = 0
    var last = corners[corners.count - 1].vector
    for corner in corners {
      let (before, after) = (path.dot(last), path.dot(corner.vector))
      if (before >= 0) != (after >= 0) {
        let crossing = last * abs(after) + corner.vector * abs(before)
        if crossing.dot(halfway) > 0 { turns += after >= 0 ? -1 : 1 }
      }
      last = corner.vector
    }
    return turns
  }

  /// The index of the longest edge.
  static func longestEdge(of corners: [Corner]) -> Int {
    corners.indices.max {
      corners[$0].vector.squaredChord(to: corners[($0 + 1) % corners.count].vector)
        < corners[$1].vector.squaredChord(to: corners[($1 + 1) % corners.count].vector)
    } ?? 0
  }

  /// The area to the left of the edges, steradians in 0..<4π: 2π less the sum of the turns at the corners.
  static func areaToTheLeft(of corners: [Corner]) -> Double {
    var turns = 0.0
    var last = corners[corners.count - 1].pole
    for corner in corners {
      turns += atan2(corner.vector.dot(last.cross(corner.pole)), last.dot(corner.pole))
      last = corner.pole
    }
    let area = (2 * .pi - turns).truncatingRemainder(dividingBy: 4 * .pi)
    return area < 0 ? area + 4 * .pi : area
  }
}

extension UnitVector {
  /// Whether another direction is not the same but for rounding.
  func isDistinct(from other: Self) -> Bool { squaredChord(to: other) > 1e-30 }

  /// Whether a point near the great circle of this pole lies between two directions on it, going counter-clockwise by less than 180°.
  func spans(_ point: Self, from start: Self, to end: Self) -> Bool {
    (start + end).dot(point) > 0 && cross(start).dot(point) >= -touchingAngle
      && end.cross(self).dot(point) >= -touchingAngle
  }
}
