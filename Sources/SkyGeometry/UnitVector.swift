#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A direction as a vector of length one: x towards (0°, 0°), y towards (90°, 0°), z towards the north pole.
package struct UnitVector: Hashable, Sendable {
  package var x, y, z: Double

  package init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  package func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

  package func cross(_ other: Self) -> Self {
    Self(x: y * other.z - z * other.y, y: z * other.x - x * other.z, z: x * other.y - y * other.x)
  }

  package var length: Double { dot(self).squareRoot() }

  /// The same direction with length one; `nil` for the null vector.
  package var normalized: Self? {
    let length = length
    guard length > 1e-15 else { return nil }
    return Self(x: x / length, y: y / length, z: z / length)
  }

  /// The angle to another direction, radians; exact for small and for nearly opposite angles, where an arc cosine is not.
  package func angle(to other: Self) -> Double { atan2(cross(other).length, dot(other)) }

  /// The angle to the nearest point of the shorter great-circle arc between two directions, radians.
  package func angle(toArcFrom a: Self, to b: Self) -> Double {
    guard let pole = a.cross(b).normalized else { return min(angle(to: a), angle(to: b)) }
    // The foot of the perpendicular lies on the arc when the point is on the inner side of both ends.
    if pole.cross(a).dot(self) >= 0, b.cross(pole).dot(self) >= 0 {
      return abs(asin(max(-1, min(1, pole.dot(self)))))
    }
    return min(angle(to: a), angle(to: b))
  }

  package static func + (a: Self, b: Self) -> Self { Self(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
  package static func - (a: Self, b: Self) -> Self { Self(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }
  package static func * (a: Self, factor: Double) -> Self { Self(x: a.x * factor, y: a.y * factor, z: a.z * factor) }
  package static prefix func - (a: Self) -> Self { Self(x: -a.x, y: -a.y, z: -a.z) }

  /// The square of the length of the straight line to another direction, 4 sin²(angle / 2): as exact for small angles as the angle itself.
  func squaredChord(to other: Self) -> Double {
    let step = other - self
    return step.dot(step)
  }

  /// The pole of the great circle from one direction to another, which sees that way run counter-clockwise.
  ///
  /// The sum and the difference of two neighbours are exact where their own cross product cancels. Not of use for opposite directions.
  func pole(to other: Self) -> Self {
    let pole = (self + other).cross(other - self)
    return pole * (1 / pole.length)
  }

  /// Some direction at right angles.
  var perpendicular: Self {
    let axis = abs(z) < 0.8 ? Self(x: 0, y: 0, z: 1) : Self(x: 1, y: 0, z: 0)
    let across = axis.cross(self)
    return across * (1 / across.length)
  }
}

/// How far a point may lie from an outline and still touch it, radians: 1e-10 degrees.
let touchingAngle = 1e-10.radians

extension Double {
  var radians: Double { self * .pi / 180 }
  var degrees: Double { self * 180 / .pi }
}
