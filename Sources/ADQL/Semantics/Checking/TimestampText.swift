/// The form of timestamps. Source: DALI 1.1, section 3.1.2; PostgreSQL's blank between date and time is read too.
struct TimestampText {
  private var rest: ArraySlice<UInt8>

  /// A date, or a date with a time, as `YYYY-MM-DDThh:mm:ss`, with a fraction of the second where the text has one; nil when it is no time.
  /// Comparing such texts compares times. A leap second counts as the first of the next minute.
  ///
  /// - Parameter text: the time; its parts have all their digits.
  static func canonical(_ text: String) -> String? {
    var reading = TimestampText(rest: Array(text.utf8)[...])
    guard let (year, month, day) = reading.date(), let (minutes, second, fraction) = reading.time() else { return nil }
    var moment = (year: year, month: month, day: day, minutes: minutes + second / 60)
    if moment.minutes == 24 * 60 { (moment.day, moment.minutes) = (day + 1, 0) }
    if moment.day > days(in: month, of: year) { (moment.month, moment.day) = (month + 1, 1) }
    if moment.month > 12 { (moment.year, moment.month) = (year + 1, 1) }
    guard moment.year <= 9999 else { return nil }
    let date = "\(padded(moment.year, to: 4))-\(padded(moment.month))-\(padded(moment.day))"
    return "\(date)T\(padded(moment.minutes / 60)):\(padded(moment.minutes % 60)):\(padded(second % 60))\(fraction)"
  }

  private mutating func date() -> (year: Int, month: Int, day: Int)? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
    else { return nil }
    return (year, month, day)
  }

  /// What follows the date to the end, as minutes of the day, seconds, and the fraction with its point.
  private mutating func time() -> (minutes: Int, second: Int, fraction: String)? {
    if rest.isEmpty { return (0, 0, "") }
    guard skip("T") || skip(" "), let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), hour < 24,
      minute < 60
    else { return nil }
    var (second, fraction) = (0, "")
    if skip(":") {
      guard let whole = number(digits: 2), whole <= 60 else { return nil }
      second = whole
      if skip(".") {
        let digits = rest.prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        fraction = "." + String(decoding: digits, as: UTF8.self)
      }
    }
    _ = skip("Z")
    return rest.isEmpty ? (hour * 60 + minute, second, fraction) : nil
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private mutating func number(digits: Int) -> Int? {
    guard rest.count >= digits, rest.prefix(digits).allSatisfy({ (48...57).contains($0) }) else { return nil }
    defer { rest.removeFirst(digits) }
    return rest.prefix(digits).reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }
}
