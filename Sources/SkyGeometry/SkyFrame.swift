/// A frame in which positions are given: right ascension and declination, or Galactic longitude and latitude.
///
/// `SkyPosition` is always ICRS; a frame turns its own coordinates into one and back.
public enum SkyFrame: String, Hashable, Sendable, CaseIterable {
  /// The International Celestial Reference System.
  case icrs = "ICRS"
  /// FK5 with mean equator and equinox J2000.
  case fk5 = "FK5"
  /// Galactic coordinates of 1958, IAU system II.
  case galactic = "Galactic"

  /// The position at coordinates of this frame.
  /// - Parameters:
  ///   - longitude: right ascension or Galactic longitude, degrees.
  ///   - latitude: declination or Galactic latitude, degrees.
  public func position(longitude: Double, latitude: Double) -> SkyPosition {
    let coordinates = SkyPosition(ra: longitude, dec: latitude)
    guard let rotation else { return coordinates }
    return SkyPosition(rotation.transposed * coordinates.vector)
  }

  /// The coordinates of a position in this frame.
  /// - Parameter position: where, in the ICRS.
  /// - Returns: right ascension or Galactic longitude in 0..<360, and declination or Galactic latitude, degrees; ICRS coordinates as they are.
  public func coordinates(of position: SkyPosition) -> (longitude: Double, latitude: Double) {
    guard let rotation else { return (position.ra, position.dec) }
    let turned = SkyPosition(rotation * position.vector)
    return (turned.ra, turned.dec)
  }

  /// Whether longitudes are right ascensions, which people write in hours.
  var isEquatorial: Bool { self != .galactic }

  /// The rotation from ICRS into the frame; `nil` where there is none to do.
  private var rotation: RotationMatrix? {
    switch self {
    case .icrs: nil
    case .fk5: Self.fromICRSToFK5
    case .galactic: Self.fromICRSToGalactic
    }
  }

  /// The frame bias of Mignard and Frœschlé (2000, A&A 354, 732), as in USNO Circular 179 (2005), section 3.5: the pole of FK5 lies at
  /// η₀ = −19.9 mas, ξ₀ = 9.1 mas, the origin of right ascension at dα₀ = −22.9 mas.
  private static let fromICRSToFK5 =
    RotationMatrix(axis: .x, degrees: 19.9 * milliarcsecond)
    * RotationMatrix(axis: .y, degrees: 9.1 * milliarcsecond)
    * RotationMatrix(axis: .z, degrees: -22.9 * milliarcsecond)

  /// IAU system II is defined in B1950 (Blaauw et al. 1960, MNRAS 121, 123). Its north pole and the longitude of the north celestial
  /// pole are taken here as Reid and Brunthaler (2004, ApJ 616, 872, appendix) carried them to J2000, in FK5.
  private static let fromICRSToGalactic =
    RotationMatrix(axis: .z, degrees: 180 - 122.931_918_568_002_6)
    * RotationMatrix(axis: .y, degrees: 90 - 27.128_251_180_856_22)
    * RotationMatrix(axis: .z, degrees: 192.859_481_206_534_8)
    * fromICRSToFK5

  private static let milliarcsecond = 1 / 3_600_000.0
}
