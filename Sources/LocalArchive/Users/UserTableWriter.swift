internal import GRDB
internal import GRDBSQLite
internal import TableIO

/// Writes the rows of a new user's table, inside one transaction. Values are stored as those of tables that queries bring along, so
/// that queries read both alike.
struct UserTableWriter {
  private(set) var table: UserTable
  private let statement: Statement
  private let fields: [TableIO.Column]
  /// Bytes that the table may take.
  private let room: Int64

  static let columnLimit = 1000
  private static let longestColumnName = 128

  /// Makes the table.
  init(_ db: Database, _ name: String, description: String, owner: String, fields: [TableIO.Column], room: Int64) throws
  {
    guard !fields.isEmpty, fields.count <= Self.columnLimit else {
      throw LocalArchiveError(
        .unsuitableTable, "The table has \(fields.count) columns; a table that is kept has 1 to \(Self.columnLimit).")
    }
    self.fields = fields
    self.room = room
    var columns = Self.named(fields).map { UserTable.Column(field: $0, flag: .none, isIndexed: false) }
    // As ESA's archive does, so that every row can be told from the others.
    let key = name.lowercased() + "_oid"
    let hasKey = !columns.contains { $0.field.name.lowercased() == key }
    let definitions =
      (hasKey ? ["\(ArchiveTable.quoted(key)) INTEGER PRIMARY KEY"] : [])
      + columns.map { "\(ArchiveTable.quoted($0.field.name)) \($0.field.storage)" }
    if hasKey {
      let field = TableIO.Column(key, .long, ucd: "meta.id;meta.main", description: "Object Identifier")
      columns.insert(UserTable.Column(field: field, flag: .primaryKey, isIndexed: true), at: 0)
    }
    try db.execute(
      sql: "INSERT INTO user_tables (owner, name, description, row_count, byte_count) VALUES (?, ?, ?, 0, 0)",
      arguments: [owner, name, description])
    table = UserTable(
      id: db.lastInsertedRowID, owner: owner, name: name, description: description, columns: columns, rowCount: 0,
      byteCount: 0)
    let quoted = ArchiveTable.quoted(table.qualifiedName)
    try db.execute(sql: "CREATE TABLE \(quoted) (\(definitions.joined(separator: ", ")))")
    let names = columns.dropFirst(hasKey ? 1 : 0).map { ArchiveTable.quoted($0.field.name) }
    statement = try db.makeStatement(
      sql: """
        INSERT INTO \(quoted) (\(names.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
        """)
  }

  /// Writes rows.
  mutating func write(_ batch: TableBatch) throws {
    let cells = zip(fields, batch.columns).map { UploadedCells($0, $1) }
    let handle = statement.sqliteStatement
    for row in 0..<batch.rowCount {
      table.byteCount += 8
      for (index, cells) in cells.enumerated() {
        try cells.bind(row, to: Int32(index + 1), of: handle)
        table.byteCount += Self.size(batch.columns[index], row)
      }
      guard table.byteCount <= room else {
        throw LocalArchiveError(
          .quotaExceeded,
          "The table is larger than the room that is left of your quota, \(max(0, room)) bytes. Delete a table, or store a part."
        )
      }
      let code = sqlite3_step(handle)
      sqlite3_reset(handle)
      guard code == SQLITE_DONE else {
        throw LocalArchiveError(
          .database, "A row of the table cannot be stored: \(String(cString: sqlite3_errstr(code))).")
      }
      table.rowCount += 1
    }
  }

  /// About how many bytes a cell takes.
  private static func size(_ buffer: ColumnBuffer, _ row: Int) -> Int64 {
    if buffer.isNull(at: row) { return 1 }
    let range = buffer.elementRange(at: row)
    if case .text(let texts) = buffer.elements {
      return range.reduce(2) { $0 + Int64(texts.range(at: $1).count) + 1 }
    }
    return 1 + 8 * Int64(range.count)
  }

  /// Ends the table.
  func finish(_ db: Database) throws -> UserTable {
    try table.writeColumns(db)
    try db.execute(
      sql: "UPDATE user_tables SET row_count = ?, byte_count = ? WHERE id = ?",
      arguments: [table.rowCount, table.byteCount, table.id])
    return table
  }

  /// The columns with names that are not empty, of bounded length, without control characters, and different in any case.
  private static func named(_ fields: [TableIO.Column]) -> [TableIO.Column] {
    var taken: Set<String> = []
    return fields.enumerated().map { index, field in
      var field = field
      // Quotes are what delimits such names in queries.
      let line = ArchiveUser.line(field.name, longest: longestColumnName).replacing("\"", with: "_")
      let base = line.allSatisfy({ $0 == " " }) ? "col\(index + 1)" : line
      field.name = base
      var number = 2
      while !taken.insert(field.name.lowercased()).inserted {
        field.name = "\(base)_\(number)"
        number += 1
      }
      if field.datatype == .bit, field.shape.isScalar { field.datatype = .boolean }
      if field.datatype == .unicodeChar { field.datatype = .char }
      // The lengths of later rows are not known, and what is asked for is told by the rows.
      if field.datatype.isText, field.elementShape.isScalar { field.shape = .variable }
      field.description = field.description.map { ArchiveUser.line($0, longest: 2000) }
      return field
    }
  }
}
