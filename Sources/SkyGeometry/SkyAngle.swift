/// An angle as people type it: a number and a unit.
///
///     try SkyAngle(text: "1.5 arcmin").degrees  // 0.025
public struct SkyAngle: Hashable, Sendable {
  /// The angle, degrees.
  public var degrees: Double

  /// An angle in degrees.
  public init(degrees: Double) { self.degrees = degrees }

  /// An angle in some unit.
  /// - Parameters:
  ///   - value: the number.
  ///   - unit: what it counts.
  public init(_ value: Double, _ unit: Unit) { degrees = unit.degrees(value) }

  /// Reads `5deg`, `5 deg`, `1.5arcmin`, `90"`, `30'`, `1h`, `0.1rad`, `500mas` and the like; also `1d30m` and `1:30:00 deg`.
  /// - Parameters:
  ///   - text: the angle.
  ///   - defaultUnit: what a number without a unit counts; without it such a number is an error.
  /// - Throws: `SkyGeometryError`: `.missingUnit`, or `.unreadable` with examples.
  public init(text: some StringProtocol, defaultUnit: Unit? = nil) throws(SkyGeometryError) {
    let angle = try AngleText(text)
    guard let unit = angle.unit ?? defaultUnit else {
      throw SkyGeometryError(
        .missingUnit, "'\(angle.shown)' has no unit; say which: \(Self.examples).", word: nil)
    }
    degrees = angle.degrees(as: unit)
  }

  static let examples = "5deg, 1.5arcmin (30'), 3arcsec (3\"), 500mas, 0.1rad or 1h"

  /// What the number of an angle counts.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    /// Degrees.
    case degree = "deg"
    /// Minutes of arc.
    case arcminute = "arcmin"
    /// Seconds of arc.
    case arcsecond = "arcsec"
    /// Thousandths of a second of arc.
    case milliarcsecond = "mas"
    /// Radians.
    case radian = "rad"
    /// Hours of right ascension: 15 degrees.
    case hour = "h"

    /// A unit by one of its usual names or marks, capitals or not.
    init?(name: String) {
      switch name.lowercased() {
      case "deg", "d", "degree", "degrees", "°": self = .degree
      case "arcmin", "arcminute", "arcminutes", "amin", "'", "′": self = .arcminute
      case "arcsec", "arcsecond", "arcseconds", "asec", "\"", "″", "''": self = .arcsecond
      case "mas", "milliarcsec", "milliarcsecond", "milliarcseconds": self = .milliarcsecond
      case "rad", "radian", "radians": self = .radian
      case "h", "hr", "hour", "hours", "hourangle": self = .hour
      default: return nil
      }
    }

    func degrees(_ value: Double) -> Double {
      // Divisions by whole numbers round once; the factors would not.
      switch self {
      case .degree: value
      case .arcminute: value / 60
      case .arcsecond: value / 3600
      case .milliarcsecond: value / 3_600_000
      case .radian: value.degrees
      case .hour: value * 15
      }
    }
  }
}
