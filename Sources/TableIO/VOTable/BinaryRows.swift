/// Turns batches of typed columns into the rows of BINARY and BINARY2 (VOTable 1.4, sections 5.3, 5.4 and 6).
struct BinaryRows: Sendable {
  private let columns: [Column]
  private let hasFlags: Bool
  private var cells = CellMatrix()
  private var flags: [UInt8] = []

  /// Renders rows.
  /// - Parameters:
  ///   - columns: the columns, with the null values that the document declares.
  ///   - hasFlags: whether rows begin with a bit a column that tells missing cells: BINARY2.
  init(columns: [Column], hasFlags: Bool) {
    self.columns = columns
    self.hasFlags = hasFlags
  }

  /// Adds some rows of a batch that has been checked.
  mutating func append(_ batch: TableBatch, _ rows: Range<Int>, to output: inout OutputBuffer) throws(TableIOError) {
    cells.removeAll()
    if hasFlags { appendFlags(batch, rows) }
    for (column, buffer) in zip(columns, batch.columns) { try append(buffer, column, rows) }
    cells.weave(rowCount: rows.count, into: &output)
  }

  private mutating func appendFlags(_ batch: TableBatch, _ rows: Range<Int>) {
    let width = (columns.count + 7) / 8
    flags.removeAll(keepingCapacity: true)
    flags.append(contentsOf: repeatElement(0, count: width * rows.count))
    for (index, buffer) in batch.columns.enumerated() where buffer.nullCells.containsTrue {
      for row in rows where buffer.nullCells[row] {
        flags[(row - rows.lowerBound) * width + index / 8] |= 0x80 >> UInt8(index % 8)
      }
    }
    flags.withUnsafeBufferPointer { flags in
      for row in 0..<rows.count {
        cells.bytes.append(UnsafeBufferPointer(rebasing: flags[row * width..<(row + 1) * width]))
        cells.endCell()
      }
    }
  }

