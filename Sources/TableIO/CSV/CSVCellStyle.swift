/// How cells are spelled in CSV and TSV (RFC 4180): numbers plainly, strings in quotes when they have to be; an empty
/// string is `""`, which a missing one is not. Complex numbers are spelled as in Python, `1.0+2.0j`; arrays are JSON lists.
struct CSVCellStyle: CellStyle {
  let separator: UInt8
  /// Whether truth and lists are spelled as the readers of ECSV, written in Python, want them.
  var isECSV = false

  let nonFinite = NonFiniteSpelling.plain
  var trueText: StaticString { isECSV ? "True" : "true" }
  var falseText: StaticString { isECSV ? "False" : "false" }

  static let mindsEdges = true
  static let quote: UInt8? = nil

  /// Both separators count, so that one look serves CSV and TSV.
  @inline(__always)
  static func care(_ bytes: EightBytes) -> UInt64 {
    bytes.equal(",") | bytes.equal("\"") | bytes.controls
  }

  func append(text: UnsafeBufferPointer<UInt8>, to output: inout OutputBuffer) {
    guard needsQuotes(text) else { return output.append(text) }
    output.append(atMost: 2 * text.count + 2) { start in
      var next = start
      next.pointee = UInt8(ascii: "\"")
      next += 1
      for byte in text {
        if byte == UInt8(ascii: "\"") {
          next.pointee = byte
          next += 1
        }
        next.pointee = byte
        next += 1
      }
      next.pointee = UInt8(ascii: "\"")
      return next + 1
    }
  }

  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return true }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
    return text.contains {
      $0 == separator || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }
  }

  func append(real: Double, imaginary: Double, isFloat: Bool, to output: inout OutputBuffer) {
    append(real: real, isFloat: isFloat, to: &output)
    if imaginary.sign == .plus || imaginary.isNaN { output.append(UInt8(ascii: "+")) }
    append(real: imaginary, isFloat: isFloat, to: &output)
    output.append(UInt8(ascii: "j"))
  }

  func append(
    array range: Range<Int>, of buffer: ColumnBuffer, in column: Column, to output: inout OutputBuffer
  ) throws(TableIOError) {
    var list = OutputBuffer(capacity: 256)
    // ECSV's readers are Python's `json`, which knows the three as bare words.
    try JSONCellStyle(nonFinite: isECSV ? .plain : .quoted).append(array: range, of: buffer, in: column, to: &list)
    list.withBytes { append(text: $0, to: &output) }
  }
}
