#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension SkyPolygon {
  /// The longest side of a box, degrees.
  public static let widestBox = 179.0

  /// A box around a position, its sides towards north, east, south and west of it.
  ///
  /// The sides are great circles at right angles to the arms of a cross through their ends, as ADQL 2.1 has them.
  /// - Parameters:
  ///   - center: the middle.
  ///   - width: from the middle of the western side to that of the eastern one, degrees.
  ///   - height: from the middle of the southern side to that of the northern one, degrees.
  /// - Returns: `nil` for a side that is not between 0 and ``widestBox``.
  /// - Throws: `SkyGeometryError` when the corners fall together.
  public init?(center: SkyPosition, width: Double, height: Double) throws(SkyGeometryError) {
    guard (0...Self.widestBox).contains(width), (0...Self.widestBox).contains(height) else { return nil }
    let plane = TangentPlane(center: center)
    let (east, north) = (tan(width.radians / 2).degrees, tan(height.radians / 2).degrees)
    try self.init(
      vertices: [(-east, -north), (east, -north), (east, north), (-east, north)].map {
        plane.position(east: $0.0, north: $0.1)
      })
  }
}
