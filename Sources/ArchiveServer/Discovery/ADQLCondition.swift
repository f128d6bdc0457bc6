internal import SkyGeometry

/// Conditions of a query in ADQL, put together from values that clients send: texts are quoted, numbers are numbers.
struct ADQLCondition: Sendable, Hashable {
  /// The condition.
  let text: String

  /// A condition as it is; nothing that a client sent may stand in it.
  init(_ text: StaticString) { self.text = "\(text)" }

  private init(joined text: String) { self.text = text }

  /// A column that has one of some values; texts are compared as they are.
  static func column(_ name: StaticString, in values: [String]) -> ADQLCondition {
    let list = values.map(quoted)
    return ADQLCondition(
      joined: list.count == 1 ? "\(name) = \(list[0])" : "\(name) IN (\(list.joined(separator: ", ")))")
  }

  /// A column whose text begins so.
  static func column(_ name: StaticString, beginsWith text: String) -> ADQLCondition {
    // `%` and `_` stand for themselves only where nothing follows that they could stand for: such texts are compared whole.
    guard !text.contains(where: { $0 == "%" || $0 == "_" }) else { return column(name, in: [text]) }
    return ADQLCondition(joined: "\(name) LIKE \(quoted(text + "%"))")
  }

  /// A column whose text holds another.
  static func column(_ name: StaticString, holds text: String) -> ADQLCondition {
    ADQLCondition(joined: "\(name) LIKE \(quoted("%" + text.filter { $0 != "%" && $0 != "_" } + "%"))")
  }

  /// Two columns, the ends of an interval, that touch an interval.
  static func columns(_ low: StaticString, _ high: StaticString, touch interval: ClosedRange<Double>) -> ADQLCondition {
    var parts: [String] = []
    if interval.upperBound.isFinite { parts.append("\(low) <= \(interval.upperBound)") }
    if interval.lowerBound.isFinite { parts.append("\(high) >= \(interval.lowerBound)") }
    // What has no interval touches none.
    if parts.isEmpty { parts = ["\(low) IS NOT NULL"] }
    return ADQLCondition(joined: parts.joined(separator: " AND "))
  }

  /// A column within an interval.
  static func column(_ name: StaticString, within interval: ClosedRange<Double>) -> ADQLCondition {
    columns(name, name, touch: interval)
  }

  /// A whole number in an interval.
  static func column(_ name: StaticString, isNumber number: Int) -> ADQLCondition {
    ADQLCondition(joined: "\(name) = \(number)")
  }

  /// A region's column that touches a region of ADQL.
  /// - Parameters:
  ///   - name: the column.
  ///   - shape: `CIRCLE` or `POLYGON`.
  ///   - numbers: degrees ICRS.
  static func column(_ name: StaticString, touches shape: StaticString, _ numbers: [Double]) -> ADQLCondition {
    let list = numbers.map { "\($0)" }.joined(separator: ", ")
    return ADQLCondition(joined: "INTERSECTS(\(name), \(shape)(\(list))) = 1")
  }

  /// A region's column that touches a region between two meridians and two parallels, which ADQL has as text alone.
  /// - Parameters:
  ///   - name: the column.
  ///   - range: degrees ICRS.
  static func column(_ name: StaticString, touches range: SkyRange) -> ADQLCondition {
    let text = "RANGE \(range.west) \(range.east) \(range.south) \(range.north)"
    return ADQLCondition(joined: "INTERSECTS(\(name), REGION(\(quoted(text)))) = 1")
  }

  /// A position within a circle.
  static func position(_ ra: StaticString, _ dec: StaticString, within circle: [Double]) -> ADQLCondition {
    let list = circle.map { "\($0)" }.joined(separator: ", ")
    return ADQLCondition(joined: "CONTAINS(POINT(\(ra), \(dec)), CIRCLE(\(list))) = 1")
  }

  /// All of some conditions; at least one.
  static func all(_ conditions: [ADQLCondition]) -> ADQLCondition { joined(conditions, " AND ") }

  /// Any of some conditions; at least one.
  static func any(_ conditions: [ADQLCondition]) -> ADQLCondition { joined(conditions, " OR ") }

  private static func joined(_ conditions: [ADQLCondition], _ word: String) -> ADQLCondition {
    guard conditions.count > 1 else { return conditions.first ?? ADQLCondition("1 = 1") }
    return ADQLCondition(joined: conditions.map { "(\($0.text))" }.joined(separator: word))
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
