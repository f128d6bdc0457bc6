internal import GRDB
internal import TableIO

/// Writes the rows of a new user's table, inside one transaction.
///
/// Whole numbers, booleans and real numbers are stored as numbers, text as text, and what has several elements as text with
/// blanks between them, as VOTable's TABLEDATA and DALI's points, circles and polygons are spelled. NaN is a missing value.
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
      + columns.map { "\(ArchiveTable.quoted($0.field.name)) \(Self.storage($0.field))" }
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
    var values = [DatabaseValue](repeating: .null, count: fields.count)
    for row in 0..<batch.rowCount {
      table.byteCount += 8
      for (index, buffer) in batch.columns.enumerated() {
        values[index] = Self.value(buffer.cell(at: row, of: fields[index]))
        table.byteCount += Self.size(values[index])
      }
      guard table.byteCount <= room else {
        throw LocalArchiveError(
          .quotaExceeded,
          "The table is larger than the room that is left of your quota, \(max(0, room)) bytes. Delete a table, or store a part."
        )
      }
      try statement.execute(arguments: StatementArguments(values))
      table.rowCount += 1
    }
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

  private static func storage(_ field: TableIO.Column) -> String {
    guard field.elementShape.isScalar else { return "TEXT" }
    return switch field.datatype {
    case .boolean, .bit, .unsignedByte, .short, .int, .long: "INTEGER"
    case .float, .double: "REAL"
    case .char, .unicodeChar, .floatComplex, .doubleComplex: "TEXT"
    }
  }

  private static func value(_ cell: TableCell?) -> DatabaseValue {
    switch cell {
    case nil: .null
    case .boolean(let value): (value ? 1 : 0).databaseValue
    case .integer(let value): value.databaseValue
    // Through its text: 0.1 stays 0.1 rather than 0.10000000149.
    case .float(let value): value.isNaN ? .null : (Double(value.description) ?? Double(value)).databaseValue
    case .double(let value): value.isNaN ? .null : value.databaseValue
    case .text(let text): text.databaseValue
    case .some(let cell): cell.text.databaseValue
    }
  }

  private static func size(_ value: DatabaseValue) -> Int64 {
    switch value.storage {
    case .null: 1
    case .int64, .double: 9
    case .string(let text): Int64(text.utf8.count) + 2
    case .blob(let data): Int64(data.count) + 2
    }
  }
}
