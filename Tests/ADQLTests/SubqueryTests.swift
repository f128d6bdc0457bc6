import Testing

@testable import ADQL

@Suite("Subqueries and WITH")
struct SubqueryTests {
  @Test("A subquery sees the columns of the query around it, its own first")
  func correlated() throws {
    let sql = try SmallSchema.sql(
      "SELECT id FROM cat.stars s WHERE EXISTS (SELECT 1 FROM other.stars WHERE id = s.id AND mag > ra)")
    #expect(sql.contains("((\"stars\".\"id\" = \"s\".\"id\") AND (\"stars\".\"mag\" > \"s\".\"ra\"))"))
  }

  @Test("The same table inside and outside is told apart")
  func sameTable() throws {
    let sql = try SmallSchema.sql("SELECT id FROM cat.stars WHERE id IN (SELECT id FROM cat.stars WHERE ra > 1)")
    #expect(
      sql.contains("WHERE \"stars\".\"id\" IN (SELECT \"stars_2\".\"id\" AS \"id\" FROM \"cat.stars\" AS \"stars_2\""))
  }

  @Test("A derived table does not see its neighbours")
  func lateral() {
    let error = SmallSchema.refusal("SELECT 1 FROM cat.stars s, (SELECT id FROM other.stars WHERE id = s.id) t")
    #expect(error?.kind == .unknownTable)
  }

  @Test("Columns of a derived table have its names only")
  func derived() throws {
    #expect(SmallSchema.refusal("SELECT ra FROM (SELECT ra AS x FROM cat.stars) t")?.kind == .unknownColumn)
    #expect(SmallSchema.refusal("SELECT id FROM (SELECT id, id FROM cat.stars) t")?.kind == .ambiguousName)
    #expect(SmallSchema.refusal("SELECT t.id FROM (SELECT id, id FROM cat.stars) t")?.kind == .ambiguousName)
    let sql = try SmallSchema.sql("SELECT * FROM (SELECT id, id FROM cat.stars) t")
    #expect(sql.hasPrefix("SELECT \"t\".\"id\" AS \"id\", \"t\".\"id_2\" AS \"id_2\" FROM (SELECT"))
  }

  @Test("Names that differ in case alone stay apart in SQL that ignores it")
  func caseInSubquery() throws {
    let sql = try SmallSchema.sql("SELECT \"A\" FROM (SELECT ra AS a, id AS \"A\" FROM cat.stars) x")
    #expect(sql.hasPrefix("SELECT \"x\".\"A_2\" AS \"A\""))
  }

  @Test("A name of WITH goes before a table, and sees those named before it")
  func with() throws {
    let sql = try SmallSchema.sql(
      "WITH a AS (SELECT id FROM cat.stars), main AS (SELECT id AS x FROM a) SELECT x FROM main JOIN jwst.main q ON x = naxis1"
    )
    #expect(sql.hasPrefix("WITH \"with_a\" AS (SELECT"))
    #expect(sql.contains("\"with_main\" AS (SELECT \"a\".\"id\" AS \"x\" FROM \"with_a\" AS \"a\")"))
    #expect(sql.contains("FROM \"with_main\" AS \"main\" JOIN \"jwst.main\" AS \"q\""))
  }

  @Test("A name of WITH is neither known before it nor twice")
  func withErrors() {
    #expect(
      SmallSchema.refusal("WITH a AS (SELECT id FROM b), b AS (SELECT id FROM cat.stars) SELECT * FROM a")?.kind
        == .unknownTable)
    #expect(
      SmallSchema.refusal("WITH a AS (SELECT 1 FROM cat.stars), A AS (SELECT 2 FROM cat.stars) SELECT * FROM a")?.kind
        == .duplicateName)
    #expect(SmallSchema.refusal("WITH aa AS (SELECT id FROM cat.stars) SELECT * FROM aaa")?.suggestion == "aa")
  }

  @Test("WITH is seen in every operand and subquery")
  func withEverywhere() throws {
    let sql = try SmallSchema.sql(
      "WITH w AS (SELECT id FROM cat.stars) SELECT id FROM w UNION SELECT id FROM other.stars WHERE id IN (SELECT id FROM w)"
    )
    #expect(sql.components(separatedBy: "\"with_w\"").count == 4)
  }

  @Test("A name that a subquery gives without quotes is found in any case, between quotes too")
  func regularNames() {
    for adql in [
      "SELECT q.\"foo\" FROM (SELECT name AS Foo FROM cat.stars) AS q",
      "SELECT \"FOO\" FROM (SELECT q.Foo FROM (SELECT name AS foo FROM cat.stars) q) AS r",
      "SELECT \"foo\" FROM (SELECT * FROM (SELECT name AS Foo FROM cat.stars) q) AS r",
      "WITH w AS (SELECT name AS Foo FROM cat.stars) SELECT \"foo\" FROM w",
      "SELECT name AS Foo FROM cat.stars ORDER BY \"foo\"", "SELECT LOWER(name) AS Foo FROM cat.stars GROUP BY \"foo\"",
      "SELECT \"COUNT_ALL\" FROM (SELECT COUNT(*) FROM cat.stars) q",
    ] {
      #expect(SmallSchema.refusal(adql) == nil, "\(adql)")
    }
  }

  @Test("A name that a subquery gives between quotes is found in its case, and goes before one that only folds to it")
  func delimitedNames() throws {
    for adql in [
      "SELECT q.\"foo\" FROM (SELECT name AS \"Foo\" FROM cat.stars) AS q",
      "SELECT name AS \"Foo\" FROM cat.stars ORDER BY \"foo\"",
      "SELECT \"flux\" FROM (SELECT \"Flux\" FROM cat.stars) q", "SELECT \"flux\" FROM cat.stars",
    ] {
      #expect(SmallSchema.refusal(adql)?.kind == .unknownColumn, "\(adql)")
    }
    let sql = try SmallSchema.sql("SELECT \"foo\" AS x FROM (SELECT ra AS Foo, id AS \"foo\" FROM cat.stars) q")
    #expect(sql.hasPrefix("SELECT \"q\".\"foo_2\" AS \"x\""))
  }

  @Test("A subquery that stands for a value has the type of its column")
  func scalar() throws {
    #expect(
      try SmallSchema.columns("SELECT (SELECT MAX(mag) FROM other.stars) AS m FROM cat.stars").first?.type == .real)
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
