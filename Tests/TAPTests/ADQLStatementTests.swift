import TAP
import Testing

@Suite struct ADQLStatementTests {
  @Test func valuesBecomeLiterals() {
    let (name, level, radius) = ("O'Neill; DROP", 3, 0.1)
    let statement: ADQLStatement = "SELECT * FROM t WHERE a = \(name) AND b = \(level) AND c < \(radius)"
    #expect(statement.text == "SELECT * FROM t WHERE a = 'O''Neill; DROP' AND b = 3 AND c < 0.1")
  }

  @Test(arguments: [
    (1.0, "1.0"), (-0.000_012_5, "-1.25e-05"), (1e22, "1e+22"), (.nan, "NULL"), (-.infinity, "NULL"),
    (266.416_833_333_333_3, "266.4168333333333"),
  ])
  func numbersAreTheShortest(value: Double, text: String) {
    let statement: ADQLStatement = "\(value)"
    #expect(statement.text == text)
  }

  @Test func whatIsMissingIsNull() {
    let nothing: String? = nil
    let statement: ADQLStatement = "a = \(nothing) AND b IN (\(list: [])) AND c IN (\(list: ["x", "y'z"]))"
    #expect(statement.text == "a = NULL AND b IN (NULL) AND c IN ('x', 'y''z')")
  }

  @Test(arguments: [
    ("target_ra", "target_ra"), ("public", "\"public\""), ("SIZE", "\"SIZE\""), ("2mass", "\"2mass\""),
    ("a b", "\"a b\""), ("a\"b", "\"a\"\"b\""), ("größe", "\"größe\""), ("_x", "\"_x\""),
  ])
  func namesAreQuotedWhereTheyMust(name: String, text: String) {
    let statement: ADQLStatement = "\(identifier: name)"
    #expect(statement.text == text)
  }

  @Test(arguments: [
    ("jwst.main", "jwst.main"), ("user_x.order", "user_x.\"order\""), ("\"a.b\".c", "\"a.b\".c"),
    ("a.b\"; DROP", "a.\"b\"\"; DROP\""), ("\"x\" OR \"y\"", "\"\"\"x\"\" OR \"\"y\"\"\""),
  ])
  func qualifiedNames(name: String, text: String) {
    let statement: ADQLStatement = "\(qualified: name)"
    #expect(statement.text == text)
  }

  @Test func statementsNest() {
    let condition: ADQLStatement = "a = \("x")"
    let whole: ADQLStatement = "SELECT \(raw: "TOP 5 *") FROM t WHERE \(condition)"
    #expect(whole.text == "SELECT TOP 5 * FROM t WHERE a = 'x'")
  }

  @Test func aNULIsLeftOut() {
    let statement: ADQLStatement = "\("a\0b")"
    #expect(statement.text == "'ab'")
  }
}
