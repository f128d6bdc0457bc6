/// The character classes of XML 1.0 (fifth edition) over checked UTF-8.
enum XMLCharacters {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

  /// Whether a character is legal in a document at all.
  static func isLegal(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  static func isNameStart(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
      0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
      0x10000...0xEFFFF:
      true
    default: false
    }
  }

  static func isName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isNameStart(scalar)
    }
  }

  /// The length of the name at a place; 0 when there is none.
  static func nameLength(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int {
    var length = 0
    while length < count {
      let (scalar, size) = decode(bytes + length)
      guard length == 0 ? isNameStart(scalar) : isName(scalar) else { break }
      length += size
    }
    return length
  }

  /// Whether a qualified name has at most one colon with a name of its own on either side.
  static func isQualifiedName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = bytes.firstIndex(of: 0x3A) else { return true }
    guard colon > 0, colon + 1 < bytes.count, !bytes[(colon + 1)...].contains(0x3A) else { return false }
    return isNameStart(decode(bytes.baseAddress! + colon + 1).0)
  }

  /// The character at a place and its length.
  private static func decode(_ bytes: UnsafePointer<UInt8>) -> (UInt32, Int) {
    let lead = UInt32(bytes[0])
    func tail(_ index: Int) -> UInt32 { UInt32(bytes[index] & 0x3F) }
    switch lead {
    case ..<0x80: return (lead, 1)
    case ..<0xE0: return ((lead & 0x1F) << 6 | tail(1), 2)
    case ..<0xF0: return ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    default: return ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
  }

  /// The character that a reference stands for: `&lt;`, `&#228;`, `&#xE4;`.
  /// - Parameter body: what stands between `&` and `;`.
  static func reference(_ body: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    guard let first = body.first else { return nil }
    if first == UInt8(ascii: "#") {
      let isHex = body.count > 1 && body[1] == UInt8(ascii: "x")
      let digits = body[(isHex ? 2 : 1)...]
      guard !digits.isEmpty else { return nil }
      var value: UInt32 = 0
      for byte in digits {
        guard let digit = hexDigit(byte), isHex || digit < 10, value <= 0x10FFFF else { return nil }
        value = value * (isHex ? 16 : 10) + digit
      }
      return isLegal(value) ? Unicode.Scalar(value) : nil
    }
    func matches(_ name: StaticString) -> Bool {
      name.utf8CodeUnitCount == body.count
        && body.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: body.count))
    }
    if matches("lt") { return "<" }
    if matches("gt") { return ">" }
    if matches("amp") { return "&" }
    if matches("quot") { return "\"" }
    if matches("apos") { return "'" }
    return nil
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Adds text to a buffer with its references, which have been checked, replaced.
  static func appendDecoded(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "&")),
      let close = rest[start...].firstIndex(of: UInt8(ascii: ";")),
      let scalar = reference(UnsafeBufferPointer(rebasing: rest[(start + 1)..<close]))
    {
      bytes.append(contentsOf: rest[..<start])
      bytes.append(contentsOf: UTF8.encode(scalar)!)
      rest = rest[(close + 1)...]
    }
    bytes.append(contentsOf: rest)
  }
}
