/// The primitive types of table values, as VOTable names them (VOTable 1.4, section 2.1).
public enum Datatype: String, Sendable, Hashable, CaseIterable {
  case boolean, bit, unsignedByte, short, int, long, char, unicodeChar, float, double, floatComplex, doubleComplex

  /// Whether a value is text: an array of characters counts as one value, not as many.
  public var isText: Bool { self == .char || self == .unicodeChar }

  /// Whether a value is a whole number.
  public var isInteger: Bool {
    switch self {
    case .unsignedByte, .short, .int, .long: true
    default: false
    }
  }

  /// Whether a value is a floating-point number, complex ones included.
  public var isFloatingPoint: Bool {
    switch self {
    case .float, .double, .floatComplex, .doubleComplex: true
    default: false
    }
  }
}
