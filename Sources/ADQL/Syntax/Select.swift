/// One `SELECT … FROM …` with what belongs to it alone (ADQL 2.1, section 2.2).
public struct Select: Sendable {
  /// `DISTINCT` or `ALL`, where one was written.
  public var quantifier: SetQuantifier?
  /// The greatest number of rows, from `TOP`; it is applied after ordering and offset.
  public var top: Int?
  /// What is selected, at least one.
  public var items: [SelectItem]
  /// The tables, at least one; several are a cross product.
  public var from: [TableReference]
  /// Which rows.
  public var `where`: Condition?
  /// What equal rows are grouped by; empty without `GROUP BY`.
  public var groupBy: [Expression]
  /// Which groups.
  public var having: Condition?
  /// Where it stands.
  public var span: SourceSpan

  /// A selection.
  public init(
    quantifier: SetQuantifier? = nil, top: Int? = nil, items: [SelectItem], from: [TableReference],
    where condition: Condition? = nil, groupBy: [Expression] = [], having: Condition? = nil, span: SourceSpan
  ) {
    self.quantifier = quantifier
    self.top = top
    self.items = items
    self.from = from
    self.where = condition
    self.groupBy = groupBy
    self.having = having
    self.span = span
  }
}

extension Select: Equatable {
  /// Two selections are the same when they have the same structure, wherever they stand.
  public static func == (left: Select, right: Select) -> Bool {
    left.quantifier == right.quantifier && left.top == right.top && left.items == right.items
      && left.from == right.from && left.where == right.where && left.groupBy == right.groupBy
      && left.having == right.having
  }
}

/// One entry of the list after `SELECT`.
public enum SelectItem: Sendable, Equatable {
  /// `*`
  case all
  /// `table.*`
  case allOf(TableName)
  /// A value, with the name that it has in the result.
  case expression(Expression, alias: Identifier?)
}
