/// What a text may be taken for, and what the texts of a column have in common.
///
/// The rules, in this order:
/// - An empty field says nothing.
/// - `true` and `false`, in any case, are truth values.
/// - Digits with an optional minus sign are whole numbers, when they fit 64 bits.
/// - Decimal numbers, `nan`, `inf` and `infinity` are doubles.
/// - All else is text: also numbers with leading zeros such as `01410`, whole numbers that do not fit 64 bits, and numbers
///   with white space around them.
///
/// Whole numbers and doubles in one column are doubles together, as long as no whole number is beyond 2⁵³ and would lose digits.
struct CellType {
  private var hasBoolean = false
  private var hasLong = false
  private var hasDouble = false
  private var hasText = false
  private var hasLargeLong = false
  private var isASCII = true

  /// Takes account of a field that is not empty.
  mutating func note(_ text: UnsafeBufferPointer<UInt8>) {
    if isASCII, text.contains(where: { $0 >= 0x80 }) { isASCII = false }
    guard !hasText else { return }
    if Self.boolean(text) != nil {
      hasBoolean = true
    } else if !Self.hasLeadingZero(text), let value = NumberText.long(text) {
      hasLong = true
      if value.magnitude > 1 << 53 { hasLargeLong = true }
    } else if !Self.hasLeadingZero(text), !Self.isWhole(text), NumberParsing.double(text) != nil {
      hasDouble = true
    } else {
      hasText = true
    }
  }

  /// Takes account of a field that can only be text.
  mutating func noteText(_ text: UnsafeBufferPointer<UInt8>) {
    hasText = true
    note(text)
  }

  /// The type that holds all fields noted; text when there was none, `char` as long as all of it is ASCII.
  var datatype: Datatype {
    let text: Datatype = isASCII ? .char : .unicodeChar
    if hasText { return text }
    switch (hasBoolean, hasLong, hasDouble) {
    case (true, false, false): return .boolean
    case (false, true, false): return .long
    case (false, _, true): return hasLargeLong ? text : .double
    default: return text
    }
  }

  /// Reads `true` or `false`.
  static func boolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch text.count {
    case 4: text.elementsEqual("true".utf8, by: { $0 | 0x20 == $1 }) ? true : nil
    case 5: text.elementsEqual("false".utf8, by: { $0 | 0x20 == $1 }) ? false : nil
    default: nil
    }
  }

  private static func hasLeadingZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? 1 : 0
    return text.count > start + 1 && text[start] == UInt8(ascii: "0") && 0x30...0x39 ~= text[start + 1]
  }

  private static func isWhole(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.dropFirst(text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? 1 : 0)
      .allSatisfy { 0x30...0x39 ~= $0 }
  }
}
