import TableIO
import Testing

@Suite struct JSONTests {
  @Test func valuesKeepTheirTypesAndOrder() throws {
    let value = try JSONValue(parsing: #"  {"b": [1, -2.5, 1e3, true, null, "x"], "a": {}, "n": 9007199254740993} "#)
    #expect(value["b"]?.arrayValue == [.integer(1), .real(-2.5), .real(1000), .boolean(true), .null, .string("x")])
    #expect(value["n"] == .integer(9_007_199_254_740_993))
    guard case .object(let object) = value else { return #expect(Bool(false)) }
    #expect(object.members.map(\.name) == ["b", "a", "n"])
  }

  @Test func rowsWithOtherNamesAreNotConfused() throws {
    let rows = try JSONValue(parsing: #"[{"ab":1,"c":2},{"ab":3},{"abc":4,"c":5},{"c":6,"ab":7}]"#).arrayValue ?? []
    #expect(rows.map { $0["ab"] } == [.integer(1), .integer(3), nil, .integer(7)])
    #expect(rows.map { $0["c"] } == [.integer(2), nil, .integer(5), .integer(6)])
    #expect(rows[2]["abc"] == .integer(4))
  }

  @Test func escapes() throws {
    #expect(try JSONValue(parsing: #""\"\\\/\n\u00e9\ud83d\ude00""#) == .string("\"\\/\né😀"))
    #expect(JSONValue.string("a\"\\\n\u{1}é").jsonText == #""a\"\\\n\u0001é""#)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "01", "1.", "1e", "tru", "\"\\x\"", "\"abc", "[1] 2", "{a:1}", "-", "\"\u{1}\"",
  ])
  func faultsAreRefusedWithTheirPlace(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test func placeOfAFault() {
    #expect { try JSONValue(parsing: "{\n  \"a\": nul\n}") } throws: { ($0 as? JSONError)?.line == 2 }
  }

  @Test func nestingIsBounded() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
  }

  @Test func writtenNumbersReadBackTheSame() throws {
    for number in [0.1, 59437.701261574075, 1e-7, 2_500_000.25, -0.0, 1e300, .greatestFiniteMagnitude] {
      #expect(try JSONValue(parsing: JSONValue.real(number).jsonText).realValue == number)
    }
    #expect(JSONValue.real(.nan).jsonText == "null")
  }
}
