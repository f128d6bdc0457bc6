internal import GRDB

/// The rows of `TAP_SCHEMA` that describe a schema.
struct TAPSchemaRows {
  /// Rows by table, each in the order of the table's columns.
  private(set) var rows: [(table: String, values: [DatabaseValue])] = []

  init(_ schema: ArchiveSchema) {
    for (index, group) in schema.groups.enumerated() {
      add("tap_schema.schemas", [group.name, group.utype, group.description, index])
    }
    for (index, table) in schema.tables.enumerated() {
      add(
        "tap_schema.tables",
        [table.group, table.name, table.isView ? "view" : "table", table.utype, table.description, index])
    }
    for table in schema.tables {
      for (index, column) in table.columns.enumerated() {
        add(
          "tap_schema.columns",
          [
            table.name, column.queryName, column.datatype, column.arraySize, column.xtype, column.length,
            column.description, column.utype, column.unit, column.ucd, column.isIndexed ? 1 : 0,
            column.isPrincipal ? 1 : 0, column.isStandard ? 1 : 0, index,
          ])
      }
    }
    for table in schema.tables {
      for (index, key) in table.foreignKeys.enumerated() {
        let name = "\(table.name)_\(index + 1)"
        add("tap_schema.keys", [name, table.name, key.target, nil, nil])
        for (from, to) in zip(key.from, key.to) { add("tap_schema.key_columns", [name, from, to]) }
      }
    }
  }

  private mutating func add(_ table: String, _ values: [(any DatabaseValueConvertible)?]) {
    rows.append((table, values.map { $0?.databaseValue ?? .null }))
  }

  /// Puts the rows in the place of those that are there.
  func write(_ db: Database) throws {
    for table in TAPSchemaTables.tables { try db.execute(sql: "DELETE FROM \(ArchiveTable.quoted(table.name))") }
    for (table, values) in rows {
      let parameters = Array(repeating: "?", count: values.count).joined(separator: ", ")
      try db.cachedStatement(sql: "INSERT INTO \(ArchiveTable.quoted(table)) VALUES (\(parameters))")
        .execute(arguments: StatementArguments(values))
    }
  }
}

extension ArchiveSchema.Column {
  /// What `"size"` says: the number in an arraysize of one dimension.
  fileprivate var length: Int? {
    guard let arraySize else { return nil }
    return Int(arraySize.hasSuffix("*") ? arraySize.dropLast() : arraySize[...])
  }
}

extension ArchiveSchema.Table {
  /// The statement that makes a table with these columns.
  var creationSQL: String {
    let columns = columns.map {
      let storage =
        switch $0.type {
        case .boolean, .short, .int, .long: "INTEGER"
        case .float, .double: "REAL"
        case .text, .timestamp, .region, .other: "TEXT"
        }
      return "\(ArchiveTable.quoted($0.name)) \(storage)"
    }
    return "CREATE TABLE \(ArchiveTable.quoted(name)) (\(columns.joined(separator: ", ")))"
  }
}
