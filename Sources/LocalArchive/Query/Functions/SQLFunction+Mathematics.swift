internal import GRDBSQLite

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Mathematical functions (ADQL 2.1, section 4.4). SQLite has them only in some builds, and its `log` is another.
///
/// What has no value, such as the logarithm of a negative number, is NULL: one row does not spoil a query.
extension SQLFunction {
  static let mathematics: [SQLFunction] = [
    unary("acos") { acos($0) }, unary("asin") { asin($0) }, unary("atan") { atan($0) }, unary("cos") { cos($0) },
    unary("cot") { finite(1 / tan($0)) }, unary("sin") { sin($0) }, unary("tan") { tan($0) },
    unary("exp") { finite(exp($0)) }, unary("log") { finite(log($0)) }, unary("log10") { finite(log10($0)) },
    unary("sqrt") { $0.squareRoot() }, unary("degrees") { $0 * 180 / .pi }, unary("radians") { $0 * .pi / 180 },
    unary("ceiling") { $0.rounded(.up) }, unary("floor") { $0.rounded(.down) },
    binary("atan2") { atan2($0, $1) }, binary("power") { finite(pow($0, $1)) },
    SQLFunction("mod", 2) { call in
      if call.storage(0) == SQLITE_INTEGER, call.storage(1) == SQLITE_INTEGER {
        guard let dividend = call.integer(0), let divisor = call.integer(1), divisor != 0 else {
          return call.give(Int64?.none)
        }
        return call.give(divisor == -1 ? 0 : dividend % divisor)
      }
      guard let dividend = call.double(0), let divisor = call.double(1) else { return call.give(Double?.none) }
      call.give(fmod(dividend, divisor))
    },
    SQLFunction("round", 1) { call in call.give(call.double(0)?.rounded(.toNearestOrAwayFromZero)) },
    SQLFunction("round", 2) { call in call.give(places(call, .toNearestOrAwayFromZero)) },
    SQLFunction("truncate", 1) { call in call.give(call.double(0)?.rounded(.towardZero)) },
    SQLFunction("truncate", 2) { call in call.give(places(call, .towardZero)) },
    SQLFunction("rand", -1, isDeterministic: false) { call in
      var number: UInt64 = 0
      sqlite3_randomness(8, &number)
      call.give(Double(number >> 11) * 0x1p-53)
    },
  ]

  private static func unary(_ name: String, _ function: @escaping @Sendable (Double) -> Double) -> SQLFunction {
    SQLFunction(name, 1) { call in call.give(call.double(0).map(function)) }
  }

  private static func binary(_ name: String, _ function: @escaping @Sendable (Double, Double) -> Double) -> SQLFunction
  {
    SQLFunction(name, 2) { call in
      guard let first = call.double(0), let second = call.double(1) else { return call.give(Double?.none) }
      call.give(function(first, second))
    }
  }

  private static func finite(_ value: Double) -> Double { value.isFinite ? value : .nan }

  /// A number rounded to decimal places as the decimal that it prints as: 2.675 to two places is 2.68, though its bits are below. One that
  /// is cut is never beyond what it was.
  private static func places(_ call: SQLCall, _ rule: FloatingPointRoundingRule) -> Double? {
    guard let value = call.double(0), let places = call.integer(1) else { return nil }
    guard value.isFinite, places.magnitude <= 300 else { return places > 0 ? value : 0 }
    let scale = pow(10, Double(places.magnitude))
    let scaled = places >= 0 ? value * scale : value / scale
    guard scaled.magnitude < 0x1p52 else { return value }
    // Without decimal places nothing was lost by scaling.
    let nudged = places == 0 ? scaled : scaled * (1 + 2 * Double.ulpOfOne)
    let whole = nudged.rounded(rule)
    let result = places >= 0 ? whole / scale : whole * scale
    guard rule == .towardZero, result.magnitude > value.magnitude else { return result }
    let below = whole - (whole < 0 ? -1 : 1)
    return places >= 0 ? below / scale : below * scale
  }
}
