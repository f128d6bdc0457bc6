/// The rows of delimited text as typed cells; what ``CSVTableReader`` and ``ECSVTableReader`` share.
struct DelimitedRows {
  let text: DelimitedText
  let columnCount: Int
  let skipsRaggedRows: Bool
  /// Whether an empty line is a row.
  var keepsEmptyLines = false
  /// Whether `""` is a missing value in a text column too.
  var quotedEmptyIsNull = false
  /// The columns, known once the sample has been looked at.
  var columns: [Column] = []
  /// What to do about a field that does not fit, at the end of the message.
  var advice = ""
  var diagnostics: [Diagnostic] = []

  /// How much text is taken at once, in bytes.
  private static let blockSize = 1 << 20
  private static let sampleSize = 2 << 20
  private static let diagnosticLimit = 100

  /// Rows of the text's block that have been given.
  private var given = 0
  private var rowsBefore = 0
  /// The records of the block that are rows, when some are not.
  private var evenRecords: [Int]?

  init(text: DelimitedText, columnCount: Int, skipsRaggedRows: Bool) {
    self.text = text
    self.columnCount = columnCount
    self.skipsRaggedRows = skipsRaggedRows
  }

  /// Reads the first rows, which stay to be read, and infers types from them.
  mutating func sampleTypes(rowLimit: Int) throws(TableIOError) -> [Datatype] {
    _ = try text.readRecords(max(1, rowLimit), byteLimit: Self.sampleSize, keepsEmptyLines: keepsEmptyLines)
    try sortOutRaggedRows()
    var types = [CellType](repeating: CellType(), count: columnCount)
    for record in 0..<rowCount {
      let start = firstField(record)
      for index in 0..<columnCount {
        let field = text.fields[start + index]
        if !field.isEmpty { types[index].note(text.bytes(field)) }
      }
    }
    return types.map(\.datatype)
  }

  mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    batch.removeAll()
    while given == rowCount {
      rowsBefore += rowCount
      given = 0
      evenRecords = nil
      text.removeAll()
      guard try text.readRecords(max(1, rowLimit), byteLimit: Self.blockSize, keepsEmptyLines: keepsEmptyLines) else {
        return false
      }
      try sortOutRaggedRows()
    }
    let rows = given..<min(rowCount, given + max(1, rowLimit))
    for index in columns.indices {
      try fill(&batch.columns[index], column: index, rows: rows)
    }
    batch.rowCount = rows.count
    given = rows.upperBound
    return true
  }

  private var rowCount: Int { evenRecords?.count ?? text.records.count }

  private func record(_ row: Int) -> DelimitedText.Record { text.records[evenRecords?[row] ?? row] }

  private func firstField(_ row: Int) -> Int { record(row).fields.lowerBound }

  private mutating func sortOutRaggedRows() throws(TableIOError) {
    let records = text.records
    guard let first = records.firstIndex(where: { $0.fields.count != columnCount }) else { return }
    var even = Array(0..<first)
    for index in first..<records.count {
      let count = records[index].fields.count
      if count == columnCount {
        even.append(index)
        continue
      }
      let message = "The row has \(count) fields where the header names \(columnCount) columns."
      guard skipsRaggedRows else {
        throw TableIOError(
          .malformed, message + " Repair the file, or have such rows skipped.", line: records[index].line,
          row: rowsBefore + even.count + 1)
      }
      if diagnostics.count < Self.diagnosticLimit {
        diagnostics.append(Diagnostic(.warning, message + " It was skipped.", line: records[index].line))
      }
    }
    evenRecords = even
  }

  /// Converts one column of some rows.
  private func fill(_ buffer: inout ColumnBuffer, column: Int, rows: Range<Int>) throws(TableIOError) {
    let isText = columns[column].datatype.isText
    let shape = columns[column].elementShape
    let fields = FieldColumn(
      rows: rows, text: text, records: text.records, fields: text.fields, evenRecords: evenRecords, column: column,
      quotedEmptyIsNull: quotedEmptyIsNull || !isText || !shape.isScalar)
    var misfit: Int?
    if shape.isScalar {
      misfit = ScalarText.append(fields, to: &buffer.elements)
      buffer.nullCells = Bitmap(count: rows.count)
      for index in 0..<rows.count where fields.isNull(at: index) { buffer.nullCells[index] = true }
    } else {
      for index in 0..<rows.count where misfit == nil {
        if let field = fields.text(at: index) {
          if !JSONCell.append(field, shape: shape, to: &buffer) { misfit = index }
        } else {
          buffer.appendNullCell()
        }
      }
    }
    if let misfit { throw error(row: rows.lowerBound + misfit, column: column) }
  }

  private func error(row: Int, column: Int) -> TableIOError {
    let field = text.fields[firstField(row) + column]
    let shown = String(decoding: text.bytes(field).prefix(40), as: UTF8.self)
    let type = columns[column].datatype
    return TableIOError(
      .malformed,
      "Column \"\(columns[column].name)\" is of type \(type.rawValue), which \"\(shown)\" is not. \(advice)",
      line: record(row).line, row: rowsBefore + row + 1)
  }
}

/// One column of some rows of the text's block.
private struct FieldColumn: TextColumn {
  let rows: Range<Int>
  let text: DelimitedText
  let records: [DelimitedText.Record]
  let fields: [DelimitedText.Field]
  let evenRecords: [Int]?
  let column: Int
  let quotedEmptyIsNull: Bool

  var count: Int { rows.count }

  func field(at index: Int) -> DelimitedText.Field {
    let row = rows.lowerBound + index
    return fields[records[evenRecords?[row] ?? row].fields.lowerBound + column]
  }

  func isNull(at index: Int) -> Bool {
    let field = field(at: index)
    return field.isEmpty && (quotedEmptyIsNull || !field.isQuoted)
  }

  func text(at index: Int) -> UnsafeBufferPointer<UInt8>? {
    let field = field(at: index)
    return field.isEmpty && (quotedEmptyIsNull || !field.isQuoted) ? nil : text.bytes(field)
  }
}
