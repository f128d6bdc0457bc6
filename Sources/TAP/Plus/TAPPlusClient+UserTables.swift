import HTTPTransport

extension TAPPlusClient {
  /// Deletes one of the user's tables.
  /// - Parameters:
  ///   - table: its name.
  ///   - force: whether it goes even when it is shared or in use.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func deleteTable(_ table: String, force: Bool = false) async throws {
    try Self.require(table, "the table's name")
    let form = FormBody(["TABLE_NAME": table, "DELETE": "TRUE", "FORCE_REMOVAL": force ? "TRUE" : "FALSE"])
    _ = try await connection.post(connection.sibling(contexts.upload), form: form)
  }

  /// Gives one of the user's tables, or some of its columns, other names.
  /// - Parameters:
  ///   - table: its name with the schema.
  ///   - newName: its new name with the schema; `nil` keeps the name.
  ///   - columns: old and new names of columns.
  /// - Throws: ``TAPError``, of kind `.badRequest` when there is nothing to rename; `CancellationError`.
  public func renameTable(
    _ table: String, to newName: String? = nil, columns: [(old: String, new: String)] = []
  ) async throws {
    try Self.require(table, "the table's name")
    guard newName != nil || !columns.isEmpty else {
      throw TAPError(.badRequest, "Say what is to be renamed: the table, columns of it, or both.")
    }
    if let newName { try Self.require(newName, "the table's new name") }
    var form = FormBody(["action": "rename"])
    if !columns.isEmpty {
      for name in columns.flatMap({ [$0.old, $0.new] }) {
        try Self.require(name, "the column's name")
        guard !name.contains(where: { ",:".contains($0) }) else {
          throw TAPError(
            .badRequest, "The column '\(name)' cannot be renamed: the service allows no comma or colon here.")
        }
      }
      form.append("new_column_names", columns.map { "\($0.old):\($0.new)" }.joined(separator: ","))
    }
    form.append("new_table_name", newName ?? table)
    form.append("table_name", table)
    try await editTable(form)
  }

  /// Changes the description of columns in one of the user's tables.
  /// - Parameters:
  ///   - table: its name with the schema.
  ///   - changes: what is changed; a new `Ra` needs a new `Dec` and the other way round.
  /// - Throws: ``TAPError`` of kind `.badRequest` for changes that make no sense, `.notFound` when there is no such table or
  ///   column; `CancellationError`.
  public func updateTable(_ table: String, _ changes: [TableChange]) async throws {
    let edit = try TableEdit(table, changes)
    try await editTable(edit.form(for: try await TAPClient(connection).table(named: table).columns))
  }

  /// Says which columns of one of the user's tables are the position, so that the service can index it.
  /// - Parameters:
  ///   - table: its name with the schema.
  ///   - ra: the column of the right ascension.
  ///   - dec: the column of the declination.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func setRADec(of table: String, ra: String, dec: String) async throws {
    try Self.require(table, "the table's name")
    try Self.require(ra, "the column of the right ascension")
    try Self.require(dec, "the column of the declination")
    try await editTable(FormBody(["ACTION": "radec", "TABLE_NAME": table, "RA": ra, "DEC": dec]))
  }

  private func editTable(_ form: FormBody) async throws {
    _ = try await connection.post(connection.sibling(contexts.tableTool), form: form)
  }
}
