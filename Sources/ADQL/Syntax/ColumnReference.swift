/// A column as a query names it: `[qualifier.]column`.
public struct ColumnReference: Sendable, Equatable {
  /// The table or correlation name before the last dot.
  public var qualifier: TableName?
  /// The column.
  public var column: Identifier

  /// A column by its name.
  public init(qualifier: TableName? = nil, column: Identifier) {
    self.qualifier = qualifier
    self.column = column
  }

  /// Where the reference stands.
  public var span: SourceSpan {
    (qualifier?.span ?? column.span).through(column.span)
  }
}
