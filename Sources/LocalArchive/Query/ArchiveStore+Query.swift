internal import ADQL
internal import TableIO

extension ArchiveStore {
  /// Begins to answer a query in ADQL.
  ///
  ///     let cursor = try store.open(ArchiveQuery(adql: "SELECT TOP 5 * FROM ivoa.obscore"))
  ///     while let batch = try cursor.next() { … }
  ///
  /// The query sees the archive's tables, those of its user and its own uploads, and nothing else. Where it looks for a place on the
  /// sky that it gives in numbers, the archive's spatial index finds the candidates.
  /// - Parameter query: the query with its limits.
  /// - Returns: its columns, and its rows as they are asked for.
  /// - Throws: ``LocalArchiveError`` of kind `badQuery` with an `ADQLError` as its cause, `tooLarge` for a query or uploads beyond the
  ///   limits, or `timedOut`.
  public func open(_ query: ArchiveQuery) throws(LocalArchiveError) -> QueryCursor { try run(query).open() }

  /// Tells how the database would go about a query: the statement, whether the spatial index serves, and SQLite's own plan.
  /// - Parameter query: the query.
  /// - Returns: some lines of text.
  /// - Throws: as ``open(_:)``.
  public func explain(_ query: ArchiveQuery) throws(LocalArchiveError) -> String { try run(query).explain() }

  /// The tables that a user's queries see: the archive's, the user's own, and those that are shared with the user.
  /// - Parameter user: the user's name; `nil` is anybody.
  /// - Throws: ``LocalArchiveError`` of kind `database`.
  public func schema(for user: String?) throws(LocalArchiveError) -> ArchiveSchema {
    var schema = ArchiveSchema.standard
    for table in try userTables(visibleTo: user) {
      if !schema.groups.contains(where: { $0.name == table.schema }) {
        schema.groups.append(ArchiveSchema.Group(name: table.schema, description: "Tables of \(table.owner)."))
      }
      schema.tables.append(ArchiveSchema.Table(table))
    }
    return schema
  }

  private func run(_ query: ArchiveQuery) throws(LocalArchiveError) -> QueryRun {
    let own = try userTables(visibleTo: query.user).map { Schema.Table(ArchiveSchema.Table($0)) }
    return QueryRun(query: query, schema: Self.standardSchema, own: own, pool: queries)
  }

  /// The tables that everybody sees, made once.
  private static let standardSchema = Schema(ArchiveSchema.standard)
}
