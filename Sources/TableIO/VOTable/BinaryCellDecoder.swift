/// Turns binary rows into values: first where the cells stand, then column by column.
struct BinaryCellDecoder: CellDecoder {
  let plans: [ColumnPlan]
  /// Whether each row begins with a bit for every missing cell (BINARY2).
  let hasNullFlags: Bool
  let cellByteLimit: Int
  /// What was odd in the last rows.
  private(set) var issues: [CellIssue] = []
  private let fixedByteCounts: [Int]

  init(plans: [ColumnPlan], hasNullFlags: Bool, cellByteLimit: Int) {
    self.plans = plans
    self.hasNullFlags = hasNullFlags
    self.cellByteLimit = cellByteLimit
    fixedByteCounts = plans.map { $0.byteCount($0.primitiveCount) }
  }

  /// Finds whole rows.
  /// - Throws: `.limit` when a cell is larger than allowed.
  func scan(_ bytes: UnsafeBufferPointer<UInt8>, into grid: inout CellGrid, rowLimit: Int) throws(TableIOError) {
    grid.removeAll()
    guard let base = bytes.baseAddress else { return }
    let flagCount = hasNullFlags ? (plans.count + 7) / 8 : 0
    var at = 0
    rows: while grid.rowCount < rowLimit, at < bytes.count {
      let rowStart = at
      guard bytes.count - at >= flagCount else { break }
      at += flagCount
      for index in plans.indices {
        let isNull = hasNullFlags && base[rowStart + index >> 3] & (0x80 >> UInt8(index & 7)) != 0
        var count = plans[index].primitiveCount
        var byteCount = fixedByteCounts[index]
        if plans[index].isVariable {
          guard bytes.count - at >= 4 else { break rows }
          count = Int(UInt32(bigEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt32.self)))
          byteCount = plans[index].byteCount(count)
          at += 4
        }
        guard byteCount <= cellByteLimit else {
          throw TableIOError(
            .limit, "A cell of column '\(plans[index].name)' claims \(byteCount) bytes, more than \(cellByteLimit).",
            row: grid.rowCount + 1)
        }
        guard bytes.count - at >= byteCount else { break rows }
        grid.cells.append(CellGrid.Cell(offset: at, count: UInt32(count), isMarked: isNull))
        at += byteCount
      }
      guard at > rowStart else { break }
      grid.rowCount += 1
      grid.end = at
    }
    grid.cells.removeLast(grid.cells.count - grid.rowCount * plans.count)
  }

  /// Adds rows to a batch.
  mutating func decode(_ grid: CellGrid, base: UnsafePointer<UInt8>, into batch: inout TableBatch) {
    issues.removeAll(keepingCapacity: true)
    grid.cells.withUnsafeBufferPointer { cells in
      for (index, plan) in plans.enumerated() {
        let cells = CellColumn(base: base, cells: cells, index: index, stride: plans.count, rowCount: grid.rowCount)
        decode(cells, plan, into: &batch.columns[index])
      }
    }
    batch.rowCount += grid.rowCount
  }

  /// Adds the only cell of the only column.
  /// - Returns: whether the bytes are one cell.
  mutating func decodeCell(_ bytes: [UInt8], into buffer: inout ColumnBuffer) throws(TableIOError) -> Bool {
    var grid = CellGrid(columnCount: 1)
    let result = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(TableIOError) in try scan(bytes, into: &grid, rowLimit: 1) }
    }
    try result.get()
    guard grid.rowCount == 1, grid.end == bytes.count else { return false }
    bytes.withUnsafeBufferPointer { bytes in
      grid.cells.withUnsafeBufferPointer { cells in
        let column = CellColumn(base: bytes.baseAddress!, cells: cells, index: 0, stride: 1, rowCount: 1)
        decode(column, plans[0], into: &buffer)
      }
    }
    return true
  }

  func values<Codec: ElementCodec>(
    _: Codec.Type, _ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer
  ) {
    let null = Codec.null(plan)
    let width = Codec.valuesPerElement
    var marks = CellMarks(takingFrom: &buffer)
    Codec.withValues(of: &buffer) { values in
      for row in 0..<cells.rowCount {
        let cell = cells[row]
        let bytes = cells.base + cell.offset
        if plan.isScalar, width == 1 {
          let value = Codec.load(bytes)
          values.append(value ?? Codec.filler)
          marks.endCell(elementCount: values.count, isNull: cell.isMarked || value == nil || null == value)
          continue
        }
        for index in 0..<(cell.isMarked && plan.isVariable ? 0 : Int(cell.count) * width) {
          let value = Codec.load(bytes + index * Codec.byteCount)
          let isMissing = value == nil || null == value
          if Codec.marksElements, isMissing, !cell.isMarked { marks.markElement(values.count / width) }
          values.append((Codec.marksElements || !isMissing ? value : nil) ?? Codec.filler)
        }
        marks.endCell(elementCount: values.count / width, isNull: cell.isMarked)
      }
      marks.finish(elementCount: values.count / width)
    }
    marks.put(into: &buffer)
  }

  func bits(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer) {
    guard case .bit(var values) = buffer.elements else { return }
    buffer.elements = .boolean([])
    let isSingle = plan.isScalar
    for row in 0..<cells.rowCount {
      let cell = cells[row]
      if isSingle, cell.count == 1 {
        values.append(Self.isSet(cells.base[cell.offset]) ? 1 : 0)
      } else if !(cell.isMarked && plan.isVariable) {
        for index in 0..<Int(cell.count) {
          values.append(cells.base[cell.offset + index >> 3] >> UInt8(7 - index & 7) & 1)
        }
      }
      buffer.cellEnds?.append(values.count)
      buffer.nullCells.append(cell.isMarked)
    }
    buffer.elements = .bit(values)
  }

  /// Whether a single bit is set. It should be the byte's highest, but services also set others, or send the letter of a boolean.
  private static func isSet(_ byte: UInt8) -> Bool {
    byte != 0 && byte != UInt8(ascii: "0") && byte != UInt8(ascii: "F") && byte != UInt8(ascii: "f")
  }

  mutating func strings(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer) {
    guard case .text(var texts) = buffer.elements else { return }
    buffer.elements = .bit([])
    let isWide = plan.datatype == .unicodeChar
    for row in 0..<cells.rowCount {
      let cell = cells[row]
      let bytes = cells.base + cell.offset
      if let length = plan.stringLength {
        let start = texts.count
        if !(cell.isMarked && plan.isVariable) {
          for index in stride(from: 0, to: Int(cell.count), by: max(1, length)) {
            let count = min(length, Int(cell.count) - index)
            append(bytes + index * (isWide ? 2 : 1), count, isWide, trimsBlanks: true, row, to: &texts)
          }
          if !plan.isVariable { while texts.count - start < plan.elementCount { texts.endString() } }
        }
        buffer.cellEnds?.append(texts.count)
      } else if cell.isMarked {
        texts.endString()
      } else {
        append(bytes, Int(cell.count), isWide, trimsBlanks: false, row, to: &texts)
      }
      buffer.nullCells.append(cell.isMarked)
    }
    buffer.elements = .text(texts)
  }

  /// Adds a string that ends at its length or the first NUL.
  @inline(__always)
  private mutating func append(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ isWide: Bool, trimsBlanks: Bool, _ row: Int,
    to texts: inout TextBuffer
  ) {
    if isWide {
      appendUTF16(bytes, count, to: &texts)
    } else {
      var length = 0
      var all: UInt8 = 0
      while length + 8 <= count {
        let piece = EightBytes(word: UnsafeRawPointer(bytes + length).loadUnaligned(as: UInt64.self))
        guard piece.controls | piece.nonASCII == 0 else { break }
        length += 8
      }
      while length < count, bytes[length] != 0 {
        all |= bytes[length]
        length += 1
      }
      let text = UnsafeBufferPointer(start: bytes, count: length)
      if all < 0x80 || String(validating: text, as: UTF8.self) != nil {
        texts.bytes.append(contentsOf: text)
      } else {
        for byte in text { texts.bytes.append(contentsOf: UTF8.encode(Unicode.Scalar(byte))!) }
        if issues.count < TextCellDecoder.issueLimit {
          issues.append(
            CellIssue(row: row, column: 0, offset: 0, message: "a string is not UTF-8 and is read as ISO-8859-1"))
        }
      }
    }
    if trimsBlanks {
      let start = texts.ends.last ?? 0
      while texts.bytes.count > start, texts.bytes.last == 0x20 { texts.bytes.removeLast() }
    }
    texts.endString()
  }

  private func appendUTF16(_ bytes: UnsafePointer<UInt8>, _ count: Int, to texts: inout TextBuffer) {
    var index = 0
    while index < count {
      let unit = UInt16(bytes[index * 2]) << 8 | UInt16(bytes[index * 2 + 1])
      index += 1
      if unit == 0 { return }
      if unit < 0x80 {
        texts.bytes.append(UInt8(truncatingIfNeeded: unit))
      } else if unit & 0xFC00 == 0xD800, index < count, bytes[index * 2] & 0xFC == 0xDC {
        let low = UInt32(bytes[index * 2] & 0x03) << 8 | UInt32(bytes[index * 2 + 1])
        index += 1
        let scalar = Unicode.Scalar(0x10000 + UInt32(unit & 0x3FF) << 10 + low) ?? "\u{FFFD}"
        texts.bytes.append(contentsOf: UTF8.encode(scalar)!)
      } else {
        texts.bytes.append(contentsOf: UTF8.encode(Unicode.Scalar(unit) ?? "\u{FFFD}")!)
      }
    }
  }
}
