internal import GRDB

extension ArchiveStore {
  /// The longest password, bytes in UTF-8.
  public static let longestPassword = 1024
  /// The shortest password, characters.
  public static let shortestPassword = 8

  /// Adds a user.
  /// - Parameters:
  ///   - user: the user.
  ///   - password: what the user logs in with, 8 characters to 1024 bytes; only a salted hash of it is kept.
  ///   - salt: at least 16 fresh random bytes.
  /// - Throws: ``LocalArchiveError`` of kind `invalidName`, `unsuitableValue` or `alreadyExists`.
  public func add(_ user: ArchiveUser, password: String, salt: [UInt8]) throws(LocalArchiveError) {
    try add(user, password: password, salt: salt, cost: .standard)
  }

  func add(_ user: ArchiveUser, password: String, salt: [UInt8], cost: PasswordHash.Cost) throws(LocalArchiveError) {
    guard ArchiveUser.isName(user.name) else {
      throw LocalArchiveError(
        .invalidName,
        "'\(ArchiveUser.line(user.name, longest: 40))' cannot be a user's name: take a small letter, then small letters, digits and underscores, \(ArchiveUser.longestName) at most."
      )
    }
    let hash = try Self.hash(password, salt: salt, cost: cost)
    Self.keepToOwner(path)
    try write { db in
      guard try !Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE name = ?)", arguments: [user.name])!
      else { throw LocalArchiveError(.alreadyExists, "There is a user '\(user.name)' already. Choose another name.") }
      try db.execute(
        sql: "INSERT INTO users (name, display_name, password, quota) VALUES (?, ?, ?, ?)",
        arguments: [user.name, ArchiveUser.line(user.displayName), hash.text, max(0, user.quota)])
      for program in Set(user.programs).sorted() {
        try db.execute(sql: "INSERT INTO user_programs (user, program) VALUES (?, ?)", arguments: [user.name, program])
      }
    }
  }

  /// Gives a user another password, and ends the user's sessions.
  /// - Parameters:
  ///   - password: what the user logs in with from now on, 8 characters to 1024 bytes.
  ///   - name: the user's name.
  ///   - salt: at least 16 fresh random bytes.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` or `unsuitableValue`.
  public func setPassword(_ password: String, of name: String, salt: [UInt8]) throws(LocalArchiveError) {
    let hash = try Self.hash(password, salt: salt, cost: .standard)
    try write { db in
      try db.execute(sql: "UPDATE users SET password = ? WHERE name = ?", arguments: [hash.text, name])
      guard db.changesCount == 1 else { throw Self.noUser(name) }
      try db.execute(sql: "DELETE FROM user_sessions WHERE user = ?", arguments: [name])
    }
  }

  /// Removes a user with all that is the user's: sessions, groups, shares, tables and jobs. Whoever gets the name later finds nothing.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`.
  public func removeUser(_ name: String) throws(LocalArchiveError) {
    guard try user(named: name) != nil else { throw Self.noUser(name) }
    while true {
      let jobs = try jobList(JobSelection(owner: name))
      for job in jobs { _ = try deleteJob(job.id) }
      if jobs.isEmpty { break }
    }
    try write { db in
      for table in try UserTable.fetch(db, "t.owner = ?", [name]) { try table.drop(db) }
      try db.execute(sql: "DELETE FROM users WHERE name = ?", arguments: [name])
      guard db.changesCount == 1 else { throw Self.noUser(name) }
    }
  }

  /// The users, by name.
  public func users() throws(LocalArchiveError) -> [ArchiveUser] {
    try read { try Self.users($0, "1", []) }
  }

  /// A user by name; `nil` when there is none.
  public func user(named name: String) throws(LocalArchiveError) -> ArchiveUser? {
    guard ArchiveUser.isName(name) else { return nil }
    return try read { try Self.users($0, "name = ?", [name]).first }
  }

  /// The user who has this name and password; `nil` when there is none. Takes as long for a name that nobody has.
  /// - Parameters:
  ///   - name: the name to log in with.
  ///   - password: the password, of any length.
  public func user(named name: String, password: String) throws(LocalArchiveError) -> ArchiveUser? {
    // The database would take a name for ended at a NUL.
    let found = try read { db in
      ArchiveUser.isName(name)
        ? try String.fetchOne(db, sql: "SELECT password FROM users WHERE name = ?", arguments: [name]) : nil
    }
    // No longer than can be a password: what is longer is none, but costs the same.
    let tried = String(decoding: password.utf8.prefix(Self.longestPassword + 1), as: UTF8.self)
    guard let hash = found.flatMap(PasswordHash.init(text:)) else {
      _ = try PasswordHash(tried, salt: [UInt8](repeating: 0, count: PasswordHash.saltLength))
      return nil
    }
    return try hash.matches(tried) ? try user(named: name) : nil
  }

  private static func hash(
    _ password: String, salt: [UInt8], cost: PasswordHash.Cost
  ) throws(LocalArchiveError) -> PasswordHash {
    guard password.count >= shortestPassword, password.utf8.count <= longestPassword else {
      throw LocalArchiveError(
        .unsuitableValue,
        "The password does not do: take at least \(shortestPassword) characters and at most \(longestPassword) bytes.")
    }
    guard salt.count >= PasswordHash.saltLength else {
      throw LocalArchiveError(.unsuitableValue, "A salt has at least \(PasswordHash.saltLength) random bytes.")
    }
    return try PasswordHash(password, salt: salt, cost: cost)
  }

  static func users(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [ArchiveUser] {
    try Row.fetchAll(
      db, sql: "SELECT name, display_name, quota FROM users WHERE \(condition) ORDER BY name", arguments: arguments
    ).map { row in
      let name: String = row[0]
      let programs = try Int.fetchAll(
        db, sql: "SELECT program FROM user_programs WHERE user = ? ORDER BY program", arguments: [name])
      return ArchiveUser(name: name, displayName: row[1], programs: programs, quota: row[2])
    }
  }

  private static func noUser(_ name: String) -> LocalArchiveError {
    LocalArchiveError(
      .unknownItem,
      "The archive has no user '\(ArchiveUser.line(name, longest: 40))'. List the users to see their names.")
  }
}
