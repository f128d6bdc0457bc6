internal import ADQL
internal import SkyGeometry

/// ADQL in the SQL of SQLite, with the functions of ``SQLFunction``.
struct SQLiteDialect: SQLDialect {
  func arithmetic(_ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType) -> String {
    // SQLite keeps whole numbers of real columns as such where it can, and would divide them as whole numbers.
    guard `operator` == .divide, !type.isInteger else { return "(\(left.sql) \(`operator`.rawValue) \(right.sql))" }
    return "(CAST(\(left.sql) AS REAL) / \(right.sql))"
  }

  func comparison(_ operator: ComparisonOperator, _ left: SQLFragment, _ right: SQLFragment) -> String {
    // The archive writes its times in one way, and literals come in that way too; two columns may differ in their fractions.
    let areTimes = left.type == .timestamp && right.type == .timestamp && left.constant == nil && right.constant == nil
    return "(\(left.sql) \(`operator`.rawValue) \(right.sql)\(areTimes ? " COLLATE \(TimestampText.collation)" : ""))"
  }

  func limit(_ count: Int?, offset: Int) -> String {
    // SQLite has no OFFSET without LIMIT.
    "LIMIT \(count ?? -1)" + (offset > 0 ? " OFFSET \(offset)" : "")
  }

  func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String {
    ignoresCase ? "adql_ilike(\(value.sql), \(pattern.sql))" : "(\(value.sql) LIKE \(pattern.sql))"
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
    case .char, .varchar:
      let text = value.type.isGeometry ? "adql_sky_text(\(value.sql))" : value.sql
      return length.map { "adql_text(\(text), \($0))" } ?? (value.type.isText ? text : "adql_text(\(text))")
    case .timestamp: return timestamp(value)
    case .point, .circle, .polygon: return value.type == type ? value.sql : "adql_sky(\(value.sql))"
    default: return value.sql
    }
  }

  private func timestamp(_ value: SQLFragment) -> String {
    if case .text(let time)? = value.constant { return TimestampText.canonical(time).map(text) ?? "NULL" }
    return "adql_timestamp(\(value.sql))"
  }

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

extension SkyValue {
  /// A region that a query gives.
  /// - Returns: `nil` when it is no place or area of the sky.
  init?(_ region: ConstantRegion) {
    switch region {
    case .point(let point): self.init(numbers: [point.longitude, point.latitude])
    case .circle(let center, let radius): self.init(numbers: [center.longitude, center.latitude, radius])
    case .polygon(let vertices): self.init(numbers: vertices.flatMap { [$0.longitude, $0.latitude] })
    case .text(let text): self.init(text: text)
    case .box(let center, let width, let height):
      guard let center = SkyPosition(longitude: center.longitude, latitude: center.latitude),
        let box = try? SkyPolygon(center: center, width: width, height: height)
      else { return nil }
      self = .polygon(box)
    }
  }
}
