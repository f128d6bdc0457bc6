/// Reads numbers from bytes, every one rounded to the nearest as IEEE 754 asks.
///
/// No white space is skipped; use ``trimmed(_:)`` before. Besides decimals, `NaN`, `Inf` and `Infinity` are read in any case.
public enum NumberParsing {
  /// Reads a double.
  /// - Returns: `nil` when the text is no number.
  public static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let decimal = Decimal(text) else { return special(text) }
    if decimal.significand == 0, !decimal.isCut { return decimal.isNegative ? -0.0 : 0.0 }
    if let (bits, exponent) = decimal.rounded(to: 53) {
      let pattern = UInt64(exponent + 52 + 1023) << 52 | (bits & (1 << 52 - 1))
      return Double(bitPattern: decimal.isNegative ? pattern | 1 << 63 : pattern)
    }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// Reads a float, without the detour over a double, which would round twice.
  /// - Returns: `nil` when the text is no number.
  public static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
    guard let decimal = Decimal(text) else { return special(text).map { Float($0) } }
    if decimal.significand == 0, !decimal.isCut { return decimal.isNegative ? -0.0 : 0.0 }
    if let (bits, exponent) = decimal.rounded(to: 24), -126...127 ~= exponent + 23 {
      let pattern = UInt32(exponent + 23 + 127) << 23 | UInt32(bits & (1 << 23 - 1))
      return Float(bitPattern: decimal.isNegative ? pattern | 1 << 31 : pattern)
    }
    return Float(String(decoding: text, as: UTF8.self))
  }

  /// Reads a whole number in decimal digits.
  /// - Returns: `nil` when the text is none or passes 64 bits.
  @inline(__always)
  public static func int64(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var at = 0
    var isNegative = false
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      at = 1
    }
    guard at < text.count else { return nil }
    let isShort = text.count - at <= 18
    var value: UInt64 = 0
    while at < text.count {
      let digit = text[at] &- 0x30
      guard digit < 10 else { return nil }
      if isShort {
        value = value &* 10 &+ UInt64(digit)
      } else {
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, isOver) = product.addingReportingOverflow(UInt64(digit))
        if isTooLarge || isOver { return nil }
        value = sum
      }
      at += 1
    }
    if isNegative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
    return Int64(exactly: value)
  }

  /// The text without the white space around it.
  @inline(__always)
  public static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = text.count
    while low < high, isSpace(text[low]) { low += 1 }
    while low < high, isSpace(text[high - 1]) { high -= 1 }
    return UnsafeBufferPointer(rebasing: text[low..<high])
  }

  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D) ~= byte }

  private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard 3...9 ~= text.count else { return nil }
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// Digits and a power of ten.
  private struct Decimal {
    var isNegative = false
    var significand: UInt64 = 0
    var exponent = 0
    /// Whether there were more digits than the significand holds.
    var isCut = false

    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
      let count = text.count
      var at = 0
      if count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
        isNegative = text[0] == UInt8(ascii: "-")
        at = 1
      }
      let start = at
      take(text, &at)
      var digits = at - start
      if at < count, text[at] == UInt8(ascii: ".") {
        at += 1
        let start = at
        take(text, &at)
        digits += at - start
        exponent &-= at - start
      }
      guard digits > 0 else { return nil }
      // Up to 19 digits fit; leading zeros are none, but so many are rare.
      if digits > 19 { isCut = true }
      guard at < count else { return }
      guard text[at] | 0x20 == UInt8(ascii: "e") else { return nil }
      at += 1
      var isNegativeExponent = false
      if at < count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
        isNegativeExponent = text[at] == UInt8(ascii: "-")
        at += 1
      }
      guard at < count else { return nil }
      var power = 0
      while at < count {
        let digit = text[at] &- 0x30
        guard digit < 10 else { return nil }
        if power < 100_000 { power = power * 10 + Int(digit) }
        at += 1
      }
      exponent += isNegativeExponent ? -power : power
    }

    @inline(__always)
    private mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
      var value = significand
      while at < text.count {
        let digit = text[at] &- 0x30
        if digit > 9 { break }
        value = value &* 10 &+ UInt64(digit)
        at += 1
      }
      significand = value
    }

    /// The nearest binary number of so many bits, as whole number and power of two.
    ///
    /// The significand is multiplied by a power of five of 128 bits, exact for positive powers and cut off for negative ones. The
    /// product is then short of the truth by less than the significand, one part in 2^128; when that leaves the rounding open
    /// the answer is `nil`, and the caller takes the slow way. Ties with negative powers are among these.
    @inline(__always)
    func rounded(to bitCount: Int) -> (UInt64, Int)? {
      guard !isCut, -PowerOfFive.limit...PowerOfFive.limit ~= exponent else { return nil }
      let five = PowerOfFive.table[exponent + PowerOfFive.limit]
      let zeros = significand.leadingZeroBitCount
      let factor = significand << UInt64(zeros)
      let upper = factor.multipliedFullWidth(by: five.high)
      let lower = factor.multipliedFullWidth(by: five.low)
      let (middle, carries) = upper.low.addingReportingOverflow(lower.high)
      let high = upper.high + (carries ? 1 : 0)
      let dropped = 64 - bitCount - (high >> 63 == 1 ? 0 : 1)
      let half: UInt64 = 1 << UInt64(dropped - 1)
      let rest = high & (half << 1 - 1)
      var bits = high >> UInt64(dropped)
      var power = 128 + dropped + five.exponent + exponent - zeros
      if exponent < 0 {
        if rest == half - 1, middle == .max { return nil }
        if rest >= half { bits += 1 }
      } else if rest > half || (rest == half && (middle | lower.low != 0 || bits & 1 == 1)) {
        bits += 1
      }
      if bits >> UInt64(bitCount) != 0 {
        bits >>= 1
        power += 1
      }
      return (bits, power)
    }
  }

  /// 5^n as a number of 128 bits, its highest one set, times a power of two.
  private struct PowerOfFive {
    var high: UInt64
    var low: UInt64
    var exponent: Int

    /// 5^55 is the largest power that 128 bits hold.
    static let limit = 55

    static let table: [PowerOfFive] = (-limit...limit).map { power in
      let exact = (0..<abs(power)).reduce(UInt128(1)) { value, _ in value * 5 }
      let zeros = exact.leadingZeroBitCount
      let scaled = exact << UInt128(zeros)
      if power >= 0 { return PowerOfFive(scaled, exponent: -zeros) }
      return PowerOfFive(scaled.dividingFullWidth((high: UInt128(1) << 127, low: 0)).quotient, exponent: zeros - 255)
    }

    private init(_ value: UInt128, exponent: Int) {
      high = UInt64(truncatingIfNeeded: value >> 64)
      low = UInt64(truncatingIfNeeded: value)
      self.exponent = exponent
    }
  }
}
