/// A part of the sky between two meridians and two parallels, `range` in DALI 1.2.
///
/// Its northern and southern sides are parallels, not great circles: a box is something else, see ``SkyPolygon/init(center:width:height:)``.
public struct SkyRange: Hashable, Sendable {
  /// The right ascension of the western side, degrees.
  public var west: Double
  /// The right ascension of the eastern side, degrees. The range goes from west to east through growing right ascension, past 360 where
  /// east is below west.
  public var east: Double
  /// The declination of the southern side, degrees.
  public var south: Double
  /// The declination of the northern side, degrees.
  public var north: Double

  /// Makes a range.
  /// - Parameters:
  ///   - west: the least right ascension, degrees.
  ///   - east: the greatest right ascension, degrees; below `west` where the range goes through 0.
  ///   - south: the least declination, degrees.
  ///   - north: the greatest declination, degrees.
  public init(west: Double, east: Double, south: Double, north: Double) {
    self.west = west
    self.east = east
    self.south = south
    self.north = north
  }

  /// How far the range reaches in right ascension, degrees in 0...360.
  public var width: Double {
    guard (east - west).magnitude < 360 else { return 360 }
    return east < west ? east - west + 360 : east - west
  }

  /// Whether a position lies inside or on a side.
  public func contains(_ position: SkyPosition) -> Bool { PreparedShape(.range(self)).contains(position.vector) }
}
