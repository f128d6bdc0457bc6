internal import GRDBSQLite
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

  /// The name of the order of times that are written in different ways, as in uploaded tables.
  static let collation = "adql_time"

  static func registerCollation(on handle: OpaquePointer) {
    sqlite3_create_collation_v2(
      handle, collation, SQLITE_UTF8, nil,
      { _, count, left, otherCount, right in
        TimestampText.compare(
          UnsafeRawBufferPointer(start: left, count: Int(count)),
          UnsafeRawBufferPointer(start: right, count: Int(otherCount)))
      }, nil)
  }

  /// Compares two times of different precision: `2022-07-12`, `2022-07-12T00:00` and `2022-07-12T00:00:00.0Z` are the same.
  static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int32 {
    let common = min(left.count, right.count)
    for index in 0..<common where left[index] != right[index] {
      let (a, b) = (digit(left[index]), digit(right[index]))
      if a != b { return a < b ? -1 : 1 }
    }
    let rest = left.count > common ? left[common...] : right[common...]
    guard rest.contains(where: { digit($0) > 0 }) else { return 0 }
    return left.count > common ? 1 : -1
  }

  private static func digit(_ byte: UInt8) -> Int { (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : 0 }
}
