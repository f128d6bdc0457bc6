internal import GRDB
public import TableIO

extension ArchiveStore {
  /// The tables that a user may read: the user's own and those that are shared with a group the user belongs to.
  /// - Parameter user: the user's name; `nil` is anybody, who may read none.
  public func userTables(visibleTo user: String?) throws(LocalArchiveError) -> [UserTable] {
    guard let user else { return [] }
    return try read { try UserTable.visible($0, to: user) }
  }

  /// Stores a table among a user's own, all of it or nothing.
  /// - Parameters:
  ///   - name: the name without schema: a letter, then letters, digits and underscores.
  ///   - description: what it holds.
  ///   - user: the user's name.
  ///   - fields: the columns.
  ///   - next: gives the rows batch by batch, `nil` at their end.
  /// - Returns: the table as it is kept: names of columns that are empty or stand twice are changed, and a key is added.
  /// - Throws: ``LocalArchiveError`` of kind `invalidName`, `alreadyExists`, `unsuitableTable` or `quotaExceeded`.
  public func addUserTable(
    _ name: String, description: String = "", of user: String, columns fields: [TableIO.Column],
    next: () throws -> TableBatch?
  ) throws(LocalArchiveError) -> UserTable {
    guard UserTable.isName(name) else { throw Self.invalidName(name) }
    return try write { db in
      guard let owner = try Self.users(db, "name = ?", [user]).first else {
        throw LocalArchiveError(.unknownItem, "The archive has no such user.")
      }
      let present = try UserTable.fetch(db, "t.owner = ?", [user])
      try Self.checkFree(name, of: user, among: present)
      guard present.count < Self.userTableLimit else {
        throw LocalArchiveError(
          .quotaExceeded, "You have \(present.count) tables, and no more are allowed. Delete one.")
      }
      let taken = present.reduce(0) { $0 + $1.byteCount }
      var writer = try UserTableWriter(
        db, name, description: ArchiveUser.line(description, longest: 2000), owner: user, fields: fields,
        room: owner.quota - taken)
      while let batch = try next() { try writer.write(batch) }
      return try writer.finish(db)
    }
  }

  /// The most tables of one user.
  static let userTableLimit = 500

  /// Deletes one of a user's own tables.
  /// - Parameters:
  ///   - name: its name, with or without the schema.
  ///   - user: the user's name.
  ///   - force: whether it goes although it is shared.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`; `notAllowed` when it is another's, or shared.
  public func deleteUserTable(_ name: String, of user: String, force: Bool) throws(LocalArchiveError) {
    try write { db in
      let table = try UserTable.own(db, name, of: user)
      let isShared = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM user_shares WHERE table_id = ?)", arguments: [table.id])!
      guard force || !isShared else {
        throw LocalArchiveError(
          .notAllowed, "The table '\(table.qualifiedName)' is shared. Stop sharing it first, or force its removal.")
      }
      try table.drop(db)
    }
  }

  /// Gives one of a user's own tables, or columns of it, other names.
  /// - Parameters:
  ///   - name: the table's name, with or without the schema.
  ///   - user: the user's name.
  ///   - newName: its new name, with or without the user's own schema; `nil` keeps it.
  ///   - columns: old and new names of columns.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`, `notAllowed`, `invalidName` or `alreadyExists`.
  public func renameUserTable(
    _ name: String, of user: String, to newName: String?, columns: [(old: String, new: String)]
  ) throws(LocalArchiveError) {
    try write { db in
      var table = try UserTable.own(db, name, of: user)
      for (old, new) in columns {
        let index = try table.columns.place(of: old)
        let others = table.columns.enumerated().filter { $0.offset != index }.map(\.element.field.name)
        guard !new.isEmpty, !new.contains("\""), ArchiveUser.line(new, longest: 128) == new else {
          throw Self.invalidName(new)
        }
        guard !others.contains(where: { $0.lowercased() == new.lowercased() }) else {
          throw LocalArchiveError(.alreadyExists, "The table has a column '\(new)' already. Choose another name.")
        }
        try db.execute(
          sql: """
            ALTER TABLE \(ArchiveTable.quoted(table.qualifiedName))
            RENAME COLUMN \(ArchiveTable.quoted(table.columns[index].field.name)) TO \(ArchiveTable.quoted(new))
            """)
        table.columns[index].field.name = new
      }
      try table.writeColumns(db)
      let bare = try newName.map { try UserTable.bareName($0, of: user) } ?? table.name
      guard bare != table.name else { return }
      guard UserTable.isName(bare) else { throw Self.invalidName(bare) }
      let others = try UserTable.fetch(db, "t.owner = ? AND t.id <> ?", [user, table.id])
      try Self.checkFree(bare, of: user, among: others)
      try db.execute(sql: "UPDATE user_tables SET name = ? WHERE id = ?", arguments: [bare, table.id])
      let old = ArchiveTable.quoted(table.qualifiedName)
      table.name = bare
      // By way of another name: SQLite takes a name in another case for one that is taken.
      let between = ArchiveTable.quoted("\(table.id)@renamed")
      try db.execute(sql: "ALTER TABLE \(old) RENAME TO \(between)")
      try db.execute(sql: "ALTER TABLE \(between) RENAME TO \(ArchiveTable.quoted(table.qualifiedName))")
    }
  }

  /// Changes what is known of the columns of one of a user's own tables.
  /// - Parameters:
  ///   - name: the table's name, with or without the schema.
  ///   - user: the user's name.
  ///   - change: gets the columns in their order and changes unit, ucd, utype, description, flag or index; names and types stay.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` or `notAllowed`, and what `change` throws.
  public func editUserTable(
    _ name: String, of user: String, _ change: (inout [UserTable.Column]) throws -> Void
  ) throws(LocalArchiveError) {
    try write { db in
      var table = try UserTable.own(db, name, of: user)
      var columns = table.columns
      try change(&columns)
      guard columns.count == table.columns.count else {
        throw LocalArchiveError(.unsuitableTable, "A change of a table's description cannot add or remove columns.")
      }
      for index in columns.indices {
        let before = table.columns[index]
        columns[index].field.name = before.field.name
        columns[index].field.datatype = before.field.datatype
        columns[index].field.shape = before.field.shape
        if columns[index].isIndexed != before.isIndexed {
          try table.setIndex(db, on: index, to: columns[index].isIndexed)
        }
      }
      table.columns = columns
      try table.writeColumns(db)
    }
  }

  private static func checkFree(_ name: String, of user: String, among tables: [UserTable]) throws(LocalArchiveError) {
    guard tables.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return }
    throw LocalArchiveError(
      .alreadyExists,
      "You have a table '\(ArchiveUser.schema(of: user)).\(name)' already. Delete it first, or choose another name.")
  }

  private static func invalidName(_ name: String) -> LocalArchiveError {
    LocalArchiveError(
      .invalidName,
      "'\(ArchiveUser.line(name, longest: 60))' cannot be the name: take a letter, then letters, digits and underscores, \(UserTable.longestName) at most."
    )
  }
}
