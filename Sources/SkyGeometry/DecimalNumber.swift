/// Reads decimal numbers from bytes.
enum DecimalNumber {
  /// The powers of ten that a double holds exactly.
  private static let powers: [Double] = (0...22).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }

  /// Reads `[+-]digits[.digits][e[+-]digits]`; `nil` for anything else, also for `nan` and `inf`, and for numbers beyond a double.
  ///
  /// Up to 2⁵³ as digits and up to 10²² as scale, one division of two exact doubles rounds correctly; beyond, the standard library reads.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    var negative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var exact = true
    var inFraction = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        if mantissa < 900_719_925_474_099 { mantissa = mantissa * 10 + UInt64(byte &- 0x30) } else { exact = false }
        digits += 1
        if inFraction { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !inFraction {
        inFraction = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index == bytes.count, exact, decimals < powers.count {
      let value = Double(mantissa) / powers[decimals]
      return negative ? -value : value
    }
    if index < bytes.count {
      guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
      guard index < bytes.count, bytes[index...].allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}
