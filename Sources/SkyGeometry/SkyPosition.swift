#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A position on the sky in the ICRS.
public struct SkyPosition: Hashable, Sendable {
  /// Right ascension, degrees.
  public var ra: Double
  /// Declination, degrees.
  public var dec: Double

  /// Makes a position.
  /// - Parameters:
  ///   - ra: right ascension, degrees.
  ///   - dec: declination, degrees.
  public init(ra: Double, dec: Double) {
    self.ra = ra
    self.dec = dec
  }

  /// The position in which a direction points; right ascension in 0..<360.
  package init(_ vector: UnitVector) {
    let ra = atan2(vector.y, vector.x).degrees
    // A tiny negative angle would round up to 360 itself.
    let turned = ra < 0 ? ra + 360 : ra
    self.ra = turned >= 360 ? 0 : turned
    dec = atan2(vector.z, (vector.x * vector.x + vector.y * vector.y).squareRoot()).degrees
  }

  /// The direction of the position.
  package var vector: UnitVector {
    let (ra, dec) = (ra.radians, dec.radians)
    return UnitVector(x: cos(dec) * cos(ra), y: cos(dec) * sin(ra), z: sin(dec))
  }

  /// The angular distance to another position, degrees.
  public func separation(to other: SkyPosition) -> Double { vector.angle(to: other.vector).degrees }

  /// The direction in which another position lies, degrees from north through east, in 0..<360.
  public func positionAngle(to other: SkyPosition) -> Double {
    let step = (other.ra - ra).radians
    let (here, there) = (dec.radians, other.dec.radians)
    let angle = atan2(sin(step) * cos(there), cos(here) * sin(there) - sin(here) * cos(there) * cos(step)).degrees
    let turned = angle < 0 ? angle + 360 : angle
    return turned >= 360 ? 0 : turned
  }

  /// The position at the end of a great-circle arc that starts here.
  /// - Parameters:
  ///   - positionAngle: direction of the arc at its start, degrees from north through east.
  ///   - separation: length of the arc, degrees.
  public func offset(positionAngle: Double, separation: Double) -> SkyPosition {
    let (ra, dec) = (ra.radians, dec.radians)
    let (angle, arc) = (positionAngle.radians, separation.radians)
    // Step along the tangent that points to the position angle, in the frame of east and north at this position.
    let (east, north) = (sin(angle) * sin(arc), cos(angle) * sin(arc))
    let radial = cos(arc)
    return SkyPosition(
      UnitVector(
        x: radial * cos(dec) * cos(ra) - east * sin(ra) - north * sin(dec) * cos(ra),
        y: radial * cos(dec) * sin(ra) + east * cos(ra) - north * sin(dec) * sin(ra),
        z: radial * sin(dec) + north * cos(dec)))
  }
}
