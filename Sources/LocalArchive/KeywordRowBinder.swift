internal import GRDB
internal import GRDBSQLite
internal import Holdings
internal import TableIO

/// Puts the fields of a CSV record into the parameters of an SQLite statement, without making a string of each.
struct KeywordRowBinder {
  let layout: KeywordLayout
  let statement: Statement

  init(_ layout: KeywordLayout, _ db: Database) throws {
    self.layout = layout
    statement = try db.makeStatement(
      sql: ArchiveTable.keywords(layout.service).insertionSQL(
        columns: layout.columns.map(\.column), onConflict: .keepKnown))
  }

  /// Takes the fields of the current record. They stay in the reader's buffer, so the row has to be written, or another bound,
  /// before the reader moves on.
  /// - Returns: why the row cannot be kept, `nil` when it can.
  func bind(_ reader: CSVReader) throws -> String? {
    let raw = statement.sqliteStatement
    for (position, entry) in layout.columns.enumerated() {
      let bytes = reader.bytes(at: entry.field)
      guard bind(bytes, as: entry.column, to: Int32(position + 1), of: raw) else {
        sqlite3_clear_bindings(raw)
        let text = String(decoding: bytes.prefix(40), as: UTF8.self)
        return "\(entry.column.name) is not \(entry.column.type.phrase): '\(text)'."
      }
    }
    return nil
  }

  /// Writes the row that was bound.
  func write() throws {
    let raw = statement.sqliteStatement
    let code = sqlite3_step(raw)
    sqlite3_reset(raw)
    sqlite3_clear_bindings(raw)
    guard code == SQLITE_DONE else {
      let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(raw)))
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  private func bind(
    _ bytes: UnsafeBufferPointer<UInt8>, as column: ArchiveTable.Column, to index: Int32, of raw: OpaquePointer
  ) -> Bool {
    guard !isNull(bytes, type: column.type) else { return sqlite3_bind_null(raw, index) == SQLITE_OK }
    switch column.type {
    case .text:
      let text = UnsafeRawPointer(bytes.baseAddress!).assumingMemoryBound(to: CChar.self)
      return sqlite3_bind_text(raw, index, text, Int32(clamping: bytes.count), nil) == SQLITE_OK
    case .integer:
      guard let value = KeywordText.integer(bytes) else { return false }
      return sqlite3_bind_int64(raw, index, value) == SQLITE_OK
    case .real:
      guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return false }
      return sqlite3_bind_double(raw, index, value) == SQLITE_OK
    case .boolean:
      let text = Cell.text(String(decoding: bytes, as: UTF8.self))
      let number = KeywordText.integer(bytes).map(Cell.integer)
      guard let value = text.booleanValue ?? number?.booleanValue else { return false }
      return sqlite3_bind_int64(raw, index, value ? 1 : 0) == SQLITE_OK
    case .date:
      guard let value = MASTDate.milliseconds(String(decoding: bytes, as: UTF8.self)) ?? KeywordText.integer(bytes)
      else { return false }
      return sqlite3_bind_int64(raw, index, value) == SQLITE_OK
    }
  }

  /// Empty fields and the words that tables use for a missing value; in text only NULL itself, since NONE is a value of some keywords.
  private func isNull(_ bytes: UnsafeBufferPointer<UInt8>, type: ColumnType) -> Bool {
    guard bytes.count <= 4 else { return false }
    guard !bytes.isEmpty else { return true }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "null": return true
    case "nan", "none", "nat": return type != .text
    default: return false
    }
  }
}

extension ColumnType {
  fileprivate var phrase: String {
    switch self {
    case .integer: "a whole number"
    case .real: "a number"
    case .boolean: "true or false"
    case .date: "a date of the form /Date(ms)/"
    case .text: "text"
    }
  }
}

/// Reads numbers from bytes.
enum KeywordText {
  /// A whole number; a fraction of zero (`54.0`), as some table programs write, is allowed.
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var magnitude: Int64 = 0
    var digits = bytes[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.count < 19, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
      let text = String(decoding: bytes, as: UTF8.self)
      return Int64(text) ?? Double(text).flatMap { Int64(exactly: $0) }
    }
    for digit in digits { magnitude = magnitude * 10 + Int64(digit - 48) }
    return isNegative ? -magnitude : magnitude
  }
}
