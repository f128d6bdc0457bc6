import TableIO
import Testing

/// The standard library's conversion, which is exact, is the judge.
@Suite struct NumberParsingTests {
  private func double(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParsing.double($0) }
  }
  private func float(_ text: String) -> Float? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParsing.float($0) }
  }
  private func int64(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParsing.int64($0) }
  }

  @Test(arguments: [
    "0", "-0", "1", "-1.5", ".5", "5.", "+7", "1e5", "1E-5", "0.1", "123456789012345678", "9007199254740993", "1e23",
    "8.5e22",
    "1e308", "1e-308", "4.9e-324", "2.2250738585072011e-308", "1e400", "-1e400", "1e-400", "16777217", "33554435",
    "0.30000001192092896",
    "3.4028235677973366e38", "1.1754943e-38", "1e-45", "7e-46",
    "1.00000017881393421514957253748434595763683319091796875001",
    "1.00000017881393432617187499", "0.000000000000000000000000000000001", "123456789.123456789123456789", "1e-55",
    "1e55", "1e56", "0.0000000000000000000000", "18446744073709551616", "36893488147419103232000",
    "9007199254740992.5", "9007199254740991.5", "4503599627370497.5", "4503599627370498.5", "1e99999999999",
  ]) func agrees(text: String) {
    #expect(double(text)?.bitPattern == Double(text)?.bitPattern)
    #expect(float(text)?.bitPattern == Float(text)?.bitPattern)
  }

  @Test func agreesOnRandomNumbers() {
    var random = SeededRandom(state: 1)
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite {
        #expect(double("\(value)")?.bitPattern == value.bitPattern)
        #expect(float("\(value)") == Float("\(value)"))
      }
      let single = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      if single.isFinite { #expect(float("\(single)")?.bitPattern == single.bitPattern) }
      let decimal =
        "\(Int64.random(in: -999_999_999_999...999_999_999_999, using: &random))e\(Int.random(in: -30...30, using: &random))"
      #expect(double(decimal) == Double(decimal))
      #expect(float(decimal) == Float(decimal))
      // Half-way between two floats, and a little beside.
      let half = "\((1 << 24 + Int.random(in: 0..<1 << 24, using: &random)) * 2 + 1)"
      for text in [half, half + ".0", half + ".000000001", half + "e-3", half + "e9"] {
        #expect(float(text) == Float(text))
      }
    }
  }

  @Test(arguments: ["", "+", ".", "e5", "1e", "1e+", "1.2.3", "0x10", " 1", "1 ", "1_000", "nane", "in", "1d5", "--1"])
  func refuses(text: String) {
    #expect(double(text) == nil)
    #expect(float(text) == nil)
    #expect(int64(text) == nil)
  }

  @Test func readsSpecialValues() {
    #expect(double("NaN")?.isNaN == true)
    #expect(double("+InF") == .infinity)
    #expect(double("-Infinity") == -.infinity)
    #expect(float("inf") == .infinity)
  }

  @Test func readsWholeNumbers() {
    #expect(int64("9223372036854775807") == .max)
    #expect(int64("-9223372036854775808") == .min)
    #expect(int64("9223372036854775808") == nil)
    #expect(int64("-9223372036854775809") == nil)
    #expect(int64("99999999999999999999") == nil)
    #expect(int64("+0012") == 12)
  }
}
