/// How a format spells the numbers that have no digits.
struct NonFiniteSpelling: Sendable {
  let notANumber: StaticString
  let infinity: StaticString
  let minusInfinity: StaticString

  /// VOTable 1.4, section 6.
  static let votable = NonFiniteSpelling(notANumber: "NaN", infinity: "+Inf", minusInfinity: "-Inf")
  /// Read alike by Java, Python, C and Swift.
  static let plain = NonFiniteSpelling(notANumber: "NaN", infinity: "Infinity", minusInfinity: "-Infinity")
  /// JSON has no such numbers: strings that most JSON libraries turn into them.
  static let quoted = NonFiniteSpelling(notANumber: "\"NaN\"", infinity: "\"Infinity\"", minusInfinity: "\"-Infinity\"")
  /// JSON for readers that take nothing but numbers.
  static let null = NonFiniteSpelling(notANumber: "null", infinity: "null", minusInfinity: "null")
}

extension OutputBuffer {
  /// Adds a number as the shortest decimal that reads back the same, as Swift spells it: `1.0`, `0.1`, `1e-07`, `5e-324`.
  @inline(__always)
  mutating func append(shortest value: Double, _ spelling: NonFiniteSpelling) {
    if value.isFinite { append(utf8: value.description) } else { append(nonFinite: value, spelling) }
  }

  /// Adds a number as the shortest decimal that reads back as the same `Float`.
  @inline(__always)
  mutating func append(shortest value: Float, _ spelling: NonFiniteSpelling) {
    if value.isFinite { append(utf8: value.description) } else { append(nonFinite: Double(value), spelling) }
  }

  private mutating func append(nonFinite value: Double, _ spelling: NonFiniteSpelling) {
    if value.isNaN {
      append(spelling.notANumber)
    } else {
      append(value > 0 ? spelling.infinity : spelling.minusInfinity)
    }
  }

  /// Adds a whole number in decimal.
  @inline(__always)
  mutating func append(decimal value: some SignedInteger & FixedWidthInteger) { append(decimal: Int64(value)) }

  /// Adds a whole number in decimal.
  mutating func append(decimal value: Int64) {
    append(atMost: 20) { start in
      var next = start
      if value < 0 {
        next.pointee = UInt8(ascii: "-")
        next += 1
      }
      let magnitude = value.magnitude
      let end = next + Self.digitCount(of: magnitude)
      var rest = magnitude
      var place = end
      while rest >= 10 {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        place -= 1
        place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      }
      (place - 1).pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
      return end
    }
  }

  @inline(__always)
  private static func digitCount(of value: UInt64) -> Int {
    var count = 1
    var bound: UInt64 = 10
    while value >= bound {
      count += 1
      let (next, isOver) = bound.multipliedReportingOverflow(by: 10)
      if isOver { break }
      bound = next
    }
    return count
  }
}
