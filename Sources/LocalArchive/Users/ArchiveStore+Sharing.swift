internal import GRDB

extension ArchiveStore {
  /// The groups that a user made or belongs to.
  public func groups(of user: String) throws(LocalArchiveError) -> [UserGroup] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, owner, title, description FROM user_groups WHERE id IN
          (SELECT group_id FROM user_group_members WHERE user = ?) ORDER BY id
          """, arguments: [user]
      ).map { row in
        let id: Int64 = row[0]
        let members = try Self.users(db, "name IN (SELECT user FROM user_group_members WHERE group_id = ?)", [id])
        return UserGroup(id: id, owner: row[1], title: row[2], description: row[3], members: members)
      }
    }
  }

  /// What a user shares and what is shared with the user.
  public func sharedTables(of user: String) throws(LocalArchiveError) -> [SharedTable] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, t.owner, t.name, s.description, s.group_id FROM user_shares s JOIN user_tables t ON t.id = s.table_id
          WHERE t.owner = ?1 OR s.group_id IN (SELECT group_id FROM user_group_members WHERE user = ?1) ORDER BY s.id
          """, arguments: [user]
      ).map { row in
        SharedTable(
          id: row[0], table: ArchiveUser.schema(of: row[1]) + "." + (row[2] as String), description: row[3],
          group: row[4])
      }
    }
  }

  /// Makes a group, whose first member is its owner.
  /// - Throws: ``LocalArchiveError`` of kind `invalidName` or `alreadyExists`.
  public func addGroup(_ title: String, description: String, of user: String) throws(LocalArchiveError) {
    let title = try Self.title(title)
    try write { db in
      let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM user_groups WHERE owner = ?", arguments: [user]) ?? 0
      guard count < Self.groupLimit else {
        throw LocalArchiveError(.quotaExceeded, "You have \(count) groups, and no more are allowed. Delete one.")
      }
      let exists = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM user_groups WHERE owner = ? AND title = ?)", arguments: [user, title])!
      guard !exists else { throw LocalArchiveError(.alreadyExists, "You have a group '\(title)' already.") }
      try db.execute(
        sql: "INSERT INTO user_groups (owner, title, description) VALUES (?, ?, ?)",
        arguments: [user, title, ArchiveUser.line(description, longest: 2000)])
      try db.execute(
        sql: "INSERT INTO user_group_members (group_id, user) VALUES (?, ?)", arguments: [db.lastInsertedRowID, user])
    }
  }

  /// Changes a group of a user's own.
  /// - Parameters:
  ///   - id: the group's number.
  ///   - user: its owner's name.
  ///   - title: its title, `nil` to keep it.
  ///   - description: what it is for, `nil` to keep it.
  ///   - members: names of all its members, `nil` to keep them; the owner stays one.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` for a group or a member, `notAllowed` when it is another's group,
  ///   `invalidName` or `alreadyExists` for the title.
  public func changeGroup(
    _ id: Int64, of user: String, title: String?, description: String?, members: [String]?
  ) throws(LocalArchiveError) {
    let title = try title.map(Self.title)
    try write { db in
      try Self.requireOwnGroup(db, id, of: user)
      if let title {
        let exists = try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM user_groups WHERE owner = ? AND title = ? AND id <> ?)",
          arguments: [user, title, id])!
        guard !exists else { throw LocalArchiveError(.alreadyExists, "You have another group '\(title)'.") }
        try db.execute(sql: "UPDATE user_groups SET title = ? WHERE id = ?", arguments: [title, id])
      }
      if let description {
        try db.execute(
          sql: "UPDATE user_groups SET description = ? WHERE id = ?",
          arguments: [ArchiveUser.line(description, longest: 2000), id])
      }
      guard let members else { return }
      try db.execute(sql: "DELETE FROM user_group_members WHERE group_id = ?", arguments: [id])
      for member in Set(members + [user]) {
        try db.execute(
          sql: "INSERT INTO user_group_members (group_id, user) SELECT ?, name FROM users WHERE name = ?",
          arguments: [id, member])
        guard db.changesCount == 1 else {
          throw LocalArchiveError(
            .unknownItem, "There is no user '\(ArchiveUser.line(member, longest: 40))'; the group stays as it was.")
        }
      }
    }
  }

  /// Removes a group of a user's own; what is shared with it is no longer.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` or `notAllowed`.
  public func removeGroup(_ id: Int64, of user: String) throws(LocalArchiveError) {
    try write { db in
      try Self.requireOwnGroup(db, id, of: user)
      try db.execute(sql: "DELETE FROM user_groups WHERE id = ?", arguments: [id])
    }
  }

  /// Lets the members of a group read a user's own table. Sharing it again changes the description.
  /// - Parameters:
  ///   - table: the table's name, with or without the schema.
  ///   - user: its owner's name.
  ///   - group: the number of a group that the owner belongs to.
  ///   - description: what the members are told about the table.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` or `notAllowed`.
  public func share(
    _ table: String, of user: String, with group: Int64, description: String
  ) throws(LocalArchiveError) {
    try write { db in
      let table = try UserTable.own(db, table, of: user)
      guard try Self.isMember(db, user, of: group) else { throw Self.noGroup }
      try db.execute(
        sql: """
          INSERT INTO user_shares (table_id, group_id, description) VALUES (?, ?, ?)
          ON CONFLICT (table_id, group_id) DO UPDATE SET description = excluded.description
          """, arguments: [table.id, group, ArchiveUser.line(description, longest: 2000)])
    }
  }

  /// Ends a sharing of a user's own table.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`.
  public func endShare(_ id: Int64, of user: String) throws(LocalArchiveError) {
    try write { db in
      try db.execute(
        sql: "DELETE FROM user_shares WHERE id = ? AND table_id IN (SELECT id FROM user_tables WHERE owner = ?)",
        arguments: [id, user])
      guard db.changesCount == 1 else { throw LocalArchiveError(.unknownItem, "You share nothing with this number.") }
    }
  }

  static let groupLimit = 500

  private static let noGroup = LocalArchiveError(.unknownItem, "You have no such group. List your groups to see them.")

  private static func title(_ title: String) throws(LocalArchiveError) -> String {
    let line = ArchiveUser.line(title)
    guard line.contains(where: { $0 != " " }), line == title else {
      throw LocalArchiveError(.invalidName, "A group's title is a line of 1 to 200 characters.")
    }
    return line
  }

  private static func isMember(_ db: Database, _ user: String, of group: Int64) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM user_group_members WHERE group_id = ? AND user = ?)",
      arguments: [group, user])!
  }

  private static func requireOwnGroup(_ db: Database, _ id: Int64, of user: String) throws {
    let owner = try String.fetchOne(db, sql: "SELECT owner FROM user_groups WHERE id = ?", arguments: [id])
    if owner == user { return }
    guard try isMember(db, user, of: id) else { throw noGroup }
    throw LocalArchiveError(.notAllowed, "The group is another user's; only its owner can change it.")
  }
}
