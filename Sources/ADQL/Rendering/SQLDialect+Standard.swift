extension SQLDialect {
  public func identifier(_ name: String) -> String { Self.quoted(name, with: "\"") }

  public func table(_ table: Schema.Table) -> String { identifier(table.sqlName) }

  public func text(_ value: String) -> String { Self.quoted(value, with: "'") }

  public func number(_ digits: String, type: ADQLType) -> String { digits }

  public func arithmetic(
    _ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType
  ) -> String {
    "(\(left.sql) \(`operator`.rawValue) \(right.sql))"
  }

  public func concatenation(_ left: SQLFragment, _ right: SQLFragment) -> String { "(\(left.sql) || \(right.sql))" }

  public func comparison(_ operator: ComparisonOperator, _ left: SQLFragment, _ right: SQLFragment) -> String {
    "(\(left.sql) \(`operator`.rawValue) \(right.sql))"
  }

  public func converted(_ value: SQLFragment, by factor: Double) -> String {
    factor == 1 ? value.sql : "(\(value.sql) * \(factor))"
  }

  public func geometryTest(_ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment, holds: Bool)
    throws(ADQLError) -> String
  {
    "(\(try function(name, [left, right], type: .integer)) = \(holds ? 1 : 0))"
  }

  public func aggregate(
    _ function: Aggregate.Function, isDistinct: Bool, _ argument: SQLFragment?, type: ADQLType
  ) -> String {
    "\(function.rawValue)(\(isDistinct ? "DISTINCT " : "")\(argument?.sql ?? "*"))"
  }

  public func orderTerm(_ key: String, isDescending: Bool) -> String {
    key + (isDescending ? " DESC NULLS FIRST" : " ASC NULLS LAST")
  }

  public func limit(_ count: Int?, offset: Int) -> String {
    [count.map { "LIMIT \($0)" }, offset > 0 ? "OFFSET \(offset)" : nil].compactMap(\.self).joined(separator: " ")
  }

  public var hasIntersectAll: Bool { false }

  public func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? { nil }

  /// A text between quotes, those inside doubled. A NUL would end the text for many databases and is left out.
  private static func quoted(_ text: String, with quote: Unicode.Scalar) -> String {
    var result = String(quote)
    for scalar in text.unicodeScalars where scalar != "\0" {
      if scalar == quote { result.unicodeScalars.append(quote) }
      result.unicodeScalars.append(scalar)
    }
    result.unicodeScalars.append(quote)
    return result
  }
}
