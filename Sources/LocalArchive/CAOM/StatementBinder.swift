internal import GRDB
internal import GRDBSQLite

/// Binds the values of a row to a statement one after the other, without boxing each.
struct StatementBinder: ~Copyable {
  private let statement: Statement
  private let raw: OpaquePointer
  private var position: Int32 = 0

  /// Prepares a statement for many rows.
  init(_ db: Database, sql: String) throws {
    statement = try db.makeStatement(sql: sql)
    raw = statement.sqliteStatement
  }

  mutating func bind(_ value: Int64?) {
    position += 1
    if let value { sqlite3_bind_int64(raw, position, value) } else { sqlite3_bind_null(raw, position) }
  }

  mutating func bind(_ value: Int?) { bind(value.map(Int64.init)) }

  mutating func bind(_ value: Bool?) { bind(value.map { $0 ? Int64(1) : 0 }) }

  mutating func bind(_ value: Double?) {
    position += 1
    if let value, value.isFinite { sqlite3_bind_double(raw, position, value) } else { sqlite3_bind_null(raw, position) }
  }

  mutating func bind(_ value: String?) {
    position += 1
    guard var value else {
      sqlite3_bind_null(raw, position)
      return
    }
    // -1 as destructor asks SQLite for a copy of its own.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    value.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        // An empty text has no address, which would be taken for NULL.
        $0.isEmpty
          ? sqlite3_bind_text(raw, position, "", 0, copied)
          : sqlite3_bind_text(raw, position, $0.baseAddress, Int32(clamping: $0.count), copied)
      }
    }
  }

  /// Runs the statement with what was bound.
  mutating func run() throws {
    let code = sqlite3_step(raw)
    sqlite3_reset(raw)
    position = 0
    guard code == SQLITE_DONE else {
      let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(raw)))
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }
}
