#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The gnomonic projection (`TAN`) around a position: great circles become straight lines.
public struct TangentPlane: Hashable, Sendable {
  /// Where the plane touches the sphere.
  public let center: SkyPosition

  /// A plane that touches the sphere at a position.
  public init(center: SkyPosition) { self.center = center }

  /// Projects a position.
  /// - Returns: standard coordinates, degrees towards east and north; `nil` for a position 90° or more from the centre.
  public func project(_ position: SkyPosition) -> (east: Double, north: Double)? {
    let step = (position.ra - center.ra).radians
    let (here, there) = (center.dec.radians, position.dec.radians)
    let depth = sin(here) * sin(there) + cos(here) * cos(there) * cos(step)
    guard depth > 1e-9 else { return nil }
    let east = cos(there) * sin(step) / depth
    let north = (cos(here) * sin(there) - sin(here) * cos(there) * cos(step)) / depth
    return (east.degrees, north.degrees)
  }

  /// The position at standard coordinates.
  /// - Parameters:
  ///   - east: degrees towards east.
  ///   - north: degrees towards north.
  public func position(east: Double, north: Double) -> SkyPosition {
    let (east, north) = (east.radians, north.radians)
    guard east != 0 || north != 0 else { return center }
    let distance = (east * east + north * north).squareRoot()
    return center.offset(positionAngle: atan2(east, north).degrees, separation: atan(distance).degrees)
  }
}
