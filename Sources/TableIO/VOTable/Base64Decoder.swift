/// Decodes base64 that comes in pieces, with white space anywhere and padding also between groups, as some programs write it.
struct Base64Decoder {
  private var bits: UInt32 = 0
  private var digitCount = 0
  private var paddingCount = 0

  /// Whether no group is open.
  var isAtBorder: Bool { digitCount == 0 }

  /// Adds the bytes of a piece of text.
  /// - Returns: whether the text is base64.
  mutating func decode(_ text: UnsafeBufferPointer<UInt8>, into decoded: inout [UInt8]) -> Bool {
    guard let base = text.baseAddress else { return true }
    let old = decoded.count
    decoded.append(contentsOf: repeatElement(0, count: text.count / 4 * 3 + 6))
    var at = 0
    let written = decoded.withUnsafeMutableBufferPointer { buffer in
      var out = buffer.baseAddress! + old
      Self.groups.withUnsafeBufferPointer { groups in
        while at < text.count {
          if digitCount == 0 {
            while at + 4 <= text.count {
              let group =
                groups[Int(base[at])] | groups[256 + Int(base[at + 1])] | groups[512 + Int(base[at + 2])]
                | groups[768 + Int(base[at + 3])]
              if group >= Self.mark { break }
              UnsafeMutableRawPointer(out).storeBytes(of: group.littleEndian, as: UInt32.self)
              out += 3
              at += 4
            }
            guard at < text.count else { break }
          }
          guard take(Self.digits[Int(base[at])], &out) else { break }
          at += 1
        }
      }
      return out - buffer.baseAddress!
    }
    decoded.removeLast(decoded.count - written)
    return at == text.count
  }

  /// Takes one byte at the border of groups.
  private mutating func take(_ digit: UInt8, _ out: inout UnsafeMutablePointer<UInt8>) -> Bool {
    switch digit {
    case Self.space: return true
    case Self.padding:
      guard digitCount + paddingCount >= 2, digitCount > 0 else { return false }
      paddingCount += 1
      guard digitCount + paddingCount == 4 else { return true }
      bits <<= UInt32(6 * paddingCount)
      for shift in [16, 8].prefix(3 - paddingCount) {
        out[0] = UInt8(truncatingIfNeeded: bits >> UInt32(shift))
        out += 1
      }
    case 0..<64:
      guard paddingCount == 0 else { return false }
      bits = bits << 6 | UInt32(digit)
      digitCount += 1
      guard digitCount == 4 else { return true }
      for shift in [16, 8, 0] as [UInt32] {
        out[0] = UInt8(truncatingIfNeeded: bits >> shift)
        out += 1
      }
    default: return false
    }
    bits = 0
    digitCount = 0
    paddingCount = 0
    return true
  }

  private static let illegal: UInt8 = 0xFF
  private static let space: UInt8 = 0xFE
  private static let padding: UInt8 = 0xFD

  private static let digits: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    case UInt8(ascii: "="): padding
    case 0x20, 0x09, 0x0A, 0x0D: space
    default: illegal
    }
  }

  /// In ``groups``, what is no digit.
  private static let mark: UInt32 = 0xFF00_0000

  /// What a digit adds to a group's three bytes, the first of them lowest: 256 entries for each of its four places.
  private static let groups: [UInt32] = (0..<4).flatMap { place in
    digits.map { digit in
      guard digit < 64 else { return mark }
      let bytes = UInt32(digit) << UInt32(6 * (3 - place))
      return (bytes >> 16) | (bytes & 0xFF00) | (bytes & 0xFF) << 16
    }
  }
}
