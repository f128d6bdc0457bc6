internal import Crypto
internal import GRDB
public import SkyGeometry

/// A login that lasts for a while.
public struct ArchiveSession: Sendable, Hashable {
  /// Who is logged in.
  public var user: ArchiveUser
  /// Programmes whose exclusive data a token opens that the user has given for the time of the session.
  public var tokenPrograms: [Int]
  /// When it ends.
  public var expiry: ModifiedJulianDate
}

extension ArchiveStore {
  /// Begins a session. Sessions that are over are forgotten.
  /// - Parameters:
  ///   - secret: what proves the session from now on: random text of at least 128 bits. Only a digest of it is kept.
  ///   - user: the user's name.
  ///   - now: the time.
  ///   - seconds: how long it lasts.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` when there is no such user.
  public func beginSession(
    _ secret: String, user: String, now: ModifiedJulianDate, seconds: Double
  ) throws(LocalArchiveError) {
    try write { db in
      try db.execute(sql: "DELETE FROM user_sessions WHERE expiry <= ?", arguments: [now.rawValue])
      try db.execute(
        sql: """
          INSERT INTO user_sessions (digest, user, began, expiry) SELECT ?, name, ?, ? FROM users WHERE name = ?
          """, arguments: [Self.digest(secret), now.rawValue, now.rawValue + seconds / 86400, user])
      guard db.changesCount == 1 else { throw LocalArchiveError(.unknownItem, "The archive has no such user.") }
      // The oldest go when a user has very many.
      try db.execute(
        sql: """
          DELETE FROM user_sessions WHERE user = ?1 AND digest NOT IN
          (SELECT digest FROM user_sessions WHERE user = ?1 ORDER BY began DESC, rowid DESC LIMIT ?2)
          """, arguments: [user, Self.sessionLimit])
    }
  }

  /// The most sessions of one user.
  static let sessionLimit = 200

  /// The session that a text proves; `nil` when there is none, or it is over.
  public func session(_ secret: String, now: ModifiedJulianDate) throws(LocalArchiveError) -> ArchiveSession? {
    // What nobody was given is not worth a look.
    guard (16...256).contains(secret.utf8.count) else { return nil }
    return try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT user, expiry, token_programs FROM user_sessions WHERE digest = ? AND expiry > ?",
        arguments: [Self.digest(secret), now.rawValue])
      guard let row, let user = try Self.users(db, "name = ?", [row[0] as String]).first else { return nil }
      let programs = (row[2] as String? ?? "").split(separator: ",").compactMap { Int($0) }
      return ArchiveSession(user: user, tokenPrograms: programs, expiry: ModifiedJulianDate(rawValue: row[1]))
    }
  }

  /// Ends a session; nothing happens where there is none.
  public func endSession(_ secret: String) throws(LocalArchiveError) {
    try write { db in
      try db.execute(sql: "DELETE FROM user_sessions WHERE digest = ?", arguments: [Self.digest(secret)])
    }
  }

  /// Keeps, for the time of a session, which programmes' exclusive data a token opens. The token itself is not kept.
  public func setTokenPrograms(_ programs: [Int], ofSession secret: String) throws(LocalArchiveError) {
    try write { db in
      try db.execute(
        sql: "UPDATE user_sessions SET token_programs = ? WHERE digest = ?",
        arguments: [programs.map(String.init).joined(separator: ","), Self.digest(secret)])
    }
  }

  private static func digest(_ secret: String) -> String {
    SHA256.hash(data: Array(secret.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
