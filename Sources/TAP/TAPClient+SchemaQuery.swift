import TableIO

extension TAPClient {
  /// Asks TAP_SCHEMA which tables there are. Source: TAP 1.1, section 4.
  ///
  /// All columns are asked for, because TAP 1.0 has fewer of them.
  func tablesBySchemaQuery(detail: TableDetail) async throws -> [TAPSchema] {
    let schemaRows = try await rows(of: "schemas")
    let tableRows = try await rows(of: "tables")
    var tables = tableRows.map(TAPTable.init)
    if detail == .full {
      let columns = Dictionary(grouping: try await rows(of: "columns")) { Self.text($0, "table_name") ?? "" }
      let keyColumns = Dictionary(grouping: try await rows(of: "key_columns")) { Self.text($0, "key_id") ?? "" }
      let keys = Dictionary(grouping: try await rows(of: "keys")) { Self.text($0, "from_table") ?? "" }
      for index in tables.indices {
        tables[index].columns = Self.inOrder(columns[tables[index].name] ?? [], "column_index").map(TAPColumn.init)
        tables[index].foreignKeys = (keys[tables[index].name] ?? []).map { key in
          TAPForeignKey(key, columns: keyColumns[Self.text(key, "key_id") ?? ""] ?? [])
        }
      }
    }
    let bySchema = Dictionary(grouping: tables) { $0.schemaName ?? "" }
    var schemas = Self.inOrder(schemaRows, "schema_index").map { row in
      let name = Self.text(row, "schema_name") ?? ""
      return TAPSchema(
        name: name, description: Self.text(row, "description"), utype: Self.text(row, "utype"),
        tables: bySchema[name] ?? [])
    }
    // Tables of schemas that TAP_SCHEMA forgets.
    let known = Set(schemas.map(\.name))
    for name in bySchema.keys.sorted() where !known.contains(name) {
      schemas.append(TAPSchema(name: name, tables: bySchema[name] ?? []))
    }
    return schemas
  }

  private func rows(of table: String) async throws -> Table {
    let statement: ADQLStatement = "SELECT * FROM \(qualified: "TAP_SCHEMA." + table)"
    // Without a wish of ours, many services stop at some thousand rows.
    let result = try await query(TAPQuery(statement, maxRows: 1_000_000))
    if result.isOverflow {
      throw TAPError(
        .overflow, "The service cuts its own list of \(table) at a limit of rows, so its tables are not known.",
        url: result.url, statement: statement.text)
    }
    do {
      return try result.table()
    } catch {
      throw TAPError(.table, "The service's list of \(table) cannot be read: \(error)", url: result.url, cause: error)
    }
  }

  /// Rows by the service's own order where it gives one, as TAP 1.1 may.
  private static func inOrder(_ rows: some Sequence<TableRow>, _ column: String) -> [TableRow] {
    rows.enumerated().sorted { a, b in
      let (left, right): (Int?, Int?) = (a.element[column], b.element[column])
      return (left ?? .max, a.offset) < (right ?? .max, b.offset)
    }.map(\.element)
  }

  fileprivate static func text(_ row: TableRow, _ column: String) -> String? {
    let value: String? = row[column]
    return value.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }
}

extension TAPTable {
  fileprivate init(_ row: TableRow) {
    self.init(
      name: TAPClient.text(row, "table_name") ?? "", schemaName: TAPClient.text(row, "schema_name"))
    description = TAPClient.text(row, "description")
    utype = TAPClient.text(row, "utype")
    kind = TAPClient.text(row, "table_type")
  }
}

extension TAPColumn {
  fileprivate init(_ row: TableRow) {
    self.init(name: TAPClient.text(row, "column_name") ?? "")
    description = TAPClient.text(row, "description")
    unit = TAPClient.text(row, "unit")
    ucd = TAPClient.text(row, "ucd")
    utype = TAPClient.text(row, "utype")
    datatype = TAPClient.text(row, "datatype")
    arraysize = TAPClient.text(row, "arraysize") ?? TAPClient.text(row, "size")
    xtype = TAPClient.text(row, "xtype")
    if row["indexed"] == 1 { flags.append("indexed") }
    isStandard = row["std"] == 1
    isPrincipal = row["principal"] == 1
  }
}

extension TAPForeignKey {
  fileprivate init(_ row: TableRow, columns: [TableRow]) {
    self.init(
      targetTable: TAPClient.text(row, "target_table") ?? "",
      columns: columns.map {
        ColumnPair(
          from: TAPClient.text($0, "from_column") ?? "", target: TAPClient.text($0, "target_column") ?? "")
      }, description: TAPClient.text(row, "description"), utype: TAPClient.text(row, "utype"))
  }
}
