public import SkyGeometry

/// The part of the sky in which observations are looked for.
public enum SearchRegion: Sendable, Hashable {
  /// All within a radius (degrees) of a position.
  case cone(SkyPosition, radius: Double)
  /// A box around a position, with its width and height in degrees, as ADQL's BOX understands them (ADQL 2.0, section 2.4.4).
  case box(SkyPosition, width: Double, height: Double)

  /// The middle of the region.
  public var center: SkyPosition {
    switch self {
    case .cone(let center, _), .box(let center, _, _): center
    }
  }

  /// Checks that the numbers can belong to a region of the sky.
  func validate() throws(ESAArchiveError) {
    let center = center
    guard (0...360).contains(center.ra), (-90...90).contains(center.dec) else {
      throw .badCriteria(
        "region",
        "The position \(center.ra), \(center.dec) is not on the sky: right ascension goes from 0 to 360"
          + " and declination from -90 to 90 degrees.")
    }
    switch self {
    case .cone(_, let radius): try Self.check(radius, "radius", atMost: 180)
    case .box(_, let width, let height):
      try Self.check(width, "width", atMost: 360)
      try Self.check(height, "height", atMost: 180)
    }
  }

  private static func check(_ angle: Double, _ option: String, atMost largest: Double) throws(ESAArchiveError) {
    guard angle > 0, angle <= largest else {
      throw .badCriteria(option, "The \(option) is \(angle) degrees; give more than 0 and at most \(Int(largest)).")
    }
  }
}
