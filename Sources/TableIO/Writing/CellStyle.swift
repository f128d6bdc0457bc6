/// How a text format spells the values inside cells.
protocol CellStyle: Sendable {
  /// How it spells numbers without digits.
  var nonFinite: NonFiniteSpelling { get }

  /// The bytes of a vector that strings cannot have if they are to be written as they are.
  static func needsCare(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>

  /// Whether an empty string, or one with a blank at an end, needs care as well.
  static var mindsEdges: Bool { get }

  /// Adds a string that may be anything.
  func append(text: UnsafeBufferPointer<UInt8>, to output: inout OutputBuffer)

  /// Whether a string is written between marks even when it needs no care.
  static var quote: UInt8? { get }

  /// Adds a complex number.
  func append(real: Double, imaginary: Double, isFloat: Bool, to output: inout OutputBuffer)

  /// Adds the elements of a cell that is an array.
  func append(
    array range: Range<Int>, of buffer: ColumnBuffer, in column: Column, to output: inout OutputBuffer
  ) throws(TableIOError)
}

extension CellStyle {
  /// Adds a real number, of the type it had.
  func append(real value: Double, isFloat: Bool, to output: inout OutputBuffer) {
    if isFloat { output.append(shortest: Float(value), nonFinite) } else { output.append(shortest: value, nonFinite) }
  }

  /// Whether all of some strings can be written as they are.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var found = SIMDMask<SIMD16<Int8>>(repeating: false)
    var position = 0
    while position + 16 <= bytes.count {
      found .|= needsCare(bytes.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self))
      position += 16
    }
    if position < bytes.count {
      // A letter needs no care in any format.
      var rest = SIMD16<UInt8>(repeating: UInt8(ascii: "a"))
      for index in 0..<bytes.count - position { rest[index] = bytes[position + index] }
      found .|= needsCare(rest)
    }
    return !any(found)
  }
}

/// What stands around the cells of a column.
struct CellFrame: Sendable {
  /// Before a value.
  var lead: [UInt8] = []
  /// After a value.
  var trail: [UInt8] = []
  /// In place of a missing value, lead and trail included.
  var null: [UInt8] = []

  init(lead: String = "", trail: String = "", null: String = "") {
    self.lead = Array(lead.utf8)
    self.trail = Array(trail.utf8)
    self.null = Array(null.utf8)
  }
}
