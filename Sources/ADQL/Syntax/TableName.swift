/// The name of a table: `[[catalog.]schema.]table`, or a correlation name where a column is qualified by one.
public struct TableName: Sendable, Equatable {
  /// The catalogue, if one is named.
  public var catalog: Identifier?
  /// The schema, if one is named.
  public var schema: Identifier?
  /// The table.
  public var table: Identifier

  /// A table's name by its parts.
  public init(catalog: Identifier? = nil, schema: Identifier? = nil, table: Identifier) {
    self.catalog = catalog
    self.schema = schema
    self.table = table
  }

  /// Where the name stands.
  public var span: SourceSpan {
    (catalog ?? schema ?? table).span.through(table.span)
  }
}
