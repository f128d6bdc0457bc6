internal import GRDBSQLite

/// Owns a prepared statement.
final class QueryStatement {
  let sql: String
  let handle: OpaquePointer
  /// Owns the database; it or its cursor holds the statement, and lives longer.
  private unowned let connection: QueryConnection

  init(_ sql: String, on connection: QueryConnection) throws(LocalArchiveError) {
    var handle: OpaquePointer?
    var copy = sql
    var isWhole = true
    let code = copy.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { text in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          connection.handle, text.baseAddress, Int32(clamping: text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle,
          &tail)
        if let tail, let start = text.baseAddress {
          isWhole = UnsafeBufferPointer(rebasing: text[(tail - start)...]).allSatisfy { $0 == 0x20 || $0 == 0x0a }
        }
        return code
      }
    }
    guard code == SQLITE_OK, let handle, isWhole else {
      sqlite3_finalize(handle)
      throw connection.failure(code, sql)
    }
    self.sql = sql
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes on to the next row.
  /// - Returns: whether there is one.
  func step() throws(LocalArchiveError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.failure(code, sql)
    }
  }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}
