import Testing

@testable import ADQL

@Suite("Joins")
struct JoinTests {
  @Test("USING makes one column of two, which needs no qualifier and comes first")
  func using() throws {
    let adql = "SELECT * FROM jwst.main m JOIN jwst.artifact a USING (planeid)"
    let columns = try SmallSchema.columns(adql).map(\.name)
    #expect(columns.first == "planeid")
    #expect(columns.filter { $0 == "planeid" }.count == 1)
    #expect(columns.count == SmallSchema.main.columns.count + SmallSchema.artifact.columns.count - 1)
    #expect(
      try SmallSchema.sql(adql).contains("JOIN \"jwst.artifact\" AS \"a\" ON (\"m\".\"planeid\" = \"a\".\"planeid\")"))
    #expect(
      try SmallSchema.sql("SELECT planeid FROM jwst.main NATURAL JOIN jwst.artifact").contains(
        "SELECT \"main\".\"planeid\""))
  }

  @Test("The merged column is that of the side whose rows are kept")
  func mergedColumn() throws {
    let expected = [
      "INNER": "\"main\".\"planeid\"", "LEFT": "\"main\".\"planeid\"", "RIGHT": "\"artifact\".\"planeid\"",
      "FULL": "coalesce(\"main\".\"planeid\", \"artifact\".\"planeid\")",
    ]
    for (kind, column) in expected {
      let sql = try SmallSchema.sql("SELECT planeid FROM jwst.main \(kind) JOIN jwst.artifact USING (planeid)")
      #expect(sql.hasPrefix("SELECT \(column) AS"), "\(kind)")
      #expect(
        try SmallSchema.sql("SELECT planeid FROM jwst.main NATURAL \(kind) JOIN jwst.artifact").hasPrefix(
          "SELECT \(column) AS"))
    }
  }

  @Test("A qualifier still tells the two columns apart")
  func qualified() throws {
    let sql = try SmallSchema.sql("SELECT a.planeid FROM jwst.main m LEFT JOIN jwst.artifact a USING (planeid)")
    #expect(sql.hasPrefix("SELECT \"a\".\"planeid\""))
  }

  @Test("A name of two tables is ambiguous, and the message shows a way out")
  func ambiguous() {
    let error = SmallSchema.refusal("SELECT planeid FROM jwst.main m JOIN jwst.artifact a ON m.planeid = a.planeid")
    #expect(error?.kind == .ambiguousName)
    #expect(error?.suggestion == "m.planeid")
    #expect(SmallSchema.refusal("SELECT id FROM cat.stars, other.stars")?.suggestion == "cat.stars.id")
    #expect(SmallSchema.refusal("SELECT stars.id FROM cat.stars, other.stars")?.kind == .ambiguousName)
    #expect(SmallSchema.refusal("SELECT cat.stars.id FROM cat.stars, other.stars") == nil)
  }

  @Test("The same name for two tables is refused")
  func duplicateAlias() {
    #expect(SmallSchema.refusal("SELECT 1 FROM cat.stars s, other.stars S")?.kind == .duplicateName)
    #expect(SmallSchema.refusal("SELECT 1 FROM cat.stars, cat.stars")?.kind == .duplicateName)
    #expect(SmallSchema.refusal("SELECT 1 FROM cat.stars JOIN jwst.main stars ON 1 = 1")?.kind == .duplicateName)
    #expect(SmallSchema.refusal("SELECT 1 FROM cat.stars a, cat.stars b") == nil)
  }

  @Test("USING names columns of both sides that can be equal")
  func badUsing() {
    #expect(SmallSchema.refusal("SELECT 1 FROM jwst.main JOIN jwst.artifact USING (filename)")?.kind == .unknownColumn)
    #expect(SmallSchema.refusal("SELECT 1 FROM jwst.main JOIN jwst.artifact USING (planid)")?.suggestion == "planeid")
    #expect(
      SmallSchema.refusal(
        "SELECT 1 FROM (SELECT id AS x FROM cat.stars) a JOIN (SELECT name AS x FROM cat.stars) b USING (x)")?
        .kind == .type)
    #expect(
      SmallSchema.refusal("SELECT 1 FROM cat.stars a JOIN cat.stars b ON a.id = b.id JOIN other.stars c USING (id)")?
        .kind
        == .ambiguousName)
  }

  @Test("USING names a column once")
  func usingTwice() {
    for names in ["id, id", "id, ID", "id, \"id\""] {
      let error = SmallSchema.refusal("SELECT * FROM cat.stars a JOIN other.stars b USING (\(names))")
      #expect(error?.kind == .duplicateName, "\(names)")
      #expect(error?.span != nil)
    }
  }

  @Test("A condition of a join sees the tables of the join alone")
  func scopeOfOn() {
    #expect(
      SmallSchema.refusal("SELECT 1 FROM jwst.main m, cat.stars s JOIN other.stars o ON o.id = m.naxis1")?.kind
        == .unknownTable)
    #expect(SmallSchema.refusal("SELECT 1 FROM jwst.main m, cat.stars s JOIN other.stars o ON o.id = s.id") == nil)
  }

  @Test("Joins on the right side keep their parentheses; RIGHT and FULL joins go before a comma's other tables")
  func shape() throws {
    let nested = try SmallSchema.sql(
      "SELECT 1 FROM cat.stars s LEFT JOIN (other.stars o JOIN jwst.artifact a ON o.id = a.contentlength) ON s.id = o.id"
    )
    #expect(nested.contains("LEFT JOIN (\"other.stars\" AS \"o\" JOIN \"jwst.artifact\" AS \"a\" ON"))
    let comma = try SmallSchema.sql("SELECT 1 FROM jwst.main, cat.stars s FULL JOIN other.stars o USING (id)")
    #expect(
      comma.contains(
        "FROM \"cat.stars\" AS \"s\" FULL JOIN \"other.stars\" AS \"o\" ON (\"s\".\"id\" = \"o\".\"id\"), \"jwst.main\""
      ))
  }

  @Test("NATURAL without a common name is a cross product")
  func naturalWithout() throws {
    #expect(try SmallSchema.sql("SELECT mag FROM jwst.artifact NATURAL JOIN other.stars").contains("ON (1 = 1)"))
  }

  @Test("Three tables by USING")
  func threeTables() throws {
    let sql = try SmallSchema.sql(
      "SELECT id, planeid FROM cat.stars FULL JOIN other.stars USING (id) JOIN (SELECT id, planeid FROM cat.stars, jwst.artifact) x USING (id)"
    )
    #expect(sql.contains("ON (coalesce(\"stars\".\"id\", \"stars_2\".\"id\") = \"x\".\"id\")"))
  }
}
