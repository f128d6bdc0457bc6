/// Writes checked queries as the SQL of a database.
public struct SQLRenderer: Sendable {
  /// How the database wants its SQL.
  public var dialect: any SQLDialect

  /// A renderer for a dialect.
  ///
  /// - Parameter dialect: how the database wants its SQL.
  public init(dialect: any SQLDialect) { self.dialect = dialect }

  /// A query as one statement.
  ///
  /// - Parameters:
  ///   - query: a query that was checked.
  ///   - maxRows: the greatest number of rows, whatever the query's own TOP; nil for no other limit.
  /// - Throws: what the dialect cannot write.
  public func render(_ query: CheckedQuery, maxRows: Int? = nil) throws(ADQLError) -> SQLStatement {
    var rendering = Rendering(dialect: dialect)
    let text = try rendering.query(query, limit: maxRows)
    return SQLStatement(text: text, resultColumns: query.resultColumns, usesIndexes: rendering.usedIndexes)
  }
}
