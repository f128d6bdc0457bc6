/// The form of timestamps. Source: DALI 1.1, section 3.1.2; PostgreSQL's blank between date and time is read too.
enum TimestampText {
  /// Whether a text is a date, or a date with a time, with numbers in their ranges.
  static func isValid(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard let year = number(&rest, digits: 4), skip(&rest, "-"), let month = number(&rest, digits: 2), skip(&rest, "-"),
      let day = number(&rest, digits: 2), (1...12).contains(month), (1...days(in: month, of: year)).contains(day)
    else { return false }
    guard skip(&rest, "T") || skip(&rest, " ") else { return rest.isEmpty }
    guard let hour = number(&rest, digits: 2), skip(&rest, ":"), let minute = number(&rest, digits: 2), hour < 24,
      minute < 60
    else { return false }
    if skip(&rest, ":") {
      guard let second = number(&rest, digits: 2), second <= 60 else { return false }
      if skip(&rest, ".") { rest = rest.drop { (48...57).contains($0) } }
    }
    _ = skip(&rest, "Z")
    return rest.isEmpty
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, digits: Int) -> Int? {
    guard rest.count >= digits, rest.prefix(digits).allSatisfy({ (48...57).contains($0) }) else { return nil }
    defer { rest.removeFirst(digits) }
    return rest.prefix(digits).reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private static func skip(_ rest: inout ArraySlice<UInt8>, _ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }
}
