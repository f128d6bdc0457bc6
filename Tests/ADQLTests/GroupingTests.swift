import Testing

@testable import ADQL

@Suite("Grouping")
struct GroupingTests {
  @Test(
    "A value that differs inside a group is refused",
    arguments: [
      "SELECT ra FROM cat.stars GROUP BY name", "SELECT name, COUNT(*) FROM cat.stars",
      "SELECT name FROM cat.stars GROUP BY name ORDER BY ra", "SELECT name FROM cat.stars GROUP BY name HAVING ra > 1",
      "SELECT * FROM cat.stars GROUP BY id", "SELECT ra + 1 FROM cat.stars GROUP BY ra + 2",
      "SELECT name, (SELECT COUNT(*) FROM other.stars o WHERE o.id = c.id) FROM cat.stars c GROUP BY name",
      "SELECT mag, (SELECT MAX(planeid) FROM jwst.artifact WHERE contentlength = id) FROM cat.stars FULL JOIN other.stars USING (id) GROUP BY mag",
      "SELECT ra FROM cat.stars HAVING COUNT(*) > 1", "SELECT COUNT(*) FROM cat.stars HAVING ra > 1",
      "SELECT COUNT(*) FROM cat.stars HAVING COUNT(*) > 1 ORDER BY ra", "SELECT * FROM cat.stars HAVING 1 = 1",
      "SELECT CASE WHEN ra > 1 THEN name END FROM cat.stars GROUP BY name",
    ])
  func ungrouped(adql: String) {
    #expect(SmallSchema.refusal(adql)?.kind == .grouping, "\(adql)")
  }

  @Test(
    "Values made of grouped ones and of aggregates are fine",
    arguments: [
      "SELECT name, COUNT(*) + 1 FROM cat.stars GROUP BY name ORDER BY MAX(ra)",
      "SELECT ra + 1 FROM cat.stars GROUP BY ra",
      "SELECT LOWER(name) FROM cat.stars GROUP BY LOWER(name)", "SELECT COUNT(*), 5 FROM cat.stars",
      "SELECT name, id, (SELECT COUNT(*) FROM other.stars o WHERE o.id = c.id) FROM cat.stars c GROUP BY name, id",
      "SELECT id FROM cat.stars s WHERE EXISTS (SELECT COUNT(*) FROM other.stars o GROUP BY o.id HAVING MAX(o.mag) > s.ra)",
      "SELECT id FROM cat.stars s NATURAL FULL JOIN other.stars GROUP BY id",
    ])
  func grouped(adql: String) {
    #expect(SmallSchema.refusal(adql) == nil, "\(adql)")
  }

