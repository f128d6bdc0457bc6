/// How cells are spelled in JSON: numbers, `true` and `false`, strings; arrays as nested lists, the fastest dimension
/// innermost; complex numbers as lists of two.
struct JSONCellStyle: CellStyle {
  let nonFinite: NonFiniteSpelling

  static let mindsEdges = false
  static let quote: UInt8? = UInt8(ascii: "\"")

  @inline(__always)
  static func care(_ bytes: EightBytes) -> UInt64 {
    bytes.equal("\"") | bytes.equal("\\") | bytes.equal("\u{7F}") | bytes.controls | bytes.nonASCII
  }

  func append(text: UnsafeBufferPointer<UInt8>, to output: inout OutputBuffer) { output.append(json: text) }

  func append(real: Double, imaginary: Double, isFloat: Bool, to output: inout OutputBuffer) {
    output.append(UInt8(ascii: "["))
    append(real: real, isFloat: isFloat, to: &output)
    output.append(UInt8(ascii: ","))
    append(real: imaginary, isFloat: isFloat, to: &output)
    output.append(UInt8(ascii: "]"))
  }

  func append(
    array range: Range<Int>, of buffer: ColumnBuffer, in column: Column, to output: inout OutputBuffer
  ) throws(TableIOError) {
    let strides = Self.innerStrides(of: column.elementShape)
    output.append(UInt8(ascii: "["))
    for (position, element) in range.enumerated() {
      if position > 0 { output.append(UInt8(ascii: ",")) }
      for stride in strides where position % stride == 0 { output.append(UInt8(ascii: "[")) }
      append(element: element, of: buffer, to: &output)
      for stride in strides where (position + 1) % stride == 0 { output.append(UInt8(ascii: "]")) }
    }
    output.append(UInt8(ascii: "]"))
  }

  /// After how many elements each inner list ends.
  private static func innerStrides(of shape: ArrayShape) -> [Int] {
    let inner = shape.isVariable ? shape.dimensions[...] : shape.dimensions.dropLast()
    var product = 1
    return inner.map {
      product = product.multipliedReportingOverflow(by: $0).partialValue
      return max(1, product)
    }
  }

  /// Adds one element.
  func append(element: Int, of buffer: ColumnBuffer, to output: inout OutputBuffer) {
    if buffer.isNullElement(element) { return output.append("null") }
    switch buffer.elements {
    case .boolean(let values): values[element] != 0 ? output.append("true") : output.append("false")
    case .bit(let values): output.append(UInt8(ascii: "0") + (values[element] & 1))
    case .unsignedByte(let values): output.append(decimal: Int64(values[element]))
    case .short(let values): output.append(decimal: values[element])
    case .int(let values): output.append(decimal: values[element])
    case .long(let values): output.append(decimal: values[element])
    case .float(let values): output.append(shortest: values[element], nonFinite)
    case .double(let values): output.append(shortest: values[element], nonFinite)
    case .floatComplex(let values):
      append(
        real: Double(values[2 * element]), imaginary: Double(values[2 * element + 1]), isFloat: true, to: &output)
    case .doubleComplex(let values):
      append(real: values[2 * element], imaginary: values[2 * element + 1], isFloat: false, to: &output)
    case .text(let texts):
      texts.bytes.withUnsafeBufferPointer {
        output.append(json: UnsafeBufferPointer(rebasing: $0[texts.range(at: element)]))
      }
    }
  }
}

extension OutputBuffer {
  /// Adds a JSON string in its quotes; bytes that are no UTF-8 become U+FFFD.
  mutating func append(json text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    append(text) { scalar, output in
      switch scalar {
      case 0x22: output.append("\\\"")
      case 0x5C: output.append("\\\\")
      case 0x0A: output.append("\\n")
      case 0x0D: output.append("\\r")
      case 0x09: output.append("\\t")
      case 0..<0x20, 0x7F:
        output.append("\\u00")
        output.append(UInt8(ascii: "0") + UInt8(scalar >> 4))
        output.append(Array("0123456789abcdef".utf8)[Int(scalar & 15)])
      default: return false
      }
      return true
    }
    append(UInt8(ascii: "\""))
  }

  /// Adds a JSON string in its quotes.
  mutating func append(json text: String) {
    var text = text
    text.withUTF8 { append(json: $0) }
  }
}
