import Testing

@testable import ADQL

@Suite("Set operations")
struct SetOperationTests {
  private let a = "SELECT \"stars\".\"id\" AS \"id\" FROM \"cat.stars\" AS \"stars\""

  @Test("Columns agree in number and type, and are named after the first")
  func columns() throws {
    let columns = try SmallSchema.columns(
      "SELECT id AS x, ra, NULL FROM cat.stars UNION SELECT mag, id, 'a' FROM other.stars")
    #expect(columns.map(\.name) == ["x", "ra", "col_3"])
    #expect(columns.map(\.type) == [.double, .double, .varchar])
    #expect(columns[1].unit == nil)
    #expect(SmallSchema.refusal("SELECT id FROM cat.stars UNION SELECT name FROM cat.stars")?.kind == .type)
    #expect(SmallSchema.refusal("SELECT id FROM cat.stars EXCEPT SELECT id, mag FROM other.stars")?.kind == .type)
  }

  @Test("What is known of a column stays when both sides agree")
  func metadata() throws {
    let columns = try SmallSchema.columns("SELECT target_ra FROM jwst.main UNION ALL SELECT ra FROM cat.stars")
    #expect(columns.first?.unit == "deg")
    #expect(columns.first?.ucd == "pos.eq.ra")
  }

  @Test("INTERSECT binds tighter, whatever the database thinks")
  func precedence() throws {
    let sql = try SmallSchema.sql(
      "SELECT id FROM cat.stars UNION SELECT id FROM other.stars INTERSECT SELECT id FROM cat.stars")
    #expect(sql.hasPrefix("\(a) UNION SELECT * FROM (SELECT"))
    #expect(sql.contains(" INTERSECT SELECT \"stars_3\""))
    let first = try SmallSchema.sql(
      "SELECT id FROM cat.stars INTERSECT SELECT id FROM other.stars UNION SELECT id FROM cat.stars")
    #expect(first.hasPrefix("SELECT * FROM (\(a) INTERSECT"))
  }

  @Test("Operations of one rank go from left to right; parentheses count")
  func associativity() throws {
    let left = try SmallSchema.sql(
      "SELECT id FROM cat.stars EXCEPT SELECT id FROM other.stars UNION ALL SELECT id FROM cat.stars")
    #expect(!left.contains("SELECT *"))
    let right = try SmallSchema.sql(
      "SELECT id FROM cat.stars EXCEPT (SELECT id FROM other.stars EXCEPT SELECT id FROM cat.stars) ORDER BY id")
    #expect(right.hasPrefix("\(a) EXCEPT SELECT * FROM (SELECT"))
    #expect(right.hasSuffix(") AS \"part\" ORDER BY 1 ASC NULLS LAST"))
  }

  @Test("TOP and ORDER BY of an operand stay with it")
  func operands() throws {
    let sql = try SmallSchema.sql(
      "SELECT TOP 2 id FROM cat.stars UNION ALL (SELECT id FROM other.stars ORDER BY mag OFFSET 1) ORDER BY id",
      maxRows: 7)
    #expect(sql.hasPrefix("SELECT * FROM (\(a) LIMIT 2) AS \"part\" UNION ALL SELECT * FROM (SELECT"))
    #expect(sql.contains("ORDER BY \"stars_2\".\"mag\" ASC NULLS LAST OFFSET 1) AS"))
    #expect(sql.hasSuffix("ORDER BY 1 ASC NULLS LAST LIMIT 7"))
  }

  @Test("INTERSECT ALL and EXCEPT ALL number equal rows where the database lacks them")
  func all() throws {
    let adql = "SELECT id FROM cat.stars EXCEPT ALL SELECT id FROM other.stars"
    let sql = try SmallSchema.sql(adql)
    #expect(sql.contains("ROW_NUMBER() OVER (PARTITION BY \"part\".\"id\")"))
    #expect(!sql.contains("EXCEPT ALL"))
    #expect(try SmallSchema.sql(adql, dialect: PlainDialect(hasIntersectAll: true)).contains(" EXCEPT ALL SELECT"))
  }
}