  @Test("With HAVING alone there is an aggregate among the values, so that all rows are one group")
  func havingAlone() throws {
    let values = try SmallSchema.sql("SELECT 5 AS n, 6 AS m FROM cat.stars HAVING MAX(ra) > 1").prefix { $0 != "F" }
    #expect(values.lowercased().contains("count(*)"), "\(values)")
    #expect(
      try SmallSchema.sql("SELECT 5 AS n, COUNT(*) AS m FROM cat.stars HAVING 1 = 1")
        .hasPrefix("SELECT 5 AS \"n\", COUNT(*) AS \"m\" FROM"))
    #expect(try !SmallSchema.sql("SELECT 5 AS n FROM cat.stars GROUP BY id HAVING id > 1").contains("CASE"))
  }

  @Test("Names and numbers of the SELECT list stand for what they mean")
  func aliasesAndNumbers() throws {
    let grouped = "GROUP BY lower(\"stars\".\"name\")"
    #expect(try SmallSchema.sql("SELECT LOWER(name) AS n FROM cat.stars GROUP BY n").hasSuffix(grouped))
    #expect(try SmallSchema.sql("SELECT LOWER(name) FROM cat.stars GROUP BY 1").hasSuffix(grouped))
    #expect(SmallSchema.refusal("SELECT name FROM cat.stars GROUP BY 2")?.kind == .grouping)
    #expect(SmallSchema.refusal("SELECT COUNT(*) AS n FROM cat.stars GROUP BY n")?.kind == .grouping)
  }

  @Test("A column of the tables goes before a name of the SELECT list")
  func columnBeforeAlias() throws {
    let sql = try SmallSchema.sql("SELECT MAX(ra) AS name FROM cat.stars GROUP BY name")
    #expect(sql.hasSuffix("GROUP BY \"stars\".\"name\""))
  }

  @Test("A constant that is grouped by cannot be taken for a column's number")
  func constants() throws {
    #expect(try SmallSchema.sql("SELECT 7 AS n, COUNT(*) FROM cat.stars GROUP BY n").hasSuffix("GROUP BY (7 + 0)"))
  }

  @Test(
    "Aggregates stand only where groups are",
    arguments: [
      "SELECT id FROM cat.stars WHERE SUM(ra) > 1", "SELECT MAX(SUM(ra)) FROM cat.stars",
      "SELECT id FROM cat.stars GROUP BY MAX(ra)",
      "SELECT s.id FROM cat.stars s JOIN other.stars o ON MAX(s.id) = o.id",
    ])
  func misplaced(adql: String) {
    #expect(SmallSchema.refusal(adql)?.kind == .grouping, "\(adql)")
  }

  @Test("An aggregate of the outer query's columns alone is refused")
  func outerAggregate() {
    let adql = "SELECT id FROM cat.stars s WHERE id IN (SELECT MAX(s.id) FROM other.stars)"
    #expect(SmallSchema.refusal(adql)?.kind == .unsupported)
  }

  @Test("Only what is ordered can be summed, compared or sorted")
  func types() {
    for adql in [
      "SELECT SUM(name) FROM cat.stars", "SELECT MAX(POINT(ra, 1)) FROM cat.stars",
      "SELECT id FROM cat.stars ORDER BY POINT(ra, 1)",
    ] {
      #expect(SmallSchema.refusal(adql)?.kind == .type, "\(adql)")
    }
  }

  @Test("What becomes a bare number in the SQL is not taken for a column's number either")
  func bareNumbers() throws {
    #expect(
      try SmallSchema.sql("SELECT 1 AS x FROM cat.stars ORDER BY -1").hasSuffix("ORDER BY ((-1) + 0) ASC NULLS LAST"))
    #expect(try SmallSchema.sql("SELECT 1 AS x FROM cat.stars GROUP BY -(2)").hasSuffix("GROUP BY ((-2) + 0)"))
    /// A dialect that sees no need to cast a whole number to one.
    struct Plain: SQLDialect {
      func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String { "" }
      func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) -> String { value.sql }
      func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String { "" }
      func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) -> String { "" }
    }
    let checker = Checker(schema: SmallSchema.schema)
    for (clause, end) in [("GROUP BY", "GROUP BY (1 + 0)"), ("ORDER BY", "ORDER BY (1 + 0) ASC NULLS LAST")] {
      let query = try checker.check("SELECT 2 AS x FROM cat.stars \(clause) CAST(1 AS INTEGER)")
      #expect(try SQLRenderer(dialect: Plain()).render(query).text.hasSuffix(end))
    }
  }

  @Test("HAVING alone, or an aggregate in it or in ORDER BY alone, makes one group, which the SELECT list shows")
  func oneGroup() throws {
    let from = "FROM \"cat.stars\" AS \"stars\""
    let item = "SELECT CASE WHEN (COUNT(*) >= 0) THEN 1 END AS \"x\", 2 AS \"y\" \(from)"
    #expect(try SmallSchema.sql("SELECT 1 AS x, 2 AS y FROM cat.stars HAVING 1 = 1") == "\(item) HAVING (1 = 1)")
    #expect(
      try SmallSchema.sql("SELECT 1 AS x, 2 AS y FROM cat.stars HAVING MAX(ra) > 1")
        == "\(item) HAVING (MAX(\"stars\".\"ra\") > 1)")
    #expect(
      try SmallSchema.sql("SELECT 1 AS x, 2 AS y FROM cat.stars ORDER BY COUNT(*)")
        == "\(item) ORDER BY COUNT(*) ASC NULLS LAST")
    #expect(
      try SmallSchema.sql("SELECT 1 AS x, MAX(ra) AS y FROM cat.stars HAVING 1 = 1")
        == "SELECT 1 AS \"x\", MAX(\"stars\".\"ra\") AS \"y\" \(from) HAVING (1 = 1)")
    #expect(try SmallSchema.columns("SELECT 1 AS x FROM cat.stars HAVING 1 = 1").map(\.type) == [.integer])
  }

  @Test("No aggregate stands inside ivo_string_agg, its delimiter included")
  func delimiter() {
    #expect(SmallSchema.refusal("SELECT ivo_string_agg(name, MAX(name)) FROM cat.stars")?.kind == .grouping)
    #expect(SmallSchema.refusal("SELECT ivo_string_agg(MAX(name), ',') FROM cat.stars")?.kind == .grouping)
    #expect(SmallSchema.refusal("SELECT ivo_string_agg(name, LOWER(name)) FROM cat.stars") == nil)
  }
}
