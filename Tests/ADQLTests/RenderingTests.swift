import Testing

@testable import ADQL

@Suite("SQL")
struct RenderingTests {
  @Test("Names and texts of a query cannot leave their quotes")
  func quoting() throws {
    let sql = try SmallSchema.sql(
      "SELECT name AS \"a\"\"; DROP TABLE x; --\" FROM cat.stars \"t\"\"x\" WHERE name = 'it''s'' --'")
    #expect(sql.contains("AS \"a\"\"; DROP TABLE x; --\""))
    #expect(sql.contains("AS \"t\"\"x\""))
    #expect(sql.hasSuffix("= 'it''s'' --')"))
  }

  @Test("Two signs in a row do not make a comment")
  func signs() throws {
    #expect(
      try SmallSchema.sql("SELECT -(-(-id)) AS x FROM cat.stars").hasPrefix("SELECT (-(-(-\"stars\".\"id\"))) AS"))
    #expect(try SmallSchema.sql("SELECT 1 - -1 AS x FROM cat.stars").hasPrefix("SELECT (1 - (-1)) AS"))
  }

  @Test("Every predicate is written")
  func predicates() throws {
    let s = "\"stars\".\"name\""
    let expected = [
      "name LIKE 'a%'": "(\(s) LIKE 'a%')", "name NOT ILIKE 'a%'": "(NOT (\(s) ILIKE 'a%'))",
      "name IS NULL": "(\(s) IS NULL)",
      "name IS NOT NULL": "(\(s) IS NOT NULL)", "name NOT IN ('a', 'b')": "(\(s) NOT IN ('a', 'b'))",
      "name NOT BETWEEN 'a' AND 'b'": "(\(s) NOT BETWEEN 'a' AND 'b')", "NOT name <> 'a'": "(NOT (\(s) <> 'a'))",
      "name || 'x' = 'ax'": "((\(s) || 'x') = 'ax')",
      "(name = 'a' OR name = 'b') AND name > 'a'": "(((\(s) = 'a') OR (\(s) = 'b')) AND (\(s) > 'a'))",
    ]
    for (condition, sql) in expected {
      #expect(
        try SmallSchema.sql("SELECT id FROM cat.stars WHERE \(condition)").hasSuffix("WHERE \(sql)"), "\(condition)")
    }
  }

  @Test("A thousand conditions do not make a thousand levels")
  func manyConditions() throws {
    let condition = Array(repeating: "id = 1", count: 1000).joined(separator: " OR ")
    let sql = try SmallSchema.sql("SELECT id FROM cat.stars WHERE \(condition)")
    #expect(sql.utf8.count { $0 == UInt8(ascii: "=") } == 1000)
    var longest = 0
    var run = 0
    for part in sql.split(separator: " ") {
      if part == "OR" { run += 1 } else if part.hasPrefix("((") { run = 0 }
      longest = max(longest, run)
    }
    #expect(longest <= 50)
  }

  @Test("DISTINCT, ALL and HAVING are written")
  func clauses() throws {
    let sql = try SmallSchema.sql(
      "SELECT DISTINCT name, COUNT(DISTINCT id), COUNT(ALL ra) FROM cat.stars GROUP BY name, ra HAVING COUNT(*) > 1")
    #expect(sql.hasPrefix("SELECT DISTINCT \"stars\".\"name\" AS \"name\", COUNT(DISTINCT \"stars\".\"id\")"))
    #expect(sql.contains("COUNT(\"stars\".\"ra\")"))
    #expect(sql.hasSuffix("GROUP BY \"stars\".\"name\", \"stars\".\"ra\" HAVING (COUNT(*) > 1)"))
  }

  @Test("CASE and CAST are written")
  func choices() throws {
    let sql = try SmallSchema.sql(
      "SELECT CASE id WHEN 1 THEN 'a' ELSE NULL END AS c, CAST(ra AS VARCHAR(5)) AS v FROM cat.stars")
    #expect(
      sql.hasPrefix(
        "SELECT CASE \"stars\".\"id\" WHEN 1 THEN 'a' ELSE NULL END AS \"c\", CAST(\"stars\".\"ra\" AS VARCHAR(5))"
      ))
  }

  @Test("A dialect's refusal is the renderer's")
  func refusal() throws {
    struct Poor: SQLDialect {
      func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String { "" }
      func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) -> String { "" }
      func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String { "" }
      func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) throws(ADQLError) -> String {
        throw ADQLError(.unsupported, "No \(name.rawValue).")
      }
    }
    let query = try Checker(schema: SmallSchema.schema).check("SELECT SIN(ra) FROM cat.stars")
    #expect(throws: ADQLError(.unsupported, "No sin.")) { try SQLRenderer(dialect: Poor()).render(query) }
  }
}
