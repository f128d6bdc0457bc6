internal import ADQL
internal import GRDBSQLite
internal import TableIO

/// An uploaded table as a temporary one of a connection.
struct UploadTable {
  let name: String
  let table: Table

  /// What the database calls it.
  var sqlName: String { "tap_upload." + name.lowercased() }

  /// The tables of a query, checked: names, and how large they are together.
  static func tables(of query: ArchiveQuery, limits: QueryLimits) throws(LocalArchiveError) -> [UploadTable] {
    guard query.uploads.count <= limits.uploadedTables else {
      throw LocalArchiveError(
        .tooLarge, "A query may upload \(limits.uploadedTables) tables, not \(query.uploads.count).")
    }
    var names: Set<String> = []
    for upload in query.uploads {
      guard Identifier.hasRegularForm(upload.name), upload.name.utf8.count <= 128 else {
        throw LocalArchiveError(
          .badQuery,
          "'\(upload.name.prefix(60))' cannot be the name of an uploaded table: begin with a letter, go on with letters, digits and underscores."
        )
      }
      guard names.insert(upload.name.lowercased()).inserted else {
        throw LocalArchiveError(.badQuery, "Two uploaded tables are called \(upload.name). Rename one.")
      }
      guard !upload.table.metadata.columns.isEmpty else {
        throw LocalArchiveError(
          .badQuery, "The uploaded table \(upload.name) has no columns. Upload one that has some.")
      }
      guard upload.table.metadata.columns.count < limits.columns else {
        throw LocalArchiveError(
          .tooLarge, "The uploaded table \(upload.name) has more columns than the \(limits.columns - 1) allowed.")
      }
    }
    let rows = query.uploads.reduce(0) { $0 + $1.table.rowCount }
    let bytes = query.uploads.reduce(0) { $0 + $1.table.rows.columns.reduce(0) { $0 + $1.byteCount } }
    guard rows <= limits.uploadedRows, bytes <= limits.uploadedBytes else {
      throw LocalArchiveError(
        .tooLarge,
        "The uploaded tables have \(rows) rows and \(bytes) bytes; \(limits.uploadedRows) rows and \(limits.uploadedBytes) bytes are allowed."
      )
    }
    return query.uploads.map { UploadTable(name: $0.name, table: $0.table) }
  }

  /// The table as queries are checked against it.
  var schemaTable: Schema.Table {
    Schema.Table(
      name: "TAP_UPLOAD." + name, sqlName: sqlName, description: table.metadata.description,
      columns: table.metadata.columns.enumerated().map { index, column in
        let type = ADQLType(column)
        // Times are kept in a form of their own, which may be longer.
        return Schema.Column(
          name: column.name, type: type, datatype: column.datatype.rawValue,
          arraySize: type == .timestamp ? "*" : column.shape.text,
          xtype: column.xtype, unit: column.unit, ucd: column.ucd, utype: column.utype,
          description: column.description, sqlName: "c\(index)")
      })
  }

  /// Makes the temporary table and fills it.
  func create(on connection: QueryConnection) throws(LocalArchiveError) {
    let columns = table.metadata.columns
    let names = columns.indices.map { "c\($0)" }
    let quoted = "temp.\"\(sqlName)\""
    try connection.execute(
      "CREATE TEMP TABLE \"\(sqlName)\" (\(zip(names, columns).map { "\($0) \($1.storage)" }.joined(separator: ", ")))")
    let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let statement = try QueryStatement("INSERT INTO \(quoted) VALUES (\(parameters))", on: connection)
    let cells = zip(columns, table.rows.columns).map { UploadedCells($0, $1) }
    for row in 0..<table.rowCount {
      for (index, cells) in cells.enumerated() { try cells.bind(row, to: Int32(index + 1), of: statement.handle) }
      _ = try statement.step()
      sqlite3_reset(statement.handle)
    }
  }

  static func create(_ tables: [UploadTable], on connection: QueryConnection) throws(LocalArchiveError) {
    connection.permissions.uploads = Set(tables.map(\.sqlName))
    guard !tables.isEmpty else { return }
    try connection.permissions.trusting { () throws(LocalArchiveError) in
      try connection.execute("BEGIN")
      do throws(LocalArchiveError) {
        for table in tables { try table.create(on: connection) }
        try connection.execute("COMMIT")
      } catch {
        sqlite3_exec(connection.handle, "ROLLBACK", nil, nil, nil)
        throw error
      }
    }
  }

  static func drop(_ tables: [UploadTable], from connection: QueryConnection) throws(LocalArchiveError) {
    connection.watch.begin(nil, timeLimit: nil)
    try connection.permissions.trusting { () throws(LocalArchiveError) in
      for table in tables { try connection.execute("DROP TABLE IF EXISTS temp.\"\(table.sqlName)\"") }
    }
  }
}

extension ADQLType {
  /// The type in expressions of an uploaded column.
  init(_ column: Column) {
    switch SkyShape(column) {
    case .point: self = .point
    case .circle: self = .circle
    case .polygon: self = .polygon
    case nil:
      guard column.elementShape.isScalar else {
        self = .opaque
        return
      }
      switch column.datatype {
      case .boolean, .bit: self = .boolean
      case .unsignedByte, .short: self = .smallint
      case .int: self = .integer
      case .long: self = .bigint
      case .float: self = .real
      case .double: self = .double
      case .floatComplex, .doubleComplex: self = .opaque
      case .char, .unicodeChar:
        switch column.xtype?.lowercased() {
        case "timestamp", "adql:timestamp": self = .timestamp
        case "adql:region", "adql:point", "region", "shape", "s_region": self = .region
        default: self = column.shape.isVariable ? .varchar : .char
        }
      }
    }
  }
}

extension Column {
  /// What the column of the temporary table is declared as.
  var storage: String {
    switch ADQLType(self) {
    case .boolean, .smallint, .integer, .bigint: "INTEGER"
    case .real, .double: "REAL"
    case .char, .varchar, .region, .timestamp: "TEXT"
    default: "BLOB"
    }
  }
}

extension ColumnBuffer {
  /// About how many bytes the cells take.
  fileprivate var byteCount: Int {
    switch elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values): values.count
    case .short(let values): 2 * values.count
    case .int(let values): 4 * values.count
    case .long(let values): 8 * values.count
    case .float(let values), .floatComplex(let values): 4 * values.count
    case .double(let values), .doubleComplex(let values): 8 * values.count
    case .text(let texts): texts.bytes.count + texts.ends.count
    }
  }
}
