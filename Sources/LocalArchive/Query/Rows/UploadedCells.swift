internal import GRDBSQLite
internal import TableIO

/// Binds the cells of an uploaded column to a parameter, row by row.
struct UploadedCells {
  private let buffer: ColumnBuffer
  private let isScalar: Bool
  private let isSky: Bool

  init(_ column: Column, _ buffer: ColumnBuffer) {
    self.buffer = buffer
    isScalar = column.elementShape.isScalar
    isSky = SkyShape(column) != nil
  }

  func bind(_ row: Int, to parameter: Int32, of statement: OpaquePointer) {
    if buffer.isNull(at: row) {
      sqlite3_bind_null(statement, parameter)
    } else if isSky {
      bind(SkyValue.blob(numbers: numbers(row)), parameter, statement)
    } else if isScalar {
      bindScalar(row, parameter, statement)
    } else {
      bind(PackedCell.pack(buffer, row: row), parameter, statement)
    }
  }

  private func bindScalar(_ row: Int, _ parameter: Int32, _ statement: OpaquePointer) {
    switch buffer.elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values):
      sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .short(let values): sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .int(let values): sqlite3_bind_int64(statement, parameter, Int64(values[row]))
    case .long(let values): sqlite3_bind_int64(statement, parameter, values[row])
    case .float(let values): sqlite3_bind_double(statement, parameter, Double(values[row]))
    case .double(let values): sqlite3_bind_double(statement, parameter, values[row])
    case .text(let texts):
      let range = texts.range(at: row)
      texts.bytes.withUnsafeBytes { bytes in
        let text = UnsafeRawBufferPointer(rebasing: bytes[range])
        // A pointer to nothing would be NULL, not an empty text.
        let start = text.baseAddress.map { UnsafeRawPointer($0) } ?? UnsafeRawPointer(bitPattern: 1)
        _ = sqlite3_bind_text64(
          statement, parameter, start?.assumingMemoryBound(to: CChar.self), UInt64(text.count), Self.transient,
          UInt8(SQLITE_UTF8))
      }
    case .floatComplex, .doubleComplex: bind(PackedCell.pack(buffer, row: row), parameter, statement)
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

  private func bind(_ blob: [UInt8], _ parameter: Int32, _ statement: OpaquePointer) {
    _ = blob.withUnsafeBytes {
      sqlite3_bind_blob64(statement, parameter, $0.baseAddress, UInt64($0.count), Self.transient)
    }
  }

  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
