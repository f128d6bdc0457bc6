import ADQL

/// A dialect without surprises, whose SQL shows what the renderer asks for.
struct PlainDialect: SQLDialect {
  var hasIntersectAll = false

  func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String {
    "(\(value.sql) \(ignoresCase ? "ILIKE" : "LIKE") \(pattern.sql))"
  }

  func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) throws(ADQLError) -> String {
    if type == .blob { throw ADQLError(.unsupported, "No blobs.") }
    return "CAST(\(value.sql) AS \(type.name)\(length.map { "(\($0))" } ?? ""))"
  }

  func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) throws(ADQLError) -> String {
    "\(name.rawValue)(\(arguments.map(\.sql).joined(separator: ", ")))"
  }

  func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String {
    "group_concat(\(value.sql), \(delimiter.sql))"
  }

  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? {
    SQLFragment("\(alias).\(identifier(index.key)) IN near(\(describe(region)))", type: .boolean)
  }

  func candidates(
    index: SpatialIndex, alias: String, longitude: SQLFragment, latitude: SQLFragment, radius: Double
  ) -> SQLFragment? {
    SQLFragment(
      "\(alias).\(identifier(index.key)) IN near(\(longitude.sql), \(latitude.sql), \(radius))", type: .boolean)
  }

  private func describe(_ region: ConstantRegion) -> String {
    switch region {
    case .point(let place): "point \(place.longitude) \(place.latitude)"
    case .circle(let place, let radius): "circle \(place.longitude) \(place.latitude) \(radius)"
    case .box(let place, let width, let height): "box \(place.longitude) \(place.latitude) \(width) \(height)"
    case .polygon(let places): "polygon" + places.map { " \($0.longitude) \($0.latitude)" }.joined()
    case .text(let text): text
    }
  }
}
