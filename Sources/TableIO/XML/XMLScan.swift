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

  /// How many line feeds there are.
  static func lineFeedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var count = 0
    var at = 0
    while at + 8 <= raw.count {
      // Each byte of the sum counts its place of the words, no more of them than it can count.
      var sums: UInt64 = 0
      for _ in 0..<min(255, (raw.count - at) / 8) {
        let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ repeating(0x0A)
        sums &+= ~(((word & repeating(0x7F)) &+ repeating(0x7F)) | word | repeating(0x7F)) >> 7
        at += 8
      }
      let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums >> 8 & 0x00FF_00FF_00FF_00FF)
      count += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
    }
    while at < raw.count {
      if raw[at] == 0x0A { count += 1 }
      at += 1
    }
    return count
  }

  @inline(__always) private static func repeating(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// The high bit of the lowest byte that is zero; bits of higher bytes may be wrong.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
