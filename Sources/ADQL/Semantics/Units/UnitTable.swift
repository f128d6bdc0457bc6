/// The named units with what they are in base units, and the prefixes. Source: VOUnits 1.1, tables 1 to 5.
enum UnitTable {
  /// A named unit in base units.
  struct Unit {
    var scale: Double
    var dimensions: [String: Double]
    var takesPrefixes: Bool
  }

  /// The unit of a symbol, with or without prefix.
  static func unit(_ symbol: String) -> Unit? {
    if let unit = units[symbol] { return unit }
    for (prefix, scale) in prefixes where symbol.hasPrefix(prefix) {
      if var unit = units[String(symbol.dropFirst(prefix.count))], unit.takesPrefixes {
        unit.scale *= scale
        return unit
      }
    }
    return nil
  }

  /// All symbols without prefix, to suggest one.
  static var symbols: [String] { units.keys.sorted() }

  /// A power with a small exponent, whole or a half, which is all that units need.
  static func power(_ value: Double, _ exponent: Double) -> Double {
    let whole = exponent.rounded(.towardZero)
    var result = exponent == whole ? 1 : value.squareRoot()
    if exponent < 0, exponent != whole { result = 1 / result }
    for _ in 0..<Int(min(whole.magnitude, 64)) { result = exponent < 0 ? result / value : result * value }
    return result
  }

  private static let prefixes: [(String, Double)] = [
    ("da", 1e1), ("d", 1e-1), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("µ", 1e-6), ("μ", 1e-6), ("n", 1e-9), ("p", 1e-12),
    ("f", 1e-15), ("a", 1e-18), ("z", 1e-21), ("y", 1e-24), ("h", 1e2), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12),
    ("P", 1e15), ("E", 1e18), ("Z", 1e21), ("Y", 1e24),
  ]

  private static let degree = Double.pi / 180

  private static let units: [String: Unit] = {
    var units: [String: Unit] = [:]
    func define(_ symbols: String, _ scale: Double, _ dimensions: [String: Double], prefixes: Bool = true) {
      for symbol in symbols.split(separator: " ") {
        units[String(symbol)] = Unit(scale: scale, dimensions: dimensions, takesPrefixes: prefixes)
      }
    }
    for base in ["m", "s", "A", "K", "mol", "cd", "rad", "mag", "bit"] { define(base, 1, [base: 1]) }
    define("g", 1e-3, ["kg": 1])
    // Angles.
    define("sr", 1, ["rad": 2])
    define("deg", degree, ["rad": 1], prefixes: false)
    define("arcmin", degree / 60, ["rad": 1], prefixes: false)
    define("arcsec as", degree / 3600, ["rad": 1])
    define("hourangle", degree * 15, ["rad": 1], prefixes: false)
    // Times; a year has 365.25 days.
    define("min", 60, ["s": 1], prefixes: false)
    define("h", 3600, ["s": 1], prefixes: false)
    define("d", 86400, ["s": 1], prefixes: false)
    define("a yr", 365.25 * 86400, ["s": 1])
    define("cy", 36525 * 86400, ["s": 1], prefixes: false)
    define("Hz Bq", 1, ["s": -1])
    // Lengths.
    define("Angstrom angstrom", 1e-10, ["m": 1], prefixes: false)
    define("AU au", 149_597_870_700, ["m": 1], prefixes: false)
    define("pc", 149_597_870_700 * 648_000 / .pi, ["m": 1])
    define("lyr", 299_792_458 * 365.25 * 86400, ["m": 1], prefixes: false)
    define("solRad", 6.957e8, ["m": 1], prefixes: false)
    define("barn", 1e-28, ["m": 2])
    // Mechanics and energy.
    define("N", 1, ["kg": 1, "m": 1, "s": -2])
    define("Pa", 1, ["kg": 1, "m": -1, "s": -2])
    define("bar", 1e5, ["kg": 1, "m": -1, "s": -2])
    define("J", 1, ["kg": 1, "m": 2, "s": -2])
    define("erg", 1e-7, ["kg": 1, "m": 2, "s": -2])
    define("eV", 1.602_176_634e-19, ["kg": 1, "m": 2, "s": -2])
    define("Ry", 2.179_872_361_103e-18, ["kg": 1, "m": 2, "s": -2])
    define("W", 1, ["kg": 1, "m": 2, "s": -3])
    define("solLum", 3.828e26, ["kg": 1, "m": 2, "s": -3], prefixes: false)
    define("solMass", 1.988_41e30, ["kg": 1], prefixes: false)
    define("u", 1.660_539_066_60e-27, ["kg": 1])
    define("Jy", 1e-26, ["kg": 1, "s": -2])
    define("R", 1e10 / (4 * .pi), ["photon": 1, "m": -2, "s": -1, "rad": -2])
    // Electricity and light.
    define("C", 1, ["A": 1, "s": 1])
    define("V", 1, ["kg": 1, "m": 2, "s": -3, "A": -1])
    define("Ohm", 1, ["kg": 1, "m": 2, "s": -3, "A": -2])
    define("S", 1, ["kg": -1, "m": -2, "s": 3, "A": 2])
    define("F", 1, ["kg": -1, "m": -2, "s": 4, "A": 2])
    define("H", 1, ["kg": 1, "m": 2, "s": -2, "A": -2])
    define("Wb", 1, ["kg": 1, "m": 2, "s": -2, "A": -1])
    define("T", 1, ["kg": 1, "s": -2, "A": -1])
    define("G", 1e-4, ["kg": 1, "s": -2, "A": -1])
    define("D", 1e-29 / 2.997_924_58, ["A": 1, "m": 1, "s": 1])
    define("lm", 1, ["cd": 1, "rad": 2])
    define("lx", 1, ["cd": 1, "rad": 2, "m": -2])
    // Things counted.
    define("pix pixel", 1, ["pixel": 1])
    define("ct count", 1, ["count": 1])
    define("ph photon", 1, ["photon": 1])
    define("byte B", 8, ["bit": 1])
    for counted in ["adu", "beam", "bin", "chan", "electron", "voxel", "Sun"] { define(counted, 1, [counted: 1]) }
    define("%", 0.01, [:], prefixes: false)
    return units
  }()
}
