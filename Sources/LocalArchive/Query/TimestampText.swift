internal import GRDBSQLite
internal import SkyGeometry

/// Times as all tables hold them and all queries compare them, so that the order of the texts is that of the times.
enum TimestampText {
  /// `YYYY-MM-DDThh:mm:ss.fff`, with more digits where the time is finer; the last of those is not 0. Equal times are equal texts.
  /// - Parameter text: a time as DALI writes it (DALI 1.1, section 3.3.3), or with PostgreSQL's blank between date and time.
  /// - Returns: `nil` for what is no time.
  static func canonical(_ text: String) -> String? {
    var rest = text.trimmingBlanks
    if rest.last == "Z" { rest.removeLast() }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard var whole = parts.first.map(String.init), whole.last != "Z" else { return nil }
    if let blank = whole.firstIndex(of: " ") { whole.replaceSubrange(blank...blank, with: "T") }
    guard let date = ModifiedJulianDate(iso: whole) else { return nil }
    var fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    // Only seconds have a fraction.
    if parts.count == 2, whole.utf8.count(where: { $0 == UInt8(ascii: ":") }) != 2 { return nil }
    while fraction.utf8.count > 3, fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
    while fraction.utf8.count < 3 { fraction.append("0") }
    return "\(date.isoText(fractionDigits: 0)).\(fraction)"
  }
}

// MARK: Before there was one form

extension TimestampText {
  /// The name of the order that columns of users' tables were declared with while they held times as they had come.
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
  private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int32 {
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
