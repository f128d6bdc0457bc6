/// Checks queries against a schema: finds what every name means and of which type every expression is.
public struct Checker: Sendable {
  /// The tables that queries may name.
  public var schema: Schema

  /// A checker for a schema.
  ///
  /// - Parameter schema: the tables that queries may name.
  public init(schema: Schema) { self.schema = schema }

  /// The query with all names found and all types known.
  ///
  /// - Parameter query: a query that was parsed.
  /// - Throws: why the query makes no sense over this schema, with the piece of the query; ``ADQLError/located(in:)`` tells the line.
  public func check(_ query: Query) throws(ADQLError) -> CheckedQuery {
    var checker = QueryChecker(schema: schema)
    return try checker.query(query)
  }

  /// A query's text, parsed and checked.
  ///
  /// - Parameters:
  ///   - text: the query.
  ///   - limits: how large it may be.
  /// - Throws: what is wrong with it, with line and column.
  public func check(_ text: String, limits: Parser.Limits = Parser.Limits()) throws(ADQLError) -> CheckedQuery {
    let query = try Parser(limits: limits).parse(text)
    do throws(ADQLError) {
      return try check(query)
    } catch {
      throw error.located(in: text)
    }
  }
}
