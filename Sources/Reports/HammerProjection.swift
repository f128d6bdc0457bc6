#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Hammer's equal-area projection of the whole sphere.
enum HammerProjection {
  /// Projects a position.
  /// - Parameters:
  ///   - longitude: degrees, −180...180.
  ///   - latitude: degrees, −90...90.
  /// - Returns: the place on an ellipse with half axes 1 and 0.5, x growing with longitude, y with latitude.
  static func project(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
    let half = longitude * .pi / 360
    let height = latitude * .pi / 180
    let depth = (1 + cos(height) * cos(half)).squareRoot()
    return (cos(height) * sin(half) / depth, sin(height) / depth / 2)
  }
}
