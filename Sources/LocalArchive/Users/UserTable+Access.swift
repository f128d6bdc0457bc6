internal import GRDB
internal import TableIO

extension UserTable {
  /// The tables that a user may read.
  static func visible(_ db: Database, to user: String) throws -> [UserTable] {
    try fetch(
      db,
      """
      t.owner = ?1 OR t.id IN (SELECT s.table_id FROM user_shares s JOIN user_group_members m ON m.group_id = s.group_id
      WHERE m.user = ?1)
      """, [user])
  }

  /// One of a user's own tables, by its name with or without the schema.
  /// - Throws: ``LocalArchiveError`` of kind `notAllowed` for another's table that the user may read, `unknownItem` for all others:
  ///   what a user may not read does not show whether it exists.
  static func own(_ db: Database, _ name: String, of user: String) throws -> UserTable {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 1 || parts.count == 2 && parts[0].lowercased() == ArchiveUser.schema(of: user),
      isName(String(parts.last!)),
      let table = try fetch(db, "t.owner = ? AND t.name = ?", [user, String(parts.last!)]).first
    {
      return table
    }
    let shown = ArchiveUser.line(name, longest: 140)
    guard try !visible(db, to: user).contains(where: { $0.qualifiedName.lowercased() == name.lowercased() }) else {
      throw LocalArchiveError(.notAllowed, "The table '\(shown)' is shared with you, but it is not yours to change.")
    }
    throw LocalArchiveError(.unknownItem, "You have no table '\(shown)'. List your tables to see their names.")
  }

  /// A name in the user's own schema, without it.
  static func bareName(_ name: String, of user: String) throws -> String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 1 { return name }
    guard parts.count == 2, parts[0].lowercased() == ArchiveUser.schema(of: user) else {
      throw LocalArchiveError(
        .notAllowed, "Your tables are in the schema \(ArchiveUser.schema(of: user)) and stay there.")
    }
    return String(parts[1])
  }

  /// Makes or removes the index of a column. The key of the table always has one.
  func setIndex(_ db: Database, on column: Int, to isIndexed: Bool) throws {
    let name = ArchiveTable.quoted("\(id).\(column)@user_index")
    if isIndexed {
      try db.execute(
        sql: """
          CREATE INDEX IF NOT EXISTS \(name) ON \(ArchiveTable.quoted(qualifiedName))
          (\(ArchiveTable.quoted(columns[column].field.name)))
          """)
    } else {
      try db.execute(sql: "DROP INDEX IF EXISTS \(name)")
    }
  }
}

extension [UserTable.Column] {
  /// The place of a column, by its name as it is or in another case, with or without quotes.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`.
  package func place(of name: String) throws(LocalArchiveError) -> Int {
    let names = map(\.field.name)
    let isQuoted = name.count > 1 && name.hasPrefix("\"") && name.hasSuffix("\"")
    let bare = isQuoted ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") : name
    if let index = names.firstIndex(of: name) ?? names.firstIndex(of: bare)
      ?? names.firstIndex(where: { $0.lowercased() == bare.lowercased() })
    {
      return index
    }
    throw LocalArchiveError(
      .unknownItem,
      "The table has no column '\(ArchiveUser.line(name, longest: 60))'. Its columns are \(names.prefix(50).joined(separator: ", "))."
    )
  }
}
