internal import GRDBSQLite
internal import SkyGeometry

/// Functions on times, which are text as DALI writes it (DALI 1.1, section 3.3.3).
extension SQLFunction {
  static let times: [SQLFunction] = [
    SQLFunction("timestamp", 1) { call in call.give(call.text(0).flatMap(TimestampText.canonical)) },
    SQLFunction("mjd", 1) { call in call.give(date(call)?.rawValue) },
    SQLFunction("jd", 1) { call in call.give(date(call).map { $0.rawValue + 2_400_000.5 }) },
  ]

  private static func date(_ call: SQLCall) -> ModifiedJulianDate? {
    guard let text = call.text(0) else { return nil }
    return ModifiedJulianDate(iso: text) ?? TimestampText.canonical(text).flatMap { ModifiedJulianDate(iso: $0) }
  }
}
