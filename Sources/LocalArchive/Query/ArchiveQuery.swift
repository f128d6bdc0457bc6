/// A question to the archive in ADQL, with everything that belongs to it.
///
///     let cursor = try store.open(ArchiveQuery(adql: "SELECT TOP 5 observationid FROM jwst.observation"))
///     while let batch = try cursor.next() { … }
public struct ArchiveQuery: Sendable {
  /// The query's text.
  public var adql: String
  /// The language and its version as TAP's LANG names it: `ADQL`, `ADQL-2.0` or `ADQL-2.1` (TAP 1.1, section 2.7.1).
  public var language: String
  /// The most rows that are given (TAP's MAXREC); `nil` for all.
  public var maxRows: Int?
  /// Tables that only this query sees, as `TAP_UPLOAD.name`.
  public var uploads: [UploadedTable]
  /// The name of the user who asks, whose own and shared tables are visible; `nil` for anybody.
  public var user: String?
  /// The longest time that the database may work on the query; `nil` for any. Time in which nobody asks for rows does not count.
  public var timeLimit: Duration?

  /// Describes a query.
  /// - Parameters:
  ///   - adql: the query's text.
  ///   - language: the language and its version.
  ///   - maxRows: the most rows that are given.
  ///   - uploads: tables that only this query sees.
  ///   - user: the name of the user who asks.
  ///   - timeLimit: the longest time that the database may work.
  public init(
    adql: String, language: String = "ADQL", maxRows: Int? = nil, uploads: [UploadedTable] = [], user: String? = nil,
    timeLimit: Duration? = nil
  ) {
    self.adql = adql
    self.language = language
    self.maxRows = maxRows
    self.uploads = uploads
    self.user = user
    self.timeLimit = timeLimit
  }
}
