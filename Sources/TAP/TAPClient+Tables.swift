import HTTPTransport

extension TAPClient {
  /// How much to be told about tables.
  public enum TableDetail: Sendable, Hashable {
    /// All that the service has to say.
    case full
    /// Tables without columns, where the service can leave them out.
    case names
  }

  /// Asks which tables there are. A service without such a document is asked through its TAP_SCHEMA.
  /// - Parameters:
  ///   - detail: how much to be told.
  ///   - includesShared: whether tables that others share with this user are listed too (TAP+).
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func tables(detail: TableDetail = .full, includesShared: Bool = false) async throws -> [TAPSchema] {
    var query = FormBody()
    switch (connection.configuration.dialect, detail) {
    case (.tapPlus, .names): query.append("only_tables", "true")
    case (.standard, .names): query.append("detail", "min")
    case (_, .full): break
    }
    if includesShared { query.append("share_accessible", "true") }
    do {
      let response = try await connection.get("tables", query: query)
      return try TAPSchema.schemas(reading: response.body, url: response.url)
    } catch let error as TAPError where error.kind == .notFound {
      return try await tablesBySchemaQuery(detail: detail)
    }
  }

  /// Asks for the description of one table.
  /// - Parameter name: the name with its schema, as the service lists it.
  /// - Throws: ``TAPError``, `.notFound` when there is no such table; `CancellationError` when the task is cancelled.
  public func table(named name: String) async throws -> TAPTable {
    let schemas: [TAPSchema]
    switch connection.configuration.dialect {
    case .tapPlus:
      let response = try await connection.get("tables", query: FormBody(["tables": name]))
      schemas = try TAPSchema.schemas(reading: response.body, url: response.url)
    case .standard:
      do {
        guard name != ".", name != ".." else { throw Self.noTable(name) }
        let response = try await connection.get("tables/" + PercentEncoding.encode(name))
        schemas = try TAPSchema.schemas(reading: response.body, url: response.url)
      } catch let error as TAPError where [.notFound, .badAnswer, .service].contains(error.kind) {
        // Services older than VOSI 1.1 describe all tables or none.
        schemas = try await tables()
      }
    }
    let tables = schemas.flatMap(\.tables)
    guard
      let table = tables.first(where: { $0.qualifiedName == name || $0.name == name })
        ?? tables.first(where: { $0.qualifiedName.lowercased() == name.lowercased() })
    else { throw Self.noTable(name) }
    return table
  }

  private static func noTable(_ name: String) -> TAPError {
    TAPError(.notFound, "The service has no table \"\(name)\"; ask for the list of its tables.")
  }
}
