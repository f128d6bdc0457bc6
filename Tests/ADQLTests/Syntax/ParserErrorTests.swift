import ADQL
import Testing

/// What is said of texts that are no ADQL: the place, what was expected, what may have been meant.
@Suite struct ParserErrorTests {
  /// A text with the place of its mistake, a part of what is said, and the suggestion.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var line = 1
    var column: Int
    var says: String
    var suggestion: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Mistake(text: "", column: 1, says: "The end of the query cannot stand here. Expected WITH, \"(\" or SELECT"),
    Mistake(text: "-- nothing\n", line: 2, column: 1, says: "The end of the query"),
    Mistake(text: "insert into t values (1)", column: 1, says: "insert cannot stand here"),
    Mistake(text: "SELCT a FROM t", column: 1, says: "SELCT cannot stand here", suggestion: "SELECT"),
    Mistake(text: "SELECT FROM stars", column: 8, says: "FROM cannot stand here. Expected"),
    Mistake(text: "SELECT a FORM t", column: 10, says: "FORM cannot stand here", suggestion: "FROM"),
    Mistake(text: "SELECT * FORM t", column: 10, says: "FORM cannot stand here", suggestion: "FROM"),
    Mistake(text: "SELECT a\nFROM t\n  WEHRE x = 1", line: 3, column: 3, says: "WEHRE cannot", suggestion: "WHERE"),
    Mistake(text: "SELECT a FROM t\r\nGRUOP BY a", line: 2, column: 1, says: "GRUOP cannot", suggestion: "GROUP"),
    Mistake(text: "SELECT a FROM t ORDER a", column: 23, says: "a cannot stand here. Expected BY."),
    Mistake(text: "SELECT a FROM t LIMIT 10", column: 17, says: "SELECT TOP 10"),
    Mistake(text: "SELECT a FROM t ORDER BY a LIMIT 10", column: 28, says: "SELECT TOP and"),
    Mistake(text: "SELECT a FROM t WHERE a = b ADN c = d", column: 29, says: "ADN cannot", suggestion: "AND"),
    Mistake(text: "SELECT a FROM t WHERE a BETWEN 1 AND 2", column: 25, says: "BETWEN cannot", suggestion: "BETWEEN"),
    Mistake(text: "SELECT a FROM t WHERE", column: 22, says: "The end of the query cannot stand here. Expected"),
    Mistake(text: "SELECT a FROM t WHERE a", column: 24, says: "a comparison"),
    Mistake(text: "SELECT a FROM t WHERE CONTAINS(a,b)", column: 23, says: "1=CONTAINS(…)"),
    Mistake(text: "SELECT a FROM t WHERE intersects(a,b) AND b=1", column: 23, says: "1=INTERSECTS(…)"),
    Mistake(text: "SELECT a FROM t WHERE Point('fk5',2,3)", column: 39, says: "a comparison"),
    Mistake(
      text: "SELECT a FROM t WHERE (a > 1", column: 29, says: "The end of the query cannot stand here. Expected \")\"."),
    Mistake(text: "SELECT a FROM t WHERE a > 1)", column: 28, says: ") cannot stand here"),
    Mistake(text: "SELECT a FROM t WHERE a = TRUE", column: 27, says: "ADQL has no TRUE"),
    Mistake(text: "SELECT a FROM t WHERE a NOT 3", column: 29, says: "Expected BETWEEN, IN, LIKE or ILIKE"),
    Mistake(text: "SELECT a FROM t WHERE a IS 3", column: 28, says: "Expected NOT or NULL"),
    Mistake(text: "SELECT a FROM t WHERE a IN ()", column: 29, says: "Expected a value"),
    Mistake(text: "SELECT a FROM t WHERE (a = 1) = 2", column: 31, says: "= cannot stand here"),
    Mistake(text: "SELECT a > 1 FROM t", column: 10, says: "CASE WHEN"),
    Mistake(text: "SELECT distance FROM t", column: 8, says: "\"distance\""),
    Mistake(text: "SELECT t.from FROM t", column: 10, says: "\"from\""),
    Mistake(text: "SELECT _a FROM t", column: 8, says: "underscore"),
    Mistake(text: "SELECT é FROM t", column: 8, says: "double quotes"),
    Mistake(text: "SELECT 'é', ‘a’ FROM t", column: 13, says: "typographic"),
    Mistake(text: "SELECT a % 2 FROM t", column: 10, says: "MOD(a, b)"),
    Mistake(text: "SELECT a & 2 FROM t", column: 10, says: "no sign &"),
    Mistake(text: "SELECT 1a FROM t", column: 8, says: "neither a number nor a name"),
    Mistake(text: "SELECT 0x1F FROM t", column: 8, says: "neither a number nor a name"),
    Mistake(text: "SELECT 'abc FROM t", column: 8, says: "not closed"),
    Mistake(text: "SELECT \"abc FROM t", column: 8, says: "not closed"),
    Mistake(text: "SELECT \"\" FROM t", column: 8, says: "empty"),
    Mistake(text: "SELECT 'a\0b' FROM t", column: 10, says: "NUL"),
    Mistake(text: "SELECT a FRM t WHERE x = 'abc", column: 10, says: "FRM cannot", suggestion: "FROM"),
    Mistake(text: "SELECT TOP -10 a FROM t", column: 12, says: "a whole number without sign"),
    Mistake(text: "SELECT TOP 99999999999999999999 a FROM t", column: 12, says: "too large"),
    Mistake(text: "SELECT a FROM t OFFSET 10.5", column: 24, says: "a whole number without sign"),
    Mistake(text: "SELECT a FROM t JOIN u", column: 23, says: "Expected"),
    Mistake(text: "SELECT a FROM t CROSS JOIN u", column: 17, says: "CROSS JOIN"),
    Mistake(text: "SELECT a FROM t LEFT u", column: 22, says: "Expected OUTER or JOIN"),
    Mistake(text: "SELECT a FROM t NATURAL JOIN u ON t.x = u.x", column: 32, says: "ON cannot stand here"),
    Mistake(text: "SELECT a FROM (SELECT b FROM t)", column: 32, says: "a name for the result of the subquery"),
    Mistake(text: "SELECT a FROM a.b.c.d", column: 21, says: "at most three parts"),
    Mistake(text: "SELECT a.b.c.d.e FROM t", column: 16, says: "at most four parts"),
    Mistake(
      text: "SELECT a FROM t UNION (WITH x AS (SELECT a FROM t) SELECT a FROM x)", column: 24, says: "WITH can only"),
    Mistake(
      text: "SELECT a FROM (WITH x AS (SELECT a FROM t) SELECT a FROM x) AS y", column: 16, says: "WITH can only"),
    Mistake(text: "SELECT CAST(a AS FLOAT) FROM t", column: 18, says: "SMALLINT, INTEGER"),
    Mistake(text: "SELECT CAST(a AS DOUBLE) FROM t", column: 24, says: "Expected PRECISION"),
    Mistake(text: "SELECT COALESCE() FROM t", column: 8, says: "COALESCE(value, …)"),
    Mistake(text: "SELECT CIRCLE('fk5', 2, 3) FROM t", column: 8, says: "CIRCLE(longitude"),
    Mistake(text: "SELECT POLYGON('', 2, 3, 3, 0, 23, 0, 45) FROM t", column: 8, says: "pairs"),
    Mistake(text: "SELECT DISTANCE(1, 2, 3) FROM t", column: 8, says: "DISTANCE(point, point)"),
    Mistake(text: "SELECT SQRT(1, 2) FROM t", column: 8, says: "SQRT(value)"),
    Mistake(text: "SELECT IN_UNIT(a, b) FROM t", column: 19, says: "IN_UNIT(value, 'deg')"),
    Mistake(text: "SELECT REGION(a) FROM t", column: 15, says: "REGION('CIRCLE"),
    Mistake(text: "SELECT CASE END FROM t", column: 13, says: "END cannot"),
    Mistake(text: "SELECT CASE ELSE 1 END FROM t", column: 13, says: "ELSE cannot"),
    Mistake(text: "SELECT AVG(*) FROM t", column: 12, says: "* cannot stand here"),
    Mistake(text: "SELECT a FROM t; SELECT b FROM u", column: 18, says: "Expected the end of the query"),
    Mistake(
      text: "SELECT a FROM t, WHERE a = 1", column: 18, says: "WHERE cannot stand here. Expected \"(\" or a table"),
  ])
  func isRefused(_ mistake: Mistake) throws {
    let error = #expect(throws: ADQLError.self) { try Parser().parse(mistake.text) }
    guard let error else { return }
    #expect(error.line == mistake.line, "\(error)")
    #expect(error.column == mistake.column, "\(error)")
    #expect(error.description.contains(mistake.says), "\(error)")
    #expect(error.suggestion == mistake.suggestion, "\(error)")
    #expect(error.description.hasPrefix("Line \(mistake.line), column \(mistake.column): "))
  }

  @Test func theListOfWhatWasExpectedIsShort() throws {
    let error = #expect(throws: ADQLError.self) { try Parser().parse("SELECT a FROM t WHERE b = c 5") }
    #expect(
      error?.expected == [
        "AND", "OR", "GROUP BY", "HAVING", "INTERSECT", "UNION", "EXCEPT", "ORDER BY", "OFFSET", "the end of the query",
      ])
  }

  @Test func longWordsAreCutInMessages() throws {
    let error = #expect(throws: ADQLError.self) {
      try Parser().parse("SELECT a FROM t x " + String(repeating: "y", count: 9_000))
    }
    #expect((error?.message.utf8.count ?? .max) < 200)
  }
}
