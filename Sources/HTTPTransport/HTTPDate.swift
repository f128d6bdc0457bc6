/// Dates in header fields: `Sun, 06 Nov 1994 08:49:37 GMT` and the two older spellings of RFC 9110.
public enum HTTPDate {
  /// Seconds since 1970 UTC; `nil` when the text is no date.
  public static func seconds(_ text: some StringProtocol) -> Int64? {
    let words = text.split(whereSeparator: { " ,-:".contains($0) }).map { String($0) }
    guard words.count == 8 || words.count == 7 else { return nil }
    // Sun Nov 6 08 49 37 1994 (asctime) against Sun 06 Nov 1994 08 49 37 GMT (the others).
    let isOldC = words.count == 7
    if !isOldC, words[7] != "GMT" { return nil }
    let clock = isOldC ? 3 : 4
    guard let day = Int(words[isOldC ? 2 : 1]), let month = months.firstIndex(of: words[isOldC ? 1 : 2]),
      let writtenYear = Int(words[isOldC ? 6 : 3]), let hour = Int(words[clock]), let minute = Int(words[clock + 1]),
      let second = Int(words[clock + 2])
    else { return nil }
    let isShort = words[isOldC ? 6 : 3].count == 2
    let year = isShort ? writtenYear + (writtenYear < 70 ? 2000 : 1900) : writtenYear
    guard (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
      (1970...9999).contains(year)
    else { return nil }
    return (days(year, month + 1, day) * 24 + Int64(hour)) * 3600 + Int64(minute) * 60 + Int64(second)
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Days from 1970-01-01 to a day of the Gregorian calendar, with years that begin in March.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return Int64(365 * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468)
  }
}
