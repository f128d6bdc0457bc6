import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where the telescope points: a position on the sky that falls on a position in the focal plane, and the roll.
struct Attitude: Sendable, Hashable {
  /// The position on the sky.
  var target: SkyPosition
  /// The position in the focal plane (V2, V3) where the target falls, arcseconds.
  var aperture: FocalPosition
  /// Position angle of the V3 axis at the target, degrees.
  var roll: Double

  /// The sky at a position in the focal plane. With V3 to the north, V2 points east.
  func sky(at position: FocalPosition) -> SkyPosition {
    let (v2, v3) = ((position.v2 - aperture.v2) / 3600, (position.v3 - aperture.v3) / 3600)
    let (sine, cosine) = (sin(roll * .pi / 180), cos(roll * .pi / 180))
    return TangentPlane(center: target).position(east: v2 * cosine + v3 * sine, north: -v2 * sine + v3 * cosine)
  }

  /// The grid of a field of the focal plane, in its own tangent plane.
  func frame(of field: FocalField, width: Int, height: Int) -> Frame {
    let center = sky(at: field.center)
    // Meridians converge: the roll at the field is measured there, not taken over from the target.
    let up = sky(at: FocalPosition(v2: field.center.v2, v3: field.center.v3 + 1))
    return Frame(
      center: center, positionAngle: center.positionAngle(to: up) + field.angle, width: width, height: height,
      xScale: field.width / Double(width), yScale: field.height / Double(height))
  }
}

/// A position in the telescope's focal plane, arcseconds.
struct FocalPosition: Sendable, Hashable {
  var v2: Double
  var v3: Double
}

/// A rectangle in the focal plane.
struct FocalField: Sendable, Hashable {
  var center: FocalPosition
  /// Sides along x and y, arcseconds.
  var width: Double
  var height: Double
  /// Angle of the y axis to V3, degrees.
  var angle: Double

  init(_ v2: Double, _ v3: Double, _ width: Double, _ height: Double, angle: Double = 0) {
    center = FocalPosition(v2: v2, v3: v3)
    self.width = width
    self.height = height
    self.angle = angle
  }
}
