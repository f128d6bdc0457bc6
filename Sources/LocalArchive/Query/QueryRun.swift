internal import ADQL
internal import TableIO

/// The way of a query from its text to a cursor: parse, check, render, prepare.
struct QueryRun {
  let query: ArchiveQuery
  /// The tables that everybody sees; they are the same as long as the archive is open.
  let schema: Schema
  /// The tables of the user who asks.
  var own: [Schema.Table] = []
  let pool: QueryPool

  /// The query's rows.
  func open() throws(LocalArchiveError) -> QueryCursor {
    let uploads = try UploadTable.tables(of: query, limits: pool.limits)
    let rendered = try rendered(uploads)
    let cancellation = QueryCancellation()
    let (connection, statement) = try prepared(rendered, uploads, cancellation)
    keep(rendered, uploads)
    let rows = StatementRows(
      statement, columns: rendered.metadata.columns, uploads: uploads, on: connection, of: pool)
    return QueryCursor(
      metadata: rendered.metadata, sql: rendered.sql, rows: rows, maxRows: query.maxRows, cancellation: cancellation)
  }

  /// The query in SQL, from memory where it was asked before.
  func rendered(_ uploads: [UploadTable]) throws(LocalArchiveError) -> RenderedQuery {
    if uploads.isEmpty, own.isEmpty, let known = pool.checked.query(key) { return known }
    return try render(uploads)
  }

  /// Keeps a query that the database has taken, where its tables are those that everybody sees.
  private func keep(_ rendered: RenderedQuery, _ uploads: [UploadTable]) {
    if uploads.isEmpty, own.isEmpty { pool.checked.keep(rendered, for: key) }
  }

  private var key: String { "\(rowLimit ?? -1) \(query.language) \(query.adql)" }

  /// One row more than wanted tells whether there are more.
  private var rowLimit: Int? { query.maxRows.map { max(0, min($0, .max - 1)) + 1 } }

  private func render(_ uploads: [UploadTable]) throws(LocalArchiveError) -> RenderedQuery {
    guard ["adql", "adql-2.0", "adql-2.1"].contains(query.language.lowercased()) else {
      throw LocalArchiveError(
        .badQuery, "The language '\(query.language.prefix(40))' is not spoken here: use ADQL, ADQL-2.0 or ADQL-2.1.")
    }
    do throws(ADQLError) {
      let tree = try Parser().parse(query.adql)
      let tables = own + uploads.map(\.schemaTable)
      let schema = tables.isEmpty ? schema : schema.overlay(tables)
      let checked = try Checker(schema: schema).check(tree)
      let statement = try SQLRenderer(dialect: SQLiteDialect()).render(checked, maxRows: rowLimit)
      return RenderedQuery(
        sql: statement.text, metadata: TableMetadata(columns: statement.resultColumns.map(Column.init)),
        usesIndexes: statement.usesIndexes)
    } catch {
      let error = error.located(in: query.adql)
      throw LocalArchiveError(error.kind == .tooComplex ? .tooLarge : .badQuery, error.description, cause: error)
    }
  }

  /// A connection that has the uploads, and the statement on it.
  func prepared(
    _ rendered: RenderedQuery, _ uploads: [UploadTable], _ cancellation: QueryCancellation
  ) throws(LocalArchiveError) -> (QueryConnection, QueryStatement) {
    let connection = try pool.take()
    connection.watch.begin(cancellation, timeLimit: query.timeLimit)
    do throws(LocalArchiveError) {
      let statement = try connection.watch.timing { () throws(LocalArchiveError) in
        try UploadTable.create(uploads, on: connection)
        connection.permissions.readable = try pool.readable(schema, on: connection)
        if !own.isEmpty { connection.permissions.readable.formUnion(own.map { $0.sqlName.lowercased() }) }
        return try connection.statement(rendered.sql)
      }
      return (connection, statement)
    } catch {
      if (try? UploadTable.drop(uploads, from: connection)) != nil { pool.giveBack(connection) }
      throw error
    }
  }
}

extension Column {
  /// A column of a result as VOTable tells it.
  init(_ column: ResultColumn) {
    self.init(
      column.name, Datatype(rawValue: column.datatype) ?? .char, shape: ArrayShape(column.arraySize) ?? .variable,
      xtype: column.xtype, unit: column.unit, ucd: column.ucd, utype: column.utype, description: column.description)
  }
}

// MARK: Explanation

extension QueryRun {
  /// The statement, the spatial indexes that it looks into, and SQLite's plan.
  func explain() throws(LocalArchiveError) -> String {
    let uploads = try UploadTable.tables(of: query, limits: pool.limits)
    let rendered = try rendered(uploads)
    let (connection, statement) = try prepared(rendered, uploads, QueryCancellation())
    defer {
      statement.reset()
      if (try? UploadTable.drop(uploads, from: connection)) != nil { pool.giveBack(connection) }
    }
    var lines = ["SQL: \(rendered.sql)", ""]
    lines.append(
      rendered.usesIndexes.isEmpty
        ? "Spatial index: none" : "Spatial index: \(rendered.usesIndexes.joined(separator: ", "))")
    lines.append("Plan:")
    let plan = try connection.permissions.trusting { () throws(LocalArchiveError) in
      try connection.plan(of: rendered.sql)
    }
    return (lines + plan.map { "  " + $0 }).joined(separator: "\n")
  }
}
