/// Numbers in delimited text.
enum NumberText {
  /// A whole number: a minus sign and digits; `nil` for anything else, out of range included.
  static func long(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var index = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    guard index < text.count, text.count - index <= 19 else { return nil }
    var magnitude: UInt64 = 0
    while index < text.count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      index += 1
    }
    if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  /// The nearest double to a decimal number; also `nan`, `inf` and `infinity` in any case and with a sign.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    exactDouble(text) ?? anyDouble(text)
  }

  /// The nearest float to a decimal number.
  static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
    guard startsLikeNumber(text) else { return nil }
    return Float(String(decoding: text, as: UTF8.self))
  }

  /// Numbers of at most 2⁵³ and a power of ten up to 22, where one division or product of exact doubles rounds right.
  private static func exactDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    let count = text.count
    let isNegative = count > 0 && text[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    while index < count {
      let byte = text[index]
      let digit = byte &- 0x30
      if digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += 1
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0, digits <= 18, mantissa <= 1 << 53 else { return nil }
    var exponent = -decimals
    if index < count {
      guard text[index] | 0x20 == UInt8(ascii: "e"),
        let power = shortExponent(UnsafeBufferPointer(rebasing: text[(index + 1)...]))
      else { return nil }
      exponent += power
    }
    guard abs(exponent) <= 22 else { return nil }
    let value = Double(mantissa)
    let scaled = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
    return isNegative ? -scaled : scaled
  }

  private static func shortExponent(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { index = 1 }
    guard index < text.count, text.count - index <= 3 else { return nil }
    var value = 0
    while index < text.count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  private static func anyDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard startsLikeNumber(text) else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// Keeps out what the standard library would read beyond decimal numbers: hexadecimal ones and NaN with a payload.
  private static func startsLikeNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: "eEnNaAiIfFtTyY".utf8.contains(byte)
      }
    }
  }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
