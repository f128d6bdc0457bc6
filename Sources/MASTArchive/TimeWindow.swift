public import SkyGeometry

/// The span of observation start times to search, both ends included; an open end is `nil`.
public struct TimeWindow: Sendable, Hashable {
  /// Earliest start, MJD UTC.
  public var earliest: Double?
  /// Latest start, MJD UTC.
  public var latest: Double?

  /// All dates.
  public static let all = TimeWindow(earliest: nil, latest: nil)

  /// Makes a window.
  public init(earliest: Double?, latest: Double?) {
    self.earliest = earliest
    self.latest = latest
  }

  /// The days before a moment; zero or less searches the whole past. Observations that begin a little later than `now`
  /// (0.1 day) belong to it, since clocks differ.
  public init(lookback days: Double, now: ModifiedJulianDate) {
    earliest = days > 0 ? now.rawValue - days : nil
    latest = now.rawValue + 0.1
  }

  /// The window that `--date_select` words describe: one value (exactly then), one ending in `+` (from then on) or `-`
  /// (until then), or two values. A value is an MJD or an ISO time. Source: `jwst-mast-query` 6.
  ///
  ///     try TimeWindow(dateSelect: ["2021-08-11T16:49:49+"], now: now)
  public init(dateSelect words: [String], now: ModifiedJulianDate) throws(MASTArchiveError) {
    let upperDefault = now.rawValue + 0.1
    switch words.count {
    case 1 where words[0].hasSuffix("+"):
      self.init(earliest: try Self.moment(words[0].dropLast()), latest: upperDefault)
    case 1 where words[0].hasSuffix("-"):
      self.init(earliest: nil, latest: try Self.moment(words[0].dropLast()))
    case 1:
      let moment = try Self.moment(words[0][...])
      self.init(earliest: moment, latest: moment)
    case 2:
      self.init(earliest: try Self.moment(words[0][...]), latest: try Self.moment(words[1][...]))
      if let earliest, let latest, earliest > latest {
        throw MASTArchiveError(.badCriteria, "The dates are the wrong way round: \(words[0]) is after \(words[1]).")
      }
    default:
      throw MASTArchiveError(
        .badCriteria,
        "A date selection has one value (which may end in + or -) or two, not \(words.count). Example: 2022-07-01 2022-07-31"
      )
    }
  }

  private static func moment(_ text: Substring) throws(MASTArchiveError) -> Double {
    if let mjd = Double(text), abs(mjd) < 1e7 { return mjd }
    if let date = ModifiedJulianDate(iso: String(text)) { return date.rawValue }
    throw MASTArchiveError(
      .badCriteria,
      "\"\(text)\" is not a date: write an MJD such as 59437.5, or 2021-08-11 or 2021-08-11T16:49:49 (UTC).")
  }

  /// Whether every date is inside.
  public var isUnbounded: Bool { earliest == nil && latest == nil }

  /// The window in words, for example `2022-07-19T12:00:00 to 2022-07-20T14:24:00 (MJD 59779.5 to 59780.6)`.
  public var text: String {
    if isUnbounded { return "all dates" }
    let earliestISO = earliest.map { ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 0) }
    let latestISO = latest.map { ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 0) }
    let mjd = "MJD \(earliest.map(\.description) ?? "any") to \(latest.map(\.description) ?? "any")"
    return "\(earliestISO ?? "the beginning") to \(latestISO ?? "any later time") (\(mjd))"
  }
}
