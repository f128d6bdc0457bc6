/// How a text format spells the values inside cells.
protocol CellStyle: Sendable {
  /// How it spells numbers without digits.
  var nonFinite: NonFiniteSpelling { get }

  /// How it spells truth.
  var trueText: StaticString { get }
  /// How it spells the contrary.
  var falseText: StaticString { get }

  /// Whether any of eight bytes is one that strings cannot have if they are to be written as they are: zero when none is.
  static func care(_ bytes: EightBytes) -> UInt64

  /// Whether an empty string, or one with a blank at an end, needs care as well.
  static var mindsEdges: Bool { get }

  /// Adds a string that may be anything.
  func append(text: UnsafeBufferPointer<UInt8>, to output: inout OutputBuffer)

  /// Whether a string is written between marks even when it needs no care.
  static var quote: UInt8? { get }

  /// Adds a complex number.
  func append(real: Double, imaginary: Double, isFloat: Bool, to output: inout OutputBuffer)

  /// What stands for a missing array, where an ordinary missing cell would not be understood.
  func missingArray(in column: Column) -> [UInt8]?

  /// Adds the elements of a cell that is an array.
  func append(
    array range: Range<Int>, of buffer: ColumnBuffer, in column: Column, to output: inout OutputBuffer
  ) throws(TableIOError)
}

extension CellStyle {
  var trueText: StaticString { "true" }
  var falseText: StaticString { "false" }

  func missingArray(in column: Column) -> [UInt8]? { nil }

  /// Adds a real number, of the type it had.
  func append(real value: Double, isFloat: Bool, to output: inout OutputBuffer) {
    if isFloat { output.append(shortest: Float(value), nonFinite) } else { output.append(shortest: value, nonFinite) }
  }

  /// Whether all of some strings can be written as they are.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var found: UInt64 = 0
    var position = 0
    while position + 8 <= bytes.count {
      found |= care(EightBytes(word: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
      position += 8
    }
    if position < bytes.count {
      // A letter needs no care in any format.
      var rest = EightBytes.repeating("a")
      for byte in bytes[position...] { rest = rest << 8 | UInt64(byte) }
      found |= care(EightBytes(word: rest))
    }
    return found == 0
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
