/// How TABLEDATA spells cells (VOTable 1.4, section 5.1 and 6).
struct TableDataCellStyle: CellStyle {
  let nonFinite = NonFiniteSpelling.votable

  static let mindsEdges = false
  static let quote: UInt8? = nil

  @inline(__always)
  static func care(_ bytes: EightBytes) -> UInt64 {
    bytes.equal("<") | bytes.equal(">") | bytes.equal("&") | bytes.controls | bytes.nonASCII
  }

  func append(text: UnsafeBufferPointer<UInt8>, to output: inout OutputBuffer) { output.append(xml: text) }

  func append(real: Double, imaginary: Double, isFloat: Bool, to output: inout OutputBuffer) {
    append(real: real, isFloat: isFloat, to: &output)
    output.append(UInt8(ascii: " "))
    append(real: imaginary, isFloat: isFloat, to: &output)
  }

  /// astropy gives up on an empty cell where a complex array of fixed size is due.
  func missingArray(in column: Column) -> [UInt8]? {
    guard column.datatype == .floatComplex || column.datatype == .doubleComplex, !column.shape.isVariable else {
      return nil
    }
    return Array(repeatElement("NaN", count: 2 * column.shape.fixedCount).joined(separator: " ").utf8)
  }

  func append(
    array range: Range<Int>, of buffer: ColumnBuffer, in column: Column, to output: inout OutputBuffer
  ) throws(TableIOError) {
    for element in range {
      if element > range.lowerBound, !column.datatype.isText { output.append(UInt8(ascii: " ")) }
      if buffer.isNullElement(element) {
        try append(nullElementOf: column, to: &output)
        continue
      }
      switch buffer.elements {
      case .boolean(let values): output.append(UInt8(ascii: values[element] != 0 ? "T" : "F"))
      case .bit(let values): output.append(UInt8(ascii: "0") + (values[element] & 1))
      case .unsignedByte(let values): try append(Int64(values[element]), column, &output)
      case .short(let values): try append(Int64(values[element]), column, &output)
      case .int(let values): try append(Int64(values[element]), column, &output)
      case .long(let values): try append(values[element], column, &output)
      case .float(let values): output.append(shortest: values[element], nonFinite)
      case .double(let values): output.append(shortest: values[element], nonFinite)
      case .floatComplex(let values):
        append(
          real: Double(values[2 * element]), imaginary: Double(values[2 * element + 1]), isFloat: true, to: &output)
      case .doubleComplex(let values):
        append(real: values[2 * element], imaginary: values[2 * element + 1], isFloat: false, to: &output)
      case .text(let texts): try append(texts, element, column, &output)
      }
    }
  }

  private func append(_ value: Int64, _ column: Column, _ output: inout OutputBuffer) throws(TableIOError) {
    if value == column.nullLiteral { throw .nullLiteralOccurs(value, in: column) }
    output.append(decimal: value)
  }

  private func append(nullElementOf column: Column, to output: inout OutputBuffer) throws(TableIOError) {
    switch (column.datatype, column.nullLiteral) {
    case (.boolean, _): output.append(UInt8(ascii: "?"))
    // A missing string in an array is an empty one.
    case (.char, _), (.unicodeChar, _): output.append(UInt8(ascii: " "), times: column.shape.dimensions[0])
    case (_, let literal?) where column.datatype.isInteger: output.append(decimal: literal)
    default: throw .nullLiteralMissing(in: column)
    }
  }

  /// Strings of an array are as long as the first dimension says, in units of UTF-16, filled up with blanks.
  private func append(
    _ texts: TextBuffer, _ element: Int, _ column: Column, _ output: inout OutputBuffer
  ) throws(TableIOError) {
    let range = texts.range(at: element)
    let length = texts.string(at: element).utf16.count
    let width = column.shape.dimensions[0]
    guard length <= width else { throw .textTooLong(length, width, in: column) }
    texts.bytes.withUnsafeBufferPointer { output.append(xml: UnsafeBufferPointer(rebasing: $0[range])) }
    output.append(UInt8(ascii: " "), times: width - length)
  }
}

extension TableIOError {
  static func nullLiteralOccurs(_ value: Int64, in column: Column) -> TableIOError {
    TableIOError(
      .unsupported,
      "The column \(column.name) holds \(value), which stands for missing values there. Declare another null value for it."
    )
  }

  static func nullLiteralMissing(in column: Column) -> TableIOError {
    TableIOError(
      .unsupported,
      "The column \(column.name) has missing values that this VOTable serialisation cannot mark. "
        + "Declare a null value for the column, or write BINARY2 or TABLEDATA.")
  }

  static func textTooLong(_ length: Int, _ width: Int, in column: Column) -> TableIOError {
    TableIOError(
      .unsupported,
      "A string of the column \(column.name) has a length of \(length) where its arraysize allows \(width). "
        + "Write TABLEDATA, or declare the column with arraysize *.")
  }
}
