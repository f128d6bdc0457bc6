internal import SkyGeometry

/// Functions on times, which are text as DALI writes it (DALI 1.1, section 3.3.3).
extension SQLFunction {
  static let times: [SQLFunction] = [
    SQLFunction("timestamp", 1) { call in call.give(call.text(0).flatMap(TimestampText.canonical)) },
    SQLFunction("mjd", 1) { call in call.give(call.text(0).flatMap { ModifiedJulianDate(iso: $0)?.rawValue }) },
    SQLFunction("jd", 1) { call in
      call.give(call.text(0).flatMap { ModifiedJulianDate(iso: $0).map { $0.rawValue + 2_400_000.5 } })
    },
  ]
}

/// Times as the archive's tables write them, so that comparing texts compares times.
enum TimestampText {
  /// `YYYY-MM-DDThh:mm:ss.fff`; `nil` for what is no time.
  static func canonical(_ text: String) -> String? {
    ModifiedJulianDate(iso: String(text.trimmingBlanks))?.isoText(fractionDigits: 3)
  }
}