  private mutating func append(_ buffer: ColumnBuffer, _ column: Column, _ rows: Range<Int>) throws(TableIOError) {
    let hasNulls = buffer.nullCells.containsTrue || buffer.nullElements.containsTrue
    switch buffer.elements {
    case .boolean(let values):
      try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
        out.append(isNull ? UInt8(ascii: "?") : UInt8(ascii: values[element] != 0 ? "T" : "F"))
      }
    case .bit(let values): try append(bits: values, buffer, column, rows)
    case .unsignedByte(let values): try append(values, buffer, column, rows, hasNulls)
    case .short(let values): try append(values, buffer, column, rows, hasNulls)
    case .int(let values): try append(values, buffer, column, rows, hasNulls)
    case .long(let values): try append(values, buffer, column, rows, hasNulls)
    case .float(let values):
      try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
        out.append(bigEndian: isNull ? Float.nan.bitPattern : values[element].bitPattern)
      }
    case .double(let values):
      try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
        out.append(bigEndian: isNull ? Double.nan.bitPattern : values[element].bitPattern)
      }
    case .floatComplex(let values):
      try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
        out.append(bigEndian: isNull ? Float.nan.bitPattern : values[2 * element].bitPattern)
        out.append(bigEndian: isNull ? Float.nan.bitPattern : values[2 * element + 1].bitPattern)
      }
    case .doubleComplex(let values):
      try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
        out.append(bigEndian: isNull ? Double.nan.bitPattern : values[2 * element].bitPattern)
        out.append(bigEndian: isNull ? Double.nan.bitPattern : values[2 * element + 1].bitPattern)
      }
    case .text(let texts): try append(texts, buffer, column, rows)
    }
  }

  /// Whole numbers: without flags a missing one is the declared null value, which no other may then have.
  @inline(__always)
  private mutating func append<Value: FixedWidthInteger>(
    _ values: [Value], _ buffer: ColumnBuffer, _ column: Column, _ rows: Range<Int>, _ hasNulls: Bool
  ) throws(TableIOError) {
    let literal = column.nullLiteral.map { Value(truncatingIfNeeded: $0) }
    let needsLiteral = !hasFlags || buffer.nullElements.containsTrue
    if needsLiteral, hasNulls, literal == nil { throw .nullLiteralMissing(in: column) }
    let filler = literal ?? 0
    let forbidden = needsLiteral ? literal : nil
    try appendCells(buffer, rows) { element, isNull, out throws(TableIOError) in
      let value = isNull ? filler : values[element]
      if value == forbidden, !isNull { throw .nullLiteralOccurs(Int64(value), in: column) }
      out.append(bigEndian: value)
    }
  }

  /// Cells of elements that have a width of their own each: with their number before them when it varies.
  @inline(__always)
  private mutating func appendCells(
    _ buffer: ColumnBuffer, _ rows: Range<Int>,
    _ append: (Int, Bool, inout OutputBuffer) throws(TableIOError) -> Void
  ) throws(TableIOError) {
    let hasNullCells = buffer.nullCells.containsTrue
    if buffer.cellEnds == nil, buffer.elementsPerCell == 1, buffer.nullElements.count == 0 {
      for row in rows {
        try append(row, hasNullCells && buffer.nullCells[row], &cells.bytes)
        cells.endCell()
      }
      return
    }
    for row in rows {
      let range = buffer.elementRange(at: row)
      let isNull = hasNullCells && buffer.nullCells[row]
      if buffer.cellEnds != nil { try cells.bytes.append(length: range.count) }
      for element in range { try append(element, isNull || buffer.isNullElement(element), &cells.bytes) }
      cells.endCell()
    }
  }

  /// Bits are packed, the first one highest.
  private mutating func append(
    bits values: [UInt8], _ buffer: ColumnBuffer, _ column: Column, _ rows: Range<Int>
  ) throws(TableIOError) {
    for row in rows {
      let range = buffer.elementRange(at: row)
      if buffer.isNull(at: row), !hasFlags, buffer.cellEnds == nil { throw .nullLiteralMissing(in: column) }
      if buffer.cellEnds != nil { try cells.bytes.append(length: range.count) }
      var byte: UInt8 = 0
      for (position, element) in range.enumerated() {
        if buffer.isNullElement(element) { throw .nullLiteralMissing(in: column) }
        if values[element] & 1 == 1 { byte |= 0x80 >> UInt8(position % 8) }
        if position % 8 == 7 || element == range.upperBound - 1 {
          cells.bytes.append(byte)
          byte = 0
        }
      }
      cells.endCell()
    }
  }

  private mutating func append(
    _ texts: TextBuffer, _ buffer: ColumnBuffer, _ column: Column, _ rows: Range<Int>
  ) throws(TableIOError) {
    let isWide = column.datatype == .unicodeChar
    let unitSize = isWide ? 2 : 1
    // The length of a string when it is fixed: always in arrays of strings, one for a single character.
    let dimensions = column.shape.dimensions
    let isString = dimensions.isEmpty && column.shape.isVariable
    let width = isString ? nil : dimensions.first ?? 1
    let isArray = !column.elementShape.isScalar
    for row in rows {
      let range = buffer.elementRange(at: row)
      if isArray, buffer.cellEnds != nil {
        let (count, isOver) = range.count.multipliedReportingOverflow(by: width ?? 1)
        try cells.bytes.append(length: isOver ? .max : count)
      }
      for element in range {
        let start = cells.bytes.count
        if isString { cells.bytes.append(bigEndian: UInt32(0)) }
        let textStart = cells.bytes.count
        if !buffer.isNull(at: row) {
          if isWide {
            for unit in texts.string(at: element).utf16 { cells.bytes.append(bigEndian: unit) }
          } else {
            texts.bytes.withUnsafeBufferPointer {
              cells.bytes.append(UnsafeBufferPointer(rebasing: $0[texts.range(at: element)]))
            }
          }
        }
        let length = (cells.bytes.count - textStart) / unitSize
        if let width {
          guard length <= width else { throw .textTooLong(length, width, in: column) }
          cells.bytes.append(0, times: (width - length) * unitSize)
        } else {
          try cells.bytes.replace(length: length, at: start)
        }
      }
      cells.endCell()
    }
  }
}

extension OutputBuffer {
  /// Adds the number of elements that a cell has.
  fileprivate mutating func append(length: Int) throws(TableIOError) {
    guard let length = Int32(exactly: length) else { throw .cellTooLarge }
    append(bigEndian: length)
  }

  /// Writes a length over the place that was kept for it.
  @inline(__always)
  fileprivate mutating func replace(length: Int, at position: Int) throws(TableIOError) {
    guard let length = Int32(exactly: length) else { throw .cellTooLarge }
    replace(bigEndian: length, at: position)
  }
}

extension TableIOError {
  static var cellTooLarge: TableIOError {
    TableIOError(.unsupported, "A cell has more than 2,147,483,647 elements, which VOTable's BINARY cannot count.")
  }
}
