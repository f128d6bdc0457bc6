#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How a column of numbers is printed: six decimals, trailing zeros removed from all values together while all end in zero,
/// at least one decimal left; in exponent form when that would hide or swell a value. Source: `jwst-mast-query` 15.3.
enum DecimalColumn {
  static func cells(_ values: [Double?]) -> [String] {
    let numbers = values.map { value in value.flatMap { $0.isNaN ? nil : $0 } }
    var texts = numbers.map { $0.map { formatted($0, "%.6f") } }
    while texts.contains(where: { $0 != nil }),
      texts.allSatisfy({ $0.map { $0.hasSuffix("0") && !$0.hasSuffix(".0") } ?? true })
    {
      texts = texts.map { $0.map { String($0.dropLast()) } }
    }
    let hidesSmall = numbers.contains { $0.map { $0 != 0 && abs($0) < 1e-6 } ?? false }
    let swells =
      texts.contains { $0.map { $0.count > 12 } ?? false } && numbers.contains { $0.map { abs($0) > 1e6 } ?? false }
    if hidesSmall || swells { texts = numbers.map { $0.map { formatted($0, "%.6e") } } }
    return texts.map { $0 ?? "NaN" }
  }

  /// C's own formatting; the locale is C because nothing in the process sets another.
  private static func formatted(_ value: Double, _ format: String) -> String {
    withVaList([value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 400)
      let length = vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
