/// The next character of bytes that should be UTF-8.
struct UTF8Piece {
  /// The character; `nil` for bytes that are no UTF-8.
  let scalar: UInt32?
  /// Bytes it takes, at least one.
  let length: Int

  /// Reads a character.
  /// - Parameters:
  ///   - bytes: the text.
  ///   - position: where the character begins; less than the number of bytes.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
    let first = UInt32(bytes[position])
    let (count, bits, least): (Int, UInt32, UInt32) =
      switch first {
      case 0..<0x80: (0, first, 0)
      case 0xC2..<0xE0: (1, first & 0x1F, 0x80)
      case 0xE0..<0xF0: (2, first & 0x0F, 0x800)
      case 0xF0..<0xF5: (3, first & 0x07, 0x10000)
      default: (-1, 0, 0)
      }
    guard count >= 0, position + count < bytes.count else {
      (scalar, length) = (nil, 1)
      return
    }
    var value = bits
    for offset in 0..<count {
      let next = bytes[position + 1 + offset]
      guard next & 0xC0 == 0x80 else {
        (scalar, length) = (nil, 1 + offset)
        return
      }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let isScalar = value >= least && value <= 0x10FFFF && !(0xD800..<0xE000).contains(value)
    (scalar, length) = (isScalar ? value : nil, 1 + count)
  }
}

extension OutputBuffer {
  /// U+FFFD, which stands for what cannot be written.
  static let replacement: StaticString = "\u{FFFD}"

  /// Adds text of which some characters are written differently.
  /// - Parameters:
  ///   - text: bytes that should be UTF-8; what is not becomes U+FFFD.
  ///   - special: adds what stands for a character and returns whether it did.
  @inline(__always)
  mutating func append(
    _ text: UnsafeBufferPointer<UInt8>, special: (UInt32, inout OutputBuffer) -> Bool
  ) {
    var position = 0
    while position < text.count {
      let piece = UTF8Piece(text, at: position)
      if let scalar = piece.scalar {
        if !special(scalar, &self) {
          append(UnsafeBufferPointer(rebasing: text[position..<position + piece.length]))
        }
      } else {
        append(Self.replacement)
      }
      position += piece.length
    }
  }
}
