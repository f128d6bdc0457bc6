/// What TFORM says (FITS 4.0, section 7.3.2): `12E`, `40A8`, `1PJ(200)`.
struct FITSColumnForm: Equatable {
  /// The letter of the elements' type.
  var letter: UInt8
  /// How many elements a cell in the row has.
  var repeatCount: Int
  /// For arrays on the heap, bytes of a length or place in the row: 4 or 8.
  var descriptorSize: Int?
  /// For strings, how long each is when there are several in a cell.
  var stringWidth: Int?

  /// Reads the keyword's value.
  /// - Returns: `nil` when it is no such form.
  init?(_ text: String) {
    var rest = text.utf8.drop { $0 == 0x20 }
    let digits = rest.prefix { 0x30...0x39 ~= $0 }
    rest = rest.dropFirst(digits.count)
    guard let count = digits.isEmpty ? 1 : Int(Substring(digits)), count < 1 << 31, let first = rest.popFirst() else {
      return nil
    }
    repeatCount = count
    letter = first
    if first == UInt8(ascii: "P") || first == UInt8(ascii: "Q") {
      descriptorSize = first == UInt8(ascii: "P") ? 4 : 8
      guard count <= 1, let element = rest.popFirst() else { return nil }
      letter = element
    } else if first == UInt8(ascii: "A") {
      stringWidth = Int(Substring(rest.prefix { 0x30...0x39 ~= $0 }))
    }
    guard Self.size(of: letter) != nil else { return nil }
  }

  /// Bytes of an element; a bit counts as none.
  var elementSize: Int { Self.size(of: letter) ?? 0 }

  /// Bytes of so many elements.
  func byteCount(_ elements: Int) -> Int {
    letter == UInt8(ascii: "X") ? (elements + 7) / 8 : elements * elementSize
  }

  /// Bytes in a row.
  var width: Int {
    if let descriptorSize { return repeatCount * 2 * descriptorSize }
    return byteCount(repeatCount)
  }

  private static func size(of letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "X"): 0
    case UInt8(ascii: "L"), UInt8(ascii: "B"), UInt8(ascii: "A"): 1
    case UInt8(ascii: "I"): 2
    case UInt8(ascii: "J"), UInt8(ascii: "E"): 4
    case UInt8(ascii: "K"), UInt8(ascii: "D"), UInt8(ascii: "C"): 8
    case UInt8(ascii: "M"): 16
    default: nil
    }
  }
}
