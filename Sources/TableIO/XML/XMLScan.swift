/// Searches in text, eight bytes at a time.
enum XMLScan {
  /// The place of the next `<`, `&` or `]` or the end.
  @inline(__always)
  static func endOfText(_ base: UnsafePointer<UInt8>, from: Int, to: Int) -> Int {
    var at = from
    while at + 8 <= to {
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self).littleEndian
      let found = zeros(word ^ repeating(0x3C)) | zeros(word ^ repeating(0x26)) | zeros(word ^ repeating(0x5D))
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < to, base[at] != 0x3C, base[at] != 0x26, base[at] != 0x5D { at += 1 }
    return at
  }

  /// The place of the next `<`, `&` or `>` or the end.
  @inline(__always)
  static func endOfCell(_ base: UnsafePointer<UInt8>, from: Int, to: Int) -> Int {
    var at = from
    while at + 8 <= to {
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self).littleEndian
      // `<` and `>` differ in one bit.
      let found = zeros((word | repeating(0x02)) ^ repeating(0x3E)) | zeros(word ^ repeating(0x26))
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < to, base[at] != 0x3C, base[at] != 0x3E, base[at] != 0x26 { at += 1 }
    return at
  }

  @inline(__always) private static func repeating(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// The high bit of the lowest byte that is zero; bits of higher bytes may be wrong.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
