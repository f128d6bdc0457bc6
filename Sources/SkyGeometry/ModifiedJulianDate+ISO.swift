extension ModifiedJulianDate {
  /// Reads an ISO 8601 date of the proleptic Gregorian calendar: `YYYY-MM-DD`, `YYYY-MM-DDThh:mm` or `YYYY-MM-DDThh:mm:ss[.fff…]`, with an
  /// optional `Z` at the end.
  ///
  /// Fields other than the year may have one digit. A leap second (`:60`) counts as the next minute's first.
  /// - Returns: `nil` for any other form and for dates that do not exist.
  public init?(iso text: String) {
    var fields = ISOFields(text.utf8[...])
    guard
      let year = fields.number(digits: 4...4), fields.skip("-"),
      let month = fields.number(digits: 1...2), fields.skip("-"),
      let day = fields.number(digits: 1...2),
      let days = CivilDate(year: year, month: month, day: day).modifiedJulianDay
    else { return nil }

    var seconds = 0.0
    if fields.skip("T") {
      guard
        let hour = fields.number(digits: 1...2), hour < 24, fields.skip(":"),
        let minute = fields.number(digits: 1...2), minute < 60
      else { return nil }
      seconds = Double(hour * 3600 + minute * 60)
      if fields.skip(":") {
        guard let second = fields.seconds() else { return nil }
        seconds += second
      }
    }
    _ = fields.skip("Z")
    guard fields.isAtEnd else { return nil }
    rawValue = Double(days) + seconds / 86_400
  }

  /// The date as text, for example `2022-07-18T03:00:00.000`.
  /// - Parameter fractionDigits: digits after the seconds' point, 0 to 9, to which the time is rounded.
  public func isoText(fractionDigits: Int = 3) -> String {
    let digits = max(0, min(9, fractionDigits))
    let scale = (0..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
    guard rawValue > -1e9, rawValue < 1e9 else { return rawValue.description }
    let floor = rawValue.rounded(.down)
    var day = Int64(floor)
    var ticks = Int64(((rawValue - floor) * 86_400 * Double(scale)).rounded())
    if ticks >= 86_400 * scale {
      ticks = 0
      day += 1
    }
    let date = CivilDate(modifiedJulianDay: day)
    let (seconds, fraction) = ticks.quotientAndRemainder(dividingBy: scale)
    var text = "\(date.isoText)T\((seconds / 3600).padded(to: 2)):\((seconds / 60 % 60).padded(to: 2))"
    text += ":\((seconds % 60).padded(to: 2))"
    if digits > 0 { text += ".\(fraction.padded(to: digits))" }
    return text
  }
}

/// Reads the fields of a date from the front of a text.
private struct ISOFields {
  private var rest: Substring.UTF8View

  init(_ text: Substring.UTF8View) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits allowed: ClosedRange<Int>) -> Int64? {
    let digits = rest.prefix { $0 &- 0x30 < 10 }
    guard allowed.contains(digits.count) else { return nil }
    rest = rest[digits.endIndex...]
    return digits.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
  }

  /// Seconds below 61 with an optional fraction.
  mutating func seconds() -> Double? {
    let start = rest
    guard let whole = number(digits: 1...2), whole <= 60 else { return nil }
    guard skip(".") else { return Double(whole) }
    let fraction = rest.prefix { $0 &- 0x30 < 10 }
    guard !fraction.isEmpty else { return nil }
    rest = rest[fraction.endIndex...]
    return Double(String(Substring(start[..<fraction.endIndex])))
  }
}

extension Int64 {
  func padded(to width: Int) -> String {
    let digits = String(magnitude)
    return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
