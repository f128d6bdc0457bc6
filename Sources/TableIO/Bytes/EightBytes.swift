/// Eight bytes looked at in one step; the answers are zero when no byte is meant.
struct EightBytes {
  let word: UInt64

  /// A byte in all eight places.
  @inline(__always)
  static func repeating(_ byte: Unicode.Scalar) -> UInt64 { UInt64(byte.value) * 0x0101_0101_0101_0101 }

  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Bytes of this value.
  @inline(__always)
  func equal(_ byte: Unicode.Scalar) -> UInt64 {
    let difference = word ^ Self.repeating(byte)
    return (difference &- Self.repeating("\u{1}")) & ~difference & Self.high
  }

  /// Control characters: below the blank.
  @inline(__always)
  var controls: UInt64 { (word &- Self.repeating(" ")) & ~word & Self.high }

  /// Bytes beyond ASCII.
  @inline(__always)
  var nonASCII: UInt64 { word & Self.high }
}
