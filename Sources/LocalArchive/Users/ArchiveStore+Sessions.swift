internal import GRDB
public import SkyGeometry

/// A login that lasts for a while.
public struct ArchiveSession: Sendable, Hashable {
  /// Who is logged in.
  public var user: ArchiveUser
  /// The digest of a token that the user has given for the time of the session, ``AccessTokens/digest(of:)``. What the token opens is
  /// looked up whenever it matters, so that it opens nothing any more once it is revoked.
  public var tokenDigest: String?
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
          """, arguments: [AccessTokens.digest(of: secret), now.rawValue, now.rawValue + seconds / 86400, user])
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
        db, sql: "SELECT user, expiry, token_digest FROM user_sessions WHERE digest = ? AND expiry > ?",
        arguments: [AccessTokens.digest(of: secret), now.rawValue])
      guard let row, let user = try Self.users(db, "name = ?", [row[0] as String]).first else { return nil }
      return ArchiveSession(user: user, tokenDigest: row[2], expiry: ModifiedJulianDate(rawValue: row[1]))
    }
  }

  /// Ends a session; nothing happens where there is none.
  public func endSession(_ secret: String) throws(LocalArchiveError) {
    try write { db in
      try db.execute(sql: "DELETE FROM user_sessions WHERE digest = ?", arguments: [AccessTokens.digest(of: secret)])
    }
  }

  /// Keeps a token for the time of a session, or forgets the one that it has. Only a digest of it is kept.
  /// - Parameters:
  ///   - token: the token, `nil` for none.
  ///   - secret: what proves the session.
  public func setToken(_ token: String?, ofSession secret: String) throws(LocalArchiveError) {
    try write { db in
      try db.execute(
        sql: "UPDATE user_sessions SET token_digest = ? WHERE digest = ?",
        arguments: [token.map(AccessTokens.digest), AccessTokens.digest(of: secret)])
    }
  }
}
