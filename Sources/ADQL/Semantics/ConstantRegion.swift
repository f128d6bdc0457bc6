/// A place or an area of the sky that a query gives in numbers or as text: the same for every row. All angles in degrees, ICRS.
public enum ConstantRegion: Hashable, Sendable {
  /// A position.
  public struct Position: Hashable, Sendable {
    /// Right ascension, degrees.
    public var longitude: Double
    /// Declination, degrees.
    public var latitude: Double

    /// A position by its coordinates.
    ///
    /// - Parameters:
    ///   - longitude: right ascension, degrees.
    ///   - latitude: declination, degrees.
    public init(longitude: Double, latitude: Double) {
      self.longitude = longitude
      self.latitude = latitude
    }
  }

  /// A position.
  case point(Position)
  /// All that lies within a radius, degrees.
  case circle(Position, radius: Double)
  /// ADQL's BOX: centre, width and height, degrees.
  case box(Position, width: Double, height: Double)
  /// Great circles from vertex to vertex, and from the last to the first.
  case polygon([Position])
  /// A region as text, STC-S or DALI, as it stands in the query.
  case text(String)
}
