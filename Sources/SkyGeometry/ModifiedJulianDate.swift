/// A moment as days since 1858-11-17T00:00 UTC. A double resolves about a microsecond in our century.
public struct ModifiedJulianDate: RawRepresentable, Hashable, Comparable, Sendable {
  /// Days since 1858-11-17T00:00 UTC.
  public var rawValue: Double

  /// Makes a date from days since 1858-11-17T00:00 UTC.
  public init(rawValue: Double) { self.rawValue = rawValue }

  /// Earlier dates are smaller.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The day on which Unix time begins.
  private static let unixEpoch: Int64 = 40_587
  private static let millisecondsPerDay: Int64 = 86_400_000

  /// The date of a moment in milliseconds since 1970-01-01T00:00 UTC, leap seconds not counted.
  public init(unixMilliseconds: Int64) {
    let (day, rest) = unixMilliseconds.flooredDivision(by: Self.millisecondsPerDay)
    rawValue = Double(Self.unixEpoch + day) + Double(rest) / Double(Self.millisecondsPerDay)
  }

  /// The moment in milliseconds since 1970-01-01T00:00 UTC, rounded; a date outside the range of the type gives its nearest end.
  public var unixMilliseconds: Int64 {
    let day = rawValue.rounded(.down)
    guard day > -1e11, day < 1e11 else { return rawValue > 0 ? .max : .min }
    let rest = ((rawValue - day) * Double(Self.millisecondsPerDay)).rounded()
    return (Int64(day) - Self.unixEpoch) * Self.millisecondsPerDay + Int64(rest)
  }
}

extension Int64 {
  /// Quotient and remainder, the remainder never negative.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
