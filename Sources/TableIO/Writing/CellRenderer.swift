/// Turns batches of typed columns into the rows of a text format.
struct CellRenderer<Style: CellStyle>: Sendable {
  private let columns: [Column]
  private let frames: [CellFrame]
  private let style: Style
  private var cells = CellMatrix()

  init(columns: [Column], frames: [CellFrame], style: Style) {
    self.columns = columns
    self.frames = frames
    self.style = style
  }

  /// Adds the rows of a batch, or some of them, to an output and hands it to a sink whenever there is enough.
  mutating func write(
    _ batch: TableBatch, rows chosen: Range<Int>? = nil, to output: inout OutputBuffer, sink: any ByteSink
  ) throws(TableIOError) {
    try batch.check(against: columns)
    let chosen = chosen ?? 0..<batch.rowCount
    let step = CellMatrix.rowsAtOnce(of: batch)
    var start = chosen.lowerBound
    while start < chosen.upperBound {
      let rows = start..<min(start + step, chosen.upperBound)
      cells.removeAll()
      for index in columns.indices { try render(batch.columns[index], index, rows) }
      cells.weave(rowCount: rows.count, into: &output)
      try output.flush(to: sink)
      start = rows.upperBound
    }
  }

  private mutating func render(_ buffer: ColumnBuffer, _ index: Int, _ rows: Range<Int>) throws(TableIOError) {
    let column = columns[index]
    guard column.elementShape.isScalar else { return try renderArrays(buffer, index, rows) }
    let nonFinite = style.nonFinite
    let style = style
    let (trueText, falseText) = (style.trueText, style.falseText)
    switch buffer.elements {
    case .boolean(let values):
      render(rows, buffer, index) { row, out in out.append(values[row] != 0 ? trueText : falseText) }
    case .bit(let values):
      render(rows, buffer, index) { row, out in out.append(UInt8(ascii: "0") + (values[row] & 1)) }
    case .unsignedByte(let values):
      render(rows, buffer, index) { row, out in out.append(decimal: Int64(values[row])) }
    case .short(let values): render(rows, buffer, index) { row, out in out.append(decimal: values[row]) }
    case .int(let values): render(rows, buffer, index) { row, out in out.append(decimal: values[row]) }
    case .long(let values): render(rows, buffer, index) { row, out in out.append(decimal: values[row]) }
    case .float(let values): render(rows, buffer, index) { row, out in out.append(shortest: values[row], nonFinite) }
    case .double(let values): render(rows, buffer, index) { row, out in out.append(shortest: values[row], nonFinite) }
    case .floatComplex(let values):
      render(rows, buffer, index) { row, out in
        style.append(
          real: Double(values[2 * row]), imaginary: Double(values[2 * row + 1]), isFloat: true, to: &out)
      }
    case .doubleComplex(let values):
      render(rows, buffer, index) { row, out in
        style.append(real: values[2 * row], imaginary: values[2 * row + 1], isFloat: false, to: &out)
      }
    case .text(let texts): renderText(texts, buffer, index, rows)
    }
  }

  @inline(__always)
  private mutating func render(
    _ rows: Range<Int>, _ buffer: ColumnBuffer, _ index: Int, _ value: (Int, inout OutputBuffer) -> Void
  ) {
    let frame = frames[index]
    let hasNulls = buffer.nullCells.containsTrue
    for row in rows {
      if hasNulls, buffer.nullCells[row] {
        cells.bytes.append(frame.null)
      } else {
        if !frame.lead.isEmpty { cells.bytes.append(frame.lead) }
        value(row, &cells.bytes)
        cells.bytes.append(frame.trail)
      }
      cells.endCell()
    }
  }

  private mutating func renderText(_ texts: TextBuffer, _ buffer: ColumnBuffer, _ index: Int, _ rows: Range<Int>) {
    let style = style
    let used = texts.range(at: rows.lowerBound).lowerBound..<texts.range(at: rows.upperBound - 1).upperBound
    let isPlain = texts.bytes.withUnsafeBytes { Style.isPlain(UnsafeRawBufferPointer(rebasing: $0[used])) }
    texts.bytes.withUnsafeBufferPointer { bytes in
      render(rows, buffer, index) { row, out in
        let text = UnsafeBufferPointer(rebasing: bytes[texts.range(at: row)])
        if isPlain, !Style.mindsEdges || Self.hasPlainEdges(text) {
          if let quote = Style.quote { out.append(quote) }
          out.append(text)
          if let quote = Style.quote { out.append(quote) }
        } else {
          style.append(text: text, to: &out)
        }
      }
    }
  }

  @inline(__always)
  private static func hasPlainEdges(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    !text.isEmpty && text[0] != UInt8(ascii: " ") && text[text.count - 1] != UInt8(ascii: " ")
  }

  private mutating func renderArrays(_ buffer: ColumnBuffer, _ index: Int, _ rows: Range<Int>) throws(TableIOError) {
    let frame = frames[index]
    let missing = style.missingArray(in: columns[index]).map { frame.lead + $0 + frame.trail } ?? frame.null
    for row in rows {
      if buffer.isNull(at: row) {
        cells.bytes.append(missing)
      } else {
        cells.bytes.append(frame.lead)
        try style.append(
          array: buffer.elementRange(at: row), of: buffer, in: columns[index], to: &cells.bytes)
        cells.bytes.append(frame.trail)
      }
      cells.endCell()
    }
  }
}

extension TableBatch {
  /// Makes sure that a batch has what a table's columns promise, before anything indexes into it.
  func check(against columns: [Column]) throws(TableIOError) {
    guard self.columns.count == columns.count else {
      throw TableIOError(
        .malformed, "A batch has \(self.columns.count) columns where the table has \(columns.count).")
    }
    for (buffer, column) in zip(self.columns, columns) where !buffer.holds(rowCount, of: column) {
      throw TableIOError(
        .malformed,
        "A batch does not hold \(rowCount) cells of type \(column.datatype.rawValue) for the column \(column.name).")
    }
  }
}

extension ColumnBuffer {
  fileprivate func holds(_ rowCount: Int, of column: Column) -> Bool {
    guard count >= rowCount else { return false }
    let isRightType =
      switch (elements, column.datatype) {
      case (.boolean, .boolean), (.bit, .bit), (.unsignedByte, .unsignedByte), (.short, .short), (.int, .int),
        (.long, .long), (.float, .float), (.double, .double), (.floatComplex, .floatComplex),
        (.doubleComplex, .doubleComplex), (.text, .char), (.text, .unicodeChar):
        true
      default: false
      }
    guard isRightType, (cellEnds != nil) == column.elementShape.isVariable else { return false }
    guard rowCount > 0 else { return true }
    return elementCount >= elementRange(at: rowCount - 1).upperBound
  }
}
