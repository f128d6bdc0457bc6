import Testing

@testable import ADQL

@Suite("Order and limits")
struct OrderTests {
  @Test("Names, numbers and values of the SELECT list are sorted by as columns of the result")
  func outputs() throws {
    for key in ["d", "1", "ABS(ra)", "D"] {
      let sql = try SmallSchema.sql("SELECT ABS(ra) AS d, id FROM cat.stars ORDER BY \(key)")
      #expect(sql.hasSuffix("ORDER BY 1 ASC NULLS LAST"), "\(key)")
    }
  }

  @Test("What is not selected can be sorted by, a name of the SELECT list inside an expression too")
  func expressions() throws {
    #expect(
      try SmallSchema.sql("SELECT id FROM cat.stars ORDER BY ra DESC").hasSuffix(
        "ORDER BY \"stars\".\"ra\" DESC NULLS FIRST"))
    #expect(
      try SmallSchema.sql("SELECT ra AS d FROM cat.stars ORDER BY d * 2").hasSuffix(
        "ORDER BY (\"stars\".\"ra\" * 2) ASC NULLS LAST"))
  }

  @Test("A name of the SELECT list goes before a column")
  func aliasFirst() throws {
    #expect(
      try SmallSchema.sql("SELECT ra AS id, id AS x FROM cat.stars ORDER BY id").hasSuffix("ORDER BY 1 ASC NULLS LAST"))
  }

  @Test(
    "What cannot be sorted by is refused",
    arguments: [
      ("SELECT id FROM cat.stars ORDER BY 2", ADQLError.Kind.unknownColumn),
      ("SELECT id FROM cat.stars ORDER BY nope", .unknownColumn),
      ("SELECT ra AS x, id AS x FROM cat.stars ORDER BY x", .ambiguousName),
      ("SELECT DISTINCT name FROM cat.stars ORDER BY ra", .grouping),
      ("SELECT id FROM cat.stars UNION SELECT id FROM other.stars ORDER BY mag", .unknownColumn),
      ("SELECT id FROM cat.stars UNION SELECT id FROM other.stars ORDER BY id + 1", .unknownColumn),
    ])
  func refused(adql: String, kind: ADQLError.Kind) {
    #expect(SmallSchema.refusal(adql)?.kind == kind)
  }

  @Test("A column selected twice is no riddle")
  func twice() {
    #expect(SmallSchema.refusal("SELECT ra, ra FROM cat.stars ORDER BY ra") == nil)
    #expect(SmallSchema.refusal("SELECT DISTINCT name FROM cat.stars ORDER BY name") == nil)
  }

  @Test("TOP comes after ORDER BY and OFFSET; the caller's limit lowers it")
  func limits() throws {
    let adql = "SELECT TOP 5 id FROM cat.stars ORDER BY id OFFSET 3"
    #expect(try SmallSchema.sql(adql).hasSuffix("NULLS LAST LIMIT 5 OFFSET 3"))
    #expect(try SmallSchema.sql(adql, maxRows: 2).hasSuffix("NULLS LAST LIMIT 2 OFFSET 3"))
    #expect(try SmallSchema.sql(adql, maxRows: 9).hasSuffix("NULLS LAST LIMIT 5 OFFSET 3"))
    #expect(try SmallSchema.sql("SELECT id FROM cat.stars", maxRows: 0).hasSuffix("LIMIT 0"))
    #expect(try SmallSchema.sql("SELECT TOP 0 id FROM cat.stars").hasSuffix("LIMIT 0"))
    #expect(try !SmallSchema.sql("SELECT id FROM cat.stars").contains("LIMIT"))
  }

  @Test("TOP of a subquery stays in it")
  func topInside() throws {
    let sql = try SmallSchema.sql("SELECT id FROM (SELECT TOP 3 id FROM cat.stars ORDER BY ra) t", maxRows: 10)
    #expect(sql.contains("NULLS LAST LIMIT 3) AS \"t\" LIMIT 10"))
  }

  @Test("TOP in parentheses cuts before what is around them sorts and leaves out")
  func topInParentheses() throws {
    let inner = "SELECT \"stars\".\"id\" AS \"id\" FROM \"cat.stars\" AS \"stars\""
    #expect(
      try SmallSchema.sql("(SELECT TOP 5 id FROM cat.stars) OFFSET 2")
        == "SELECT * FROM (\(inner) LIMIT 5) AS \"part\" OFFSET 2")
    #expect(
      try SmallSchema.sql("(SELECT TOP 5 id FROM cat.stars) ORDER BY id")
        == "SELECT * FROM (\(inner) LIMIT 5) AS \"part\" ORDER BY 1 ASC NULLS LAST")
    #expect(
      try SmallSchema.sql("SELECT id FROM ((SELECT TOP 5 id FROM cat.stars) ORDER BY id OFFSET 2) t").contains(
        "FROM (SELECT * FROM (\(inner) LIMIT 5) AS \"part\" ORDER BY 1 ASC NULLS LAST OFFSET 2) AS \"t\""))
    // Parentheses that say nothing leave no trace.
    #expect(try SmallSchema.sql("((SELECT TOP 5 id FROM cat.stars))") == "\(inner) LIMIT 5")
    #expect(try SmallSchema.sql("(SELECT id FROM cat.stars) OFFSET 2") == "\(inner) OFFSET 2")
    #expect(SmallSchema.refusal("(SELECT TOP 5 id FROM cat.stars) ORDER BY ra")?.kind == .unknownColumn)
  }
}
