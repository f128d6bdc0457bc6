// What standard SQL writes; a dialect replaces what its database has otherwise.

extension SQLDialect {
  /// The name between double quotes, without NUL.
  public func identifier(_ name: String) -> String { name.withoutNUL.quoted(with: "\"") }

  /// The quoted name that the database has for the table.
  public func table(_ table: Schema.Table) -> String { identifier(table.sqlName) }

  /// The text between single quotes, without NUL.
  public func text(_ value: String) -> String { value.withoutNUL.quoted(with: "'") }

  /// The digits as they are.
  public func number(_ digits: String, type: ADQLType) -> String { digits }

  /// The two with the sign between them.
  public func arithmetic(
    _ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType
  ) -> String {
    "(\(left.sql) \(`operator`.rawValue) \(right.sql))"
  }

  /// The two with `||` between them.
  public func concatenation(_ left: SQLFragment, _ right: SQLFragment) -> String { "(\(left.sql) || \(right.sql))" }

  /// The two with the sign between them.
  public func comparison(_ operator: ComparisonOperator, _ left: SQLFragment, _ right: SQLFragment) -> String {
    "(\(left.sql) \(`operator`.rawValue) \(right.sql))"
  }

  /// The value multiplied by the factor, unless it is 1.
  public func converted(_ value: SQLFragment, by factor: Double) -> String {
    factor == 1 ? value.sql : "(\(value.sql) * \(factor))"
  }

  /// The function compared with 1 or 0.
  public func geometryTest(_ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment, holds: Bool)
    throws(ADQLError) -> String
  {
    "(\(try function(name, [left, right], type: .integer)) = \(holds ? 1 : 0))"
  }

  /// The function by its name in SQL 92.
  public func aggregate(
    _ function: Aggregate.Function, isDistinct: Bool, _ argument: SQLFragment?, type: ADQLType
  ) -> String {
    "\(function.rawValue)(\(isDistinct ? "DISTINCT " : "")\(argument?.sql ?? "*"))"
  }

  /// The key with `ASC NULLS LAST` or `DESC NULLS FIRST`.
  public func orderTerm(_ key: String, isDescending: Bool) -> String {
    key + (isDescending ? " DESC NULLS FIRST" : " ASC NULLS LAST")
  }

  /// `LIMIT n OFFSET m`, each where there is one.
  public func limit(_ count: Int?, offset: Int) -> String {
    [count.map { "LIMIT \($0)" }, offset > 0 ? "OFFSET \(offset)" : nil].compactMap(\.self).joined(separator: " ")
  }

  /// None.
  public func single(_ value: String) -> String? { nil }

  /// It is.
  public func isReadable(_ region: ConstantRegion) -> Bool { true }

  /// Not.
  public var hasIntersectAll: Bool { false }

  /// None.
  public func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? { nil }

  /// None.
  public func candidates(
    index: SpatialIndex, alias: String, longitude: SQLFragment, latitude: SQLFragment, radius: Double
  ) -> SQLFragment? { nil }
}
