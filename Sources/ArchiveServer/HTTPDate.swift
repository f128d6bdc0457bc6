internal import SkyGeometry

/// Dates as HTTP writes them: `Wed, 30 Sep 2026 07:06:36 GMT`.
enum HTTPDate {
  /// The text of a moment, seconds since 1970.
  static func text(_ seconds: Int64) -> String {
    let day = Int((Double(seconds) / 86400).rounded(.down))
    // The ISO form gives the calendar; 1 January 1970 was a Thursday.
    let iso = ModifiedJulianDate(unixMilliseconds: Int64(day) * 86_400_000).isoText(fractionDigits: 0)
    let date = iso.prefix(10).split(separator: "-")
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((day % 7) + 7) % 7]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard date.count == 3, let month = Int(date[1]), months.indices.contains(month - 1) else { return "" }
    let time = Int(seconds - Int64(day) * 86400)
    let clock = [time / 3600, time / 60 % 60, time % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    return "\(weekday), \(date[2]) \(months[month - 1]) \(date[0]) \(clock.joined(separator: ":")) GMT"
  }
}
