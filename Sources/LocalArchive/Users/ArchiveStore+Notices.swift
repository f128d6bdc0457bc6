internal import GRDB

/// Something that the archive tells everybody who uses it, such as the announcement of maintenance.
public struct ArchiveNotice: Sendable, Hashable, Identifiable {
  /// The archive's number for it.
  public var id: Int64
  /// What kind it is: `info` or `warning`, for example.
  public var type: String
  /// Where it is meant to be shown: `banner` or `news`, for example.
  public var subtype: String
  /// What it says, on one line.
  public var text: String
}

extension ArchiveStore {
  /// The notices, in the order they were added.
  public func notices() throws(LocalArchiveError) -> [ArchiveNotice] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT id, type, subtype, text FROM notices ORDER BY id").map {
        ArchiveNotice(id: $0[0], type: $0[1], subtype: $0[2], text: $0[3])
      }
    }
  }

  /// Adds a notice.
  /// - Parameters:
  ///   - text: what it says; line ends become blanks.
  ///   - type: what kind it is: letters only.
  ///   - subtype: where it is meant to be shown: letters only.
  /// - Returns: its number.
  @discardableResult
  public func addNotice(
    _ text: String, type: String = "info", subtype: String = "banner"
  ) throws(LocalArchiveError) -> Int64 {
    let text = ArchiveUser.line(text, longest: 1000)
    let words = [type, subtype].map { $0.filter { $0.isASCII && $0.isLetter } }
    guard text.contains(where: { $0 != " " }), words == [type, subtype], words.allSatisfy({ !$0.isEmpty }) else {
      throw LocalArchiveError(
        .unsuitableValue, "A notice is a line of text, and its type and subtype are words of letters.")
    }
    return try write { db in
      try db.execute(
        sql: "INSERT INTO notices (type, subtype, text) VALUES (?, ?, ?)", arguments: [type, subtype, text])
      return db.lastInsertedRowID
    }
  }

  /// Removes a notice.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem`.
  public func removeNotice(_ id: Int64) throws(LocalArchiveError) {
    try write { db in
      try db.execute(sql: "DELETE FROM notices WHERE id = ?", arguments: [id])
      guard db.changesCount == 1 else { throw LocalArchiveError(.unknownItem, "There is no notice \(id).") }
    }
  }
}
