#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The named units with what they are in base units, and the prefixes. Source: VOUnits 1.1, tables 1 to 5.
enum UnitTable {
  /// A named unit in base units. Powers of ten are kept apart, so that nanometres to metres is not off by a rounding.
  struct Unit {
    var scale: Double
    var decimalExponent: Int
    var dimensions: [String: Double]
    var takesPrefixes: Bool
  }

  /// The unit of a symbol, with or without prefix.
  static func unit(_ symbol: String) -> Unit? {
    if let unit = units[symbol] { return unit }
    for (prefix, exponent) in prefixes where symbol.hasPrefix(prefix) {
      if var unit = units[String(symbol.dropFirst(prefix.count))], unit.takesPrefixes {
        unit.decimalExponent += exponent
        return unit
      }
    }
    return nil
  }

  /// All symbols without prefix, to suggest one.
  static var symbols: [String] { units.keys.sorted() }

  /// A power of a scale.
  static func power(_ value: Double, _ exponent: Double) -> Double { pow(value, exponent) }

  private static let prefixes: [(String, Int)] = [
    ("da", 1), ("d", -1), ("c", -2), ("m", -3), ("u", -6), ("µ", -6), ("μ", -6), ("n", -9), ("p", -12), ("f", -15),
    ("a", -18), ("z", -21), ("y", -24), ("h", 2), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18),
    ("Z", 21),
    ("Y", 24),
  ]

  private static let arcsecondsPerRadian = 648_000 / Double.pi

  private static let units: [String: Unit] = {
    var units: [String: Unit] = [:]
    func define(
      _ symbols: String, _ scale: Double, exponent: Int = 0, _ dimensions: [String: Double], prefixes: Bool = true
    ) {
      for symbol in symbols.split(separator: " ") {
        units[String(symbol)] = Unit(
          scale: scale, decimalExponent: exponent, dimensions: dimensions, takesPrefixes: prefixes)
      }
    }
    for base in ["m", "s", "A", "K", "mol", "cd", "mag", "bit"] { define(base, 1, [base: 1]) }
    define("g", 1, exponent: -3, ["kg": 1])
    // Angles.
    define("arcsec as", 1, ["arcsec": 1])
    define("arcmin", 60, ["arcsec": 1], prefixes: false)
    define("deg", 3600, ["arcsec": 1], prefixes: false)
    define("hourangle", 54000, ["arcsec": 1], prefixes: false)
    define("rad", arcsecondsPerRadian, ["arcsec": 1])
    define("sr", arcsecondsPerRadian * arcsecondsPerRadian, ["arcsec": 2])
    // Times; a year has 365.25 days.
    define("min", 60, ["s": 1], prefixes: false)
    define("h", 3600, ["s": 1], prefixes: false)
    define("d", 86400, ["s": 1], prefixes: false)
    define("a yr", 365.25 * 86400, ["s": 1])
    define("cy", 36525 * 86400, ["s": 1], prefixes: false)
    define("Hz Bq", 1, ["s": -1])
    // Lengths.
    define("Angstrom angstrom", 1, exponent: -10, ["m": 1], prefixes: false)
    define("AU au", 149_597_870_700, ["m": 1], prefixes: false)
    define("pc", 149_597_870_700 * arcsecondsPerRadian, ["m": 1])
    define("lyr", 299_792_458 * 365.25 * 86400, ["m": 1], prefixes: false)
    define("solRad", 6.957, exponent: 8, ["m": 1], prefixes: false)
    define("barn", 1, exponent: -28, ["m": 2])
    // Mechanics and energy.
    define("N", 1, ["kg": 1, "m": 1, "s": -2])
    define("Pa", 1, ["kg": 1, "m": -1, "s": -2])
    define("bar", 1, exponent: 5, ["kg": 1, "m": -1, "s": -2])
    define("J", 1, ["kg": 1, "m": 2, "s": -2])
    define("erg", 1, exponent: -7, ["kg": 1, "m": 2, "s": -2])
    define("eV", 1.602_176_634, exponent: -19, ["kg": 1, "m": 2, "s": -2])
    define("Ry", 2.179_872_361_103, exponent: -18, ["kg": 1, "m": 2, "s": -2])
    define("W", 1, ["kg": 1, "m": 2, "s": -3])
    define("solLum", 3.828, exponent: 26, ["kg": 1, "m": 2, "s": -3], prefixes: false)
    define("solMass", 1.988_41, exponent: 30, ["kg": 1], prefixes: false)
    define("u", 1.660_539_066_60, exponent: -27, ["kg": 1])
    define("Jy", 1, exponent: -26, ["kg": 1, "s": -2])
    // Electricity and light.
    define("C", 1, ["A": 1, "s": 1])
    define("V", 1, ["kg": 1, "m": 2, "s": -3, "A": -1])
    define("Ohm", 1, ["kg": 1, "m": 2, "s": -3, "A": -2])
    define("S", 1, ["kg": -1, "m": -2, "s": 3, "A": 2])
    define("F", 1, ["kg": -1, "m": -2, "s": 4, "A": 2])
    define("H", 1, ["kg": 1, "m": 2, "s": -2, "A": -2])
    define("Wb", 1, ["kg": 1, "m": 2, "s": -2, "A": -1])
    define("T", 1, ["kg": 1, "s": -2, "A": -1])
    define("G", 1, exponent: -4, ["kg": 1, "s": -2, "A": -1])
    // Things counted.
    define("pix pixel", 1, ["pixel": 1])
    define("ct count", 1, ["count": 1])
    define("ph photon", 1, ["photon": 1])
    define("byte B", 8, ["bit": 1])
    for counted in ["adu", "beam", "bin", "chan", "electron", "voxel"] { define(counted, 1, [counted: 1]) }
    define("10", 1, exponent: 1, [:], prefixes: false)
    define("%", 1, exponent: -2, [:], prefixes: false)
    return units
  }()
}
