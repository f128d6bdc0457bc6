internal import GRDB
internal import GRDBSQLite

extension ArchiveStore {
  /// Brings the times in users' tables into the one form that queries compare.
  ///
  /// They were once kept as they had come, in columns with an order of their own. SQLite cannot take that from a column, so the table is
  /// written anew.
  static func writeTimesAlike(_ db: Database) throws {
    let declaration = "TEXT COLLATE \(TimestampText.collation)"
    let tables = try Row.fetchAll(
      db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND instr(sql, ?) > 0",
      arguments: [declaration])
    guard !tables.isEmpty else { return }
    let canonical = DatabaseFunction("canonical_time", argumentCount: 1, pure: true) { values in
      guard let text = String.fromDatabaseValue(values[0]) else { return values[0] }
      return TimestampText.canonical(text) ?? text
    }
    db.add(function: canonical)
    defer { db.remove(function: canonical) }
    for table in tables {
      let (name, sql): (String, String) = (table[0], table[1])
      let indexes = try String.fetchAll(
        db, sql: "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        arguments: [name])
      let columns = try db.columns(in: name).map(\.name)
      let values = columns.map { column in
        let quoted = ArchiveTable.quoted(column)
        return holdsTimes(db, name, column) ? "canonical_time(\(quoted))" : quoted
      }
      let (old, new) = (ArchiveTable.quoted("\(name)@old"), ArchiveTable.quoted(name))
      try db.execute(sql: "ALTER TABLE \(new) RENAME TO \(old)")
      try db.execute(sql: sql.replacing(declaration, with: "TEXT"))
      try db.execute(sql: "INSERT INTO \(new) SELECT \(values.joined(separator: ", ")) FROM \(old)")
      try db.execute(sql: "DROP TABLE \(old)")
      for index in indexes { try db.execute(sql: index) }
    }
  }

  /// Whether a column was declared with the order of times.
  private static func holdsTimes(_ db: Database, _ table: String, _ column: String) -> Bool {
    var collation: UnsafePointer<CChar>?
    let code = sqlite3_table_column_metadata(
      db.sqliteConnection, "main", table, column, nil, &collation, nil, nil, nil)
    return code == SQLITE_OK && collation.map { String(cString: $0) } == TimestampText.collation
  }
}
