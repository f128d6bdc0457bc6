internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension MirrorStore {
  /// Something that is remembered once for the whole directory.
  public struct Setting: RawRepresentable, Sendable, Hashable {
    /// Its name.
    public let rawValue: String
    /// Names a setting.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The options that lead to the archive.
    public static let archive = Setting(rawValue: "archive")
    /// The options that say where files go.
    public static let layout = Setting(rawValue: "layout")
  }

  /// The words of a setting; `nil` when nothing is remembered.
  public func words(of setting: Setting) throws(MirroringError) -> [String]? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [setting.rawValue])
        .map(Self.words)
    }
  }

  /// Remembers the words of a setting in place of earlier ones.
  public func remember(_ words: [String], of setting: Setting) throws(MirroringError) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
        arguments: [setting.rawValue, Self.text(words)])
    }
  }

  /// The questions that were asked for this directory, oldest first, each as the options that ask it.
  public func questions() throws(MirroringError) -> [[String]] {
    try read { db in try String.fetchAll(db, sql: "SELECT words FROM questions ORDER BY id").map(Self.words) }
  }

  /// Remembers a question; one that is known already changes nothing.
  public func remember(question words: [String]) throws(MirroringError) {
    try write { db in
      try db.execute(sql: "INSERT OR IGNORE INTO questions (words) VALUES (?)", arguments: [Self.text(words)])
    }
  }

  /// Forgets a question, for example one that turns out not to make sense.
  public func forget(question words: [String]) throws(MirroringError) {
    try write { db in try db.execute(sql: "DELETE FROM questions WHERE words = ?", arguments: [Self.text(words)]) }
  }

  private static func text(_ words: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
  }

  private static func words(_ text: String) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data(text.utf8))
  }
}
