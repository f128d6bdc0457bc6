internal import ADQL
internal import GRDBSQLite
internal import TableIO

/// Binds the cells of an uploaded column to a parameter, row by row.
struct UploadedCells {
  private let buffer: ColumnBuffer
  private let name: String
  private let isScalar: Bool
  private let isSky: Bool
  private let isTime: Bool

  init(_ column: Column, _ buffer: ColumnBuffer) {
    self.buffer = buffer
    name = column.name
    isScalar = column.elementShape.isScalar
    isSky = SkyShape(column) != nil
    isTime = ADQLType(column) == .timestamp
  }

  /// Binds a cell. A time takes the one form that queries compare; what is none stays as it is.
  /// - Throws: of kind `tooLarge` for a value beyond the database's bounds.
  func bind(_ row: Int, to parameter: Int32, of statement: OpaquePointer) throws(LocalArchiveError) {
    let code =
      if buffer.isNull(at: row) {
        sqlite3_bind_null(statement, parameter)
      } else if isSky {
        bind(SkyValue.blob(numbers: numbers(row)), parameter, statement)
      } else if isScalar {
        bindScalar(row, parameter, statement)
      } else {
        bind(PackedCell.pack(buffer, row: row), parameter, statement)
      }
    switch code {
    case SQLITE_OK: return
    case SQLITE_TOOBIG:
      throw LocalArchiveError(
        .tooLarge, "Row \(row + 1) of the column '\(name)' has a value that is too long. Upload a shorter one.")
    default:
      throw LocalArchiveError(
        .database,
        "Row \(row + 1) of the column '\(name)' cannot be stored: \(String(cString: sqlite3_errstr(code))).")
    }
  }

  private func bindScalar(_ row: Int, _ parameter: Int32, _ statement: OpaquePointer) -> Int32 {
    switch buffer.elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values):
      return sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .short(let values): return sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .int(let values): return sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .long(let values): return sqlite3_bind_int64(statement, parameter, values[row])
    case .float(let values): return sqlite3_bind_double(statement, parameter, Double(values[row]))
    case .double(let values): return sqlite3_bind_double(statement, parameter, values[row])
    case .text(let texts):
      if isTime, var time = TimestampText.canonical(texts.string(at: row)) {
        return time.withUTF8 { bind(text: UnsafeRawBufferPointer($0), parameter, statement) }
      }
      let range = texts.range(at: row)
      return texts.bytes.withUnsafeBytes {
        bind(text: UnsafeRawBufferPointer(rebasing: $0[range]), parameter, statement)
      }
    case .floatComplex, .doubleComplex: return bind(PackedCell.pack(buffer, row: row), parameter, statement)
    }
  }

  private func numbers(_ row: Int) -> [Double] {
    let range = buffer.elementRange(at: row)
    return switch buffer.elements {
    case .double(let values): Array(values[range])
    case .float(let values): values[range].map { Double($0) }
    default: []
    }
  }

  private func bind(text: UnsafeRawBufferPointer, _ parameter: Int32, _ statement: OpaquePointer) -> Int32 {
    // A pointer to nothing would be NULL, not an empty text.
    let start = text.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
    return sqlite3_bind_text64(
      statement, parameter, start?.assumingMemoryBound(to: CChar.self), UInt64(text.count), Self.transient,
      UInt8(SQLITE_UTF8))
  }

  private func bind(_ blob: [UInt8], _ parameter: Int32, _ statement: OpaquePointer) -> Int32 {
    blob.withUnsafeBytes {
      sqlite3_bind_blob64(statement, parameter, $0.baseAddress, UInt64($0.count), Self.transient)
    }
  }

  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
