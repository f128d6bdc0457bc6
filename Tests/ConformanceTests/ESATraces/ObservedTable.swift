import TableIO
import TestSupport

/// A table that a call gave, in the form of the recordings: `$result_table` with columns and rows of plain values.
enum ObservedTable {
  /// The first table of a document of any format.
  static func read(_ bytes: [UInt8]) throws -> JSONValue {
    let source = try PeekableByteSource(inflating: MemoryByteSource(bytes))
    let head = try source.peek(4096)
    guard let format = TableFormat(content: head) else { throw TestSupportError("no known format of tables") }
    var reader = try format.reader(source: source)
    guard let metadata = try reader.nextTable() else { throw TestSupportError("no table") }
    var rows = TableBatch(columns: metadata.columns)
    var all: [JSONValue] = []
    while try reader.read(into: &rows) { all += self.rows(rows) }
    return json(metadata, rows: all)
  }

  /// A table with the rows of one batch.
  static func json(_ metadata: TableMetadata, _ batch: TableBatch) -> JSONValue { json(metadata, rows: rows(batch)) }

  private static func json(_ metadata: TableMetadata, rows: [JSONValue]) -> JSONValue {
    let columns = metadata.columns.map { column -> JSONValue in
      .object([
        "name": .string(column.name), "id": .text(column.id), "unit": .text(column.unit),
        "description": .text(column.description),
      ])
    }
    return .object([
      "$result_table": .object([
        "columns": .array(columns), "n_rows": .integer(Int64(rows.count)), "rows": .array(rows),
      ])
    ])
  }

  private static func rows(_ batch: TableBatch) -> [JSONValue] {
    (0..<batch.rowCount).map { row in .array(batch.columns.map { $0.json(at: row) }) }
  }
}

extension JSONValue {
  /// A text that may be missing.
  static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension ColumnBuffer {
  /// A cell as a plain value.
  fileprivate func json(at row: Int) -> JSONValue {
    if isNull(at: row) { return .null }
    let cells = elementRange(at: row).map { isNullElement($0) ? .null : element($0) }
    return cellEnds == nil && elementsPerCell == 1 ? cells.first ?? .null : .array(cells)
  }

  private func element(_ index: Int) -> JSONValue {
    switch elements {
    case .boolean(let values): .boolean(values[index] != 0)
    case .bit(let values): .boolean(values[index] != 0)
    case .unsignedByte(let values): .integer(Int64(values[index]))
    case .short(let values): .integer(Int64(values[index]))
    case .int(let values): .integer(Int64(values[index]))
    case .long(let values): .integer(values[index])
    case .float(let values): .number(Double(values[index]))
    case .double(let values): .number(values[index])
    case .floatComplex(let values): .array([.real(Double(values[2 * index])), .real(Double(values[2 * index + 1]))])
    case .doubleComplex(let values): .array([.real(values[2 * index]), .real(values[2 * index + 1])])
    case .text(let values): .string(values.string(at: index))
    }
  }
}

extension JSONValue {
  /// A number as the recordings write it; those that JSON cannot hold have a marker.
  static func number(_ value: Double) -> JSONValue {
    if value.isNaN { return .object(["$float": .string("nan")]) }
    if value.isInfinite { return .object(["$float": .string(value < 0 ? "-inf" : "inf")]) }
    return .real(value)
  }
}
