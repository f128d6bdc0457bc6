internal import ADQL
internal import SkyGeometry

/// ADQL in the SQL of SQLite, with the functions of ``SQLFunction``.
struct SQLiteDialect: SQLDialect {
  func arithmetic(_ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType) -> String {
    // SQLite keeps whole numbers of real columns as such where it can, and would divide them as whole numbers.
    guard `operator` == .divide, !type.isInteger else { return "(\(left.sql) \(`operator`.rawValue) \(right.sql))" }
    return "(CAST(\(left.sql) AS REAL) / \(right.sql))"
  }

  func limit(_ count: Int?, offset: Int) -> String {
    // SQLite has no OFFSET without LIMIT.
    "LIMIT \(count ?? -1)" + (offset > 0 ? " OFFSET \(offset)" : "")
  }

  func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String {
    if ignoresCase { return "adql_ilike(\(value.sql), \(pattern.sql))" }
    let own = "adql_like(\(value.sql), \(pattern.sql))"
    // SQLite's LIKE enters an index at the text before the first wildcard, but nothing stops it on its way through a long text: it is asked
    // for that beginning only. A value that is more than a column is written once.
    guard case .text(let text)? = pattern.constant, !value.sql.contains("(") else { return own }
    let beginning = text.unicodeScalars.prefix { $0 != "%" && $0 != "_" }
    let rest = text.unicodeScalars.dropFirst(beginning.count)
    if beginning.isEmpty { return own }
    if rest.allSatisfy({ $0 == "%" }) { return "(\(value.sql) LIKE \(pattern.sql))" }
    return "(\(value.sql) LIKE \(self.text(String(beginning) + "%")) AND \(own))"
  }

  func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String {
    "group_concat(\(value.sql), \(delimiter.sql))"
  }

  func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) throws(ADQLError) -> String {
    if value.constant == .null { return "NULL" }
    switch type {
    case .smallint: return value.type == .smallint ? value.sql : "adql_integer(\(value.sql), 16)"
    case .integer: return [.smallint, .integer].contains(value.type) ? value.sql : "adql_integer(\(value.sql), 32)"
    case .bigint: return value.type.isInteger ? value.sql : "adql_integer(\(value.sql), 64)"
    case .real: return "adql_real(\(value.sql))"
    case .double: return value.type.isNumeric ? "CAST(\(value.sql) AS REAL)" : "adql_double(\(value.sql))"
    case .char, .varchar: return try text(value, type, length)
    case .timestamp: return timestamp(value)
    case .point, .circle, .polygon: return try geometry(value, as: type)
    case .region: return "adql_sky_text(\(value.sql))"
    default: return value.sql
    }
  }

  /// The longest CHAR(n): each value of such a column takes n characters in a table of fixed widths.
  private static let longestText = 65_535

  /// A value as text. CHAR without a length is one character.
  private func text(_ value: SQLFragment, _ type: ADQLType, _ length: Int?) throws(ADQLError) -> String {
    let length = length ?? (type == .char ? 1 : nil)
    if type == .char, let length, length > Self.longestText {
      throw ADQLError(.unsupported, "CHAR has at most \(Self.longestText) characters here. CAST to VARCHAR instead.")
    }
    let text =
      switch value.type {
      case .boolean: "(CASE \(value.sql) <> 0 WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
      case _ where value.type.isGeometry: "adql_sky_text(\(value.sql))"
      default: value.sql
      }
    if let length { return "adql_text(\(text), \(length))" }
    return value.type.isText || value.type == .boolean ? text : "adql_text(\(text))"
  }

  /// A point, a circle or a polygon out of text; of a text that tells another it is NULL.
  private func geometry(_ value: SQLFragment, as type: ADQLType) throws(ADQLError) -> String {
    if value.type == type { return value.sql }
    guard let tag = SkyValue.tag(of: type) else { return value.sql }
    if case .text(let text)? = value.constant, SkyValue(text: text)?.tag != tag {
      throw ADQLError(.type, "'\(text.prefix(80))' is no \(type.name).")
    }
    return "adql_sky(\(value.sql), \(tag))"
  }

  private func timestamp(_ value: SQLFragment) -> String {
    if case .text(let time)? = value.constant { return TimestampText.canonical(time).map(text) ?? "NULL" }
    return "adql_timestamp(\(value.sql))"
  }

  func single(_ value: String) -> String? { "adql_single(\(value))" }

  func isReadable(_ region: ConstantRegion) -> Bool { SkyValue(region) != nil }

  func geometryTest(
    _ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment, holds: Bool
  ) throws(ADQLError) -> String {
    "(\(test(name, left, right)) = \(holds ? 1 : 0))"
  }

  /// `CONTAINS` or `INTERSECTS`; a position that the query puts together from numbers is not made into a value first.
  private func test(_ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment) -> String {
    if let (longitude, latitude) = coordinates(left) {
      return "adql_contains_at(\(longitude), \(latitude), \(geometry(right)))"
    }
    if name == .intersects, let (longitude, latitude) = coordinates(right) {
      return "adql_contains_at(\(longitude), \(latitude), \(geometry(left)))"
    }
    return "adql_\(name.rawValue)(\(geometry(left)), \(geometry(right)))"
  }

  private func coordinates(_ value: SQLFragment) -> (String, String)? {
    guard let constructor = value.constructor, constructor.name == .point, constructor.arguments.count == 2 else {
      return nil
    }
    return (constructor.arguments[0].sql, constructor.arguments[1].sql)
  }

  /// A geometry; one that is the same for every row as a literal.
  private func geometry(_ value: SQLFragment) -> String {
    guard case .region(let region)? = value.constant else { return value.sql }
    return literal(region) ?? value.sql
  }

  private func literal(_ region: ConstantRegion) -> String? {
    guard let value = SkyValue(region) else { return nil }
    guard let blob = value.blob else { return text(value.text) }
    let digits = Array("0123456789ABCDEF".utf8)
    return "X'" + String(decoding: blob.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self) + "'"
  }

  func function(
    _ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType
  ) throws(ADQLError) -> String {
    switch name {
    case .abs: return call("abs", arguments)
    // SQLite wants two values at least.
    case .coalesce: return arguments.count == 1 ? arguments[0].sql : call("coalesce", arguments)
    case .pi: return "\(Double.pi)"
    case .contains, .intersects: return test(name, arguments[0], arguments[1])
    case .region: return arguments[0].sql
    case .coordsys: return "(CASE WHEN \(arguments[0].sql) IS NULL THEN NULL ELSE 'ICRS' END)"
    case .ivoHealpixIndex: return call("adql_healpix", arguments)
    case .ivoHasWord: return call("adql_hasword", arguments)
    case .ivoNoCaseMatch: return call("adql_ilike", arguments)
    case .ivoToMJD, .gavoToMJD: return call("adql_mjd", arguments)
    case .ivoToJD, .gavoToJD: return call("adql_jd", arguments)
    default: return call("adql_" + name.rawValue, arguments)
    }
  }

  private func call(_ name: String, _ arguments: [SQLFragment]) -> String {
    "\(name)(\(arguments.map(\.sql).joined(separator: ", ")))"
  }
}
