internal import GRDB
public import TableIO

/// A table that a user has stored in the archive: its own table of the database, and what is known of it.
public struct UserTable: Sendable, Hashable, Identifiable {
  /// A column of a user's table.
  public struct Column: Sendable, Hashable {
    /// Name, type, unit and the like.
    public var field: TableIO.Column
    /// What the archive uses the column for.
    public var flag: Flag
    /// Whether the archive keeps an index of it.
    public var isIndexed: Bool

    /// Flag and index as TAP+ numbers them in its list of tables.
    public var flagCode: Int {
      guard isIndexed else { return flag.rawValue }
      return switch flag {
      // Clients know these as indexed flux and magnitude.
      case .flux: 38
      default: flag.rawValue == 0 ? 0 : flag.rawValue | 32
      }
    }
  }

  /// What the archive uses a column of a user's table for, with TAP+'s numbers.
  public enum Flag: Int, Sendable, Hashable, CaseIterable {
    /// Nothing in particular.
    case none = 0
    /// Right ascension, degrees.
    case ra = 1
    /// Declination, degrees.
    case dec = 2
    /// Flux.
    case flux = 4
    /// Magnitude.
    case mag = 8
    /// Primary key.
    case primaryKey = 16

    /// The word for it in requests: `Ra`, `Dec`, `Flux`, `Mag`, `PK`, or nothing.
    public var word: String {
      switch self {
      case .none: ""
      case .ra: "Ra"
      case .dec: "Dec"
      case .flux: "Flux"
      case .mag: "Mag"
      case .primaryKey: "PK"
      }
    }

    /// Reads the word, in any case; nothing and `None` are ``none``.
    public init?(word: String) {
      let lowered = word.lowercased()
      if lowered == "none" {
        self = .none
      } else if let flag = Self.allCases.first(where: {
        $0.word.lowercased() == lowered
      }) {
        self = flag
      } else {
        return nil
      }
    }
  }

  /// The archive's number for the table.
  public var id: Int64
  /// Who it belongs to.
  public var owner: String
  /// The name, without schema.
  public var name: String
  /// What it holds.
  public var description: String
  /// The columns.
  public var columns: [Column]
  /// Number of rows.
  public var rowCount: Int64
  /// Bytes that the values take.
  public var byteCount: Int64

  /// The schema it stands in: `user_NAME`.
  public var schema: String { ArchiveUser.schema(of: owner) }
  /// The name in queries, and of the table in the database.
  public var qualifiedName: String { schema + "." + name }

  /// Whether a text can be a table's name in its schema, or a column's that is written without quotes.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= longestName else { return false }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    return isLetter(first) && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
  }

  static let longestName = 100
}

extension UserTable {
  /// The tables that fulfil a condition on `user_tables t`.
  static func fetch(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [UserTable] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT t.id, t.owner, t.name, t.description, t.row_count, t.byte_count FROM user_tables t
        WHERE \(condition) ORDER BY t.owner, t.name COLLATE NOCASE
        """, arguments: arguments
    ).map { row in
      UserTable(
        id: row[0], owner: row[1], name: row[2], description: row[3], columns: try columns(of: row[0], db),
        rowCount: row[4], byteCount: row[5])
    }
  }

  private static func columns(of id: Int64, _ db: Database) throws -> [Column] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT name, datatype, arraysize, xtype, unit, ucd, utype, description, flag, is_indexed FROM user_columns
        WHERE table_id = ? ORDER BY position
        """, arguments: [id]
    ).map { row in
      Column(
        field: TableIO.Column(
          row[0], Datatype(rawValue: row[1]) ?? .char, shape: ArrayShape(row[2] as String?) ?? .variable,
          xtype: row[3], unit: row[4], ucd: row[5], utype: row[6], description: row[7]),
        flag: Flag(rawValue: row[8]) ?? .none, isIndexed: row[9])
    }
  }

  /// Writes what is known of the columns anew.
  func writeColumns(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM user_columns WHERE table_id = ?", arguments: [id])
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO user_columns (table_id, position, name, datatype, arraysize, xtype, unit, ucd, utype, description,
        flag, is_indexed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for (position, column) in columns.enumerated() {
      let field = column.field
      try statement.execute(arguments: [
        id, position, field.name, field.datatype.rawValue, field.shape.text, field.xtype, field.unit, field.ucd,
        field.utype, field.description, column.flag.rawValue, column.isIndexed,
      ])
    }
  }

  /// Removes the table from the database, with all that is known of it.
  func drop(_ db: Database) throws {
    try db.execute(sql: "DROP TABLE IF EXISTS \(ArchiveTable.quoted(qualifiedName))")
    try db.execute(sql: "DELETE FROM user_tables WHERE id = ?", arguments: [id])
  }
}
