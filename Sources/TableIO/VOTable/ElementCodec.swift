/// What a piece of text gave.
enum Parsed<Value> {
  case value(Value)
  case missing
  /// The best that can be made of it, `nil` for nothing, and what is wrong.
  case odd(Value?, StaticString)
}

/// How the primitives of one datatype are spelled in TABLEDATA and in BINARY (VOTable 1.4, sections 2.1 and 5).
protocol ElementCodec {
  associatedtype Value: Equatable
  /// Stands for a missing value.
  static var filler: Value { get }
  /// Bytes of a value in binary rows.
  static var byteCount: Int { get }
  /// Values in an element: two in complex numbers.
  static var valuesPerElement: Int { get }
  /// Whether missing elements of an array are marked; in arrays of floating-point numbers they are NaN.
  static var marksElements: Bool { get }
  /// Reads text that has no blanks around it and is not empty.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Parsed<Value>
  /// Reads big-endian bytes; `nil` for a missing value.
  static func load(_ bytes: UnsafePointer<UInt8>) -> Value?
  static func null(_ plan: ColumnPlan) -> Value?
  /// Lends the values of a buffer.
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Value]) -> Void)
}

extension ElementCodec {
  static var valuesPerElement: Int { 1 }
}

protocol IntegerCodec: ElementCodec where Value: FixedWidthInteger {}

extension IntegerCodec {
  static var filler: Value { 0 }
  static var byteCount: Int { MemoryLayout<Value>.size }
  static var marksElements: Bool { true }
  static func null(_ plan: ColumnPlan) -> Value? { plan.integerNull.flatMap { Value(exactly: $0) } }

  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> Value? {
    Value(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: Value.self))
  }

  @inline(__always)
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Parsed<Value> {
    if let value = NumberParsing.int64(text) {
      if let exact = Value(exactly: value) { return .value(exact) }
      return .odd(Value(clamping: value), "is out of range; the nearest value is taken")
    }
    return unusual(text)
  }

  @inline(never)
  private static func unusual(_ text: UnsafeBufferPointer<UInt8>) -> Parsed<Value> {
    if text.count > 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") {
      guard let value = UInt64(String(decoding: text[2...], as: UTF8.self), radix: 16) else {
        return .odd(nil, "is no hexadecimal number")
      }
      if let exact = Value(exactly: value) { return .value(exact) }
      return .odd(Value(clamping: value), "is out of range; the nearest value is taken")
    }
    guard let number = NumberParsing.double(text) else { return .odd(nil, "is no whole number") }
    if number.isNaN { return .missing }
    if let exact = Value(exactly: number) { return .odd(exact, "is no whole number as VOTable spells it") }
    if number.rounded(.towardZero) != number { return .odd(nil, "is no whole number") }
    return .odd(number < 0 ? .min : .max, "is out of range; the nearest value is taken")
  }
}

enum UnsignedByteCodec: IntegerCodec {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [UInt8]) -> Void) {
    guard case .unsignedByte(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .unsignedByte(values)
  }
}

enum ShortCodec: IntegerCodec {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Int16]) -> Void) {
    guard case .short(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .short(values)
  }
}

enum IntCodec: IntegerCodec {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Int32]) -> Void) {
    guard case .int(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .int(values)
  }
}

enum LongCodec: IntegerCodec {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Int64]) -> Void) {
    guard case .long(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .long(values)
  }
}

enum BooleanCodec: ElementCodec {
  static var filler: UInt8 { 0 }
  static var byteCount: Int { 1 }
  static var marksElements: Bool { true }
  static func null(_ plan: ColumnPlan) -> UInt8? { nil }

  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> UInt8? {
    switch bytes[0] {
    case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "1"): 1
    case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "0"): 0
    default: nil
    }
  }

  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Parsed<UInt8> {
    if text.count == 1 {
      if let value = load(text.baseAddress!) { return .value(value) }
      return text[0] == UInt8(ascii: "?") ? .missing : .odd(nil, "is neither true nor false")
    }
    func isSpelled(_ word: StaticString) -> Bool {
      text.count == word.utf8CodeUnitCount && text.indices.allSatisfy { text[$0] | 0x20 == word.utf8Start[$0] }
    }
    if isSpelled("true") { return .value(1) }
    if isSpelled("false") { return .value(0) }
    return .odd(nil, "is neither true nor false")
  }

  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [UInt8]) -> Void) {
    guard case .boolean(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .boolean(values)
  }
}

protocol FloatingCodec: ElementCodec where Value: BinaryFloatingPoint {
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Value?
}

extension FloatingCodec {
  static var filler: Value { .nan }
  static var byteCount: Int { MemoryLayout<Value>.size }
  static var marksElements: Bool { false }
  static func null(_ plan: ColumnPlan) -> Value? { plan.floatingNull.map { Value($0) } }

  @inline(__always)
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Parsed<Value> {
    if let value = number(text) { return .value(value) }
    return .odd(nil, "is no number")
  }
}

protocol FloatCodecBase: FloatingCodec where Value == Float {}
protocol DoubleCodecBase: FloatingCodec where Value == Double {}

extension FloatCodecBase {
  @inline(__always) static func number(_ text: UnsafeBufferPointer<UInt8>) -> Float? { NumberParsing.float(text) }
  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> Float? {
    Float(bitPattern: UInt32(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)))
  }
}

extension DoubleCodecBase {
  @inline(__always) static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? { NumberParsing.double(text) }
  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> Double? {
    Double(bitPattern: UInt64(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)))
  }
}

enum FloatCodec: FloatCodecBase {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Float]) -> Void) {
    guard case .float(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .float(values)
  }
}

enum DoubleCodec: DoubleCodecBase {
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Double]) -> Void) {
    guard case .double(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .double(values)
  }
}

enum FloatComplexCodec: FloatCodecBase {
  static var valuesPerElement: Int { 2 }
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Float]) -> Void) {
    guard case .floatComplex(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .floatComplex(values)
  }
}

enum DoubleComplexCodec: DoubleCodecBase {
  static var valuesPerElement: Int { 2 }
  static func withValues(of buffer: inout ColumnBuffer, _ body: (inout [Double]) -> Void) {
    guard case .doubleComplex(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    body(&values)
    buffer.elements = .doubleComplex(values)
  }
}
