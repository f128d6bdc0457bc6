internal import GRDBSQLite

/// One read-only connection to the archive's database, for queries whose text came from outside.
///
/// The main database is opened read-only; tables of uploads are temporary ones. Extensions cannot be loaded, no other file can be
/// attached, and what a statement reads passes an authorizer.
///
/// Sound as Sendable: a connection is used by whoever holds it, one thread at a time. ``QueryPool`` hands it to one cursor, and the cursor
/// gives it back.
final class QueryConnection: @unchecked Sendable {
  let handle: OpaquePointer
  let limits: QueryLimits
  let watch: QueryWatch
  let permissions = QueryPermissions()
  private var prepared: [String: QueryStatement] = [:]
  private var order: [String] = []

  init(path: String, limits: QueryLimits, uptime: @escaping ArchiveStore.Uptime) throws(LocalArchiveError) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw LocalArchiveError(
        .cannotAccess, "The archive's database cannot be opened for queries: \(String(cString: sqlite3_errstr(code))).",
        path: path)
    }
    self.handle = handle
    self.limits = limits
    watch = QueryWatch(uptime: uptime)
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 10_000)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, limits.valueBytes)
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, limits.statementBytes)
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, limits.columns)
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits.patternBytes)
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    // A name that is no column is an error, not a text.
    _disableDoubleQuotedStringLiterals(handle)
    try execute(
      """
      PRAGMA temp_store = FILE; PRAGMA cache_size = -\(limits.cacheKibibytes); PRAGMA case_sensitive_like = ON;
      PRAGMA temp.journal_mode = OFF; PRAGMA temp.synchronous = OFF
      """)
    try SQLFunction.registerAll(on: handle, watch: watch)
    sqlite3_progress_handler(
      handle, limits.instructionsPerLook,
      { Unmanaged<QueryWatch>.fromOpaque($0!).takeUnretainedValue().mustStop() ? 1 : 0 },
      Unmanaged.passUnretained(watch).toOpaque())
    permissions.install(on: handle)
  }

  deinit {
    prepared.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs statements of our own without rows.
  func execute(_ sql: String) throws(LocalArchiveError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code, sql) }
  }

  /// A statement ready to run, one that was kept where there is one.
  func statement(_ sql: String) throws(LocalArchiveError) -> QueryStatement {
    if let kept = prepared.removeValue(forKey: sql) {
      order.removeAll { $0 == sql }
      return kept
    }
    return try QueryStatement(sql, on: self)
  }

  /// Keeps a statement for the next time.
  func keep(_ statement: QueryStatement) {
    statement.reset()
    if prepared.updateValue(statement, forKey: statement.sql) != nil { order.removeAll { $0 == statement.sql } }
    order.append(statement.sql)
    if order.count > limits.preparedStatements { prepared[order.removeFirst()] = nil }
  }

  /// How SQLite would run a statement, each step indented below the one it serves.
  func plan(of sql: String) throws(LocalArchiveError) -> [String] {
    let statement = try QueryStatement("EXPLAIN QUERY PLAN " + sql, on: self)
    var depths: [Int32: Int] = [:]
    var lines: [String] = []
    while try statement.step() {
      let depth = depths[sqlite3_column_int(statement.handle, 1)].map { $0 + 1 } ?? 0
      depths[sqlite3_column_int(statement.handle, 0)] = depth
      let text = sqlite3_column_text(statement.handle, 3).map { String(cString: $0) } ?? ""
      lines.append(String(repeating: "  ", count: depth) + text)
    }
    return lines
  }

  /// What the database says of its last failure.
  func failure(_ code: Int32, _ sql: String) -> LocalArchiveError {
    if let error = watch.error(sql) { return error }
    let message = String(cString: sqlite3_errmsg(handle))
    if let reason = DatabaseLimit.reason(message, number: { sqlite3_limit(handle, $0, -1) }) {
      return LocalArchiveError(.tooLarge, reason, statement: sql)
    }
    if message == SQLFunction.moreThanOneRow {
      return LocalArchiveError(
        .badQuery,
        "A subquery that stands for a value gives more than one row. Select MAX, MIN or TOP 1 in it, or compare with IN.",
        statement: sql)
    }
    switch code & 0xff {
    case SQLITE_FULL, SQLITE_NOMEM:
      return LocalArchiveError(
        .tooLarge, "The query needs more room than it may have: \(message). Ask for less.", statement: sql)
    case SQLITE_ERROR where message == "integer overflow":
      return LocalArchiveError(
        .unsuitableValue,
        "The query adds whole numbers up to more than 64 bits hold. Convert them first: CAST(… AS DOUBLE PRECISION).",
        statement: sql)
    default:
      return LocalArchiveError(.database, "The archive's database refused: \(message).", statement: sql)
    }
  }
}
