import Testing

@testable import ADQL

@Suite("Conditions on the sky")
struct GeometryConditionTests {
  private func statement(_ condition: String, from: String = "jwst.main") throws -> SQLStatement {
    let query = try Checker(schema: SmallSchema.schema).check("SELECT planeid FROM \(from) WHERE \(condition)")
    return try SQLRenderer(dialect: PlainDialect()).render(query)
  }

  @Test(
    "A constant region is looked for in the index of positions",
    arguments: [
      ("1 = CONTAINS(POINT('ICRS', target_ra, target_dec), CIRCLE('ICRS', 10, -20, 0.5))", "circle 10.0 -20.0 0.5"),
      ("CONTAINS(POINT(target_ra, target_dec), CIRCLE(POINT(10, 20), 1 / 2.)) = 1", "circle 10.0 20.0 0.5"),
      ("CONTAINS(POINT(target_ra, target_dec), BOX(10, 20, 1, 2)) = 1", "box 10.0 20.0 1.0 2.0"),
      ("CONTAINS(POINT(target_ra, target_dec), POLYGON(1, 2, 3, 4, 5, 6)) = 1", "polygon 1.0 2.0 3.0 4.0 5.0 6.0"),
      ("CONTAINS(POINT(target_ra, target_dec), REGION('CIRCLE ICRS 1 2 3')) = 1", "CIRCLE ICRS 1 2 3"),
      ("CONTAINS(POINT(target_ra, target_dec), 'POLYGON 1 2 3 4 5 6') = 1", "POLYGON 1 2 3 4 5 6"),
      ("CONTAINS(POINT(target_ra, target_dec), CAST('1 2 3' AS CIRCLE)) = 1", "CIRCLE 1 2 3"),
      ("INTERSECTS(POINT(target_ra, target_dec), CIRCLE(1, 2, 3)) = 1", "circle 1.0 2.0 3.0"),
      ("DISTANCE(target_ra, target_dec, 10, -(20)) < 0.5", "circle 10.0 -20.0 0.5"),
      ("DISTANCE(10, 20, target_ra, target_dec) <= 30 / 60.", "circle 10.0 20.0 0.5"),
      ("0.5 > DISTANCE(POINT(target_ra, target_dec), POINT(10, 20))", "circle 10.0 20.0 0.5"),
      ("DISTANCE(target_ra, target_dec, 10, 20) BETWEEN 0.1 AND 0.5", "circle 10.0 20.0 0.5"),
    ])
  func positions(condition: String, region: String) throws {
    let statement = try statement(condition)
    #expect(statement.usesIndexes == ["positions"])
    #expect(statement.text.contains("(\"main\".\"plane_key\" IN near(\(region)) AND "))
  }

  @Test(
    "A constant region is looked for in the index of footprints",
    arguments: [
      ("1 = INTERSECTS(footprint, CIRCLE(1, 2, 3))", "circle 1.0 2.0 3.0"),
      ("INTERSECTS(CIRCLE(1, 2, 3), footprint) = 1", "circle 1.0 2.0 3.0"),
      ("1 = CONTAINS(POINT(1, 2), footprint)", "point 1.0 2.0"),
      ("1 = INTERSECTS(footprint, POINT(1, 2))", "point 1.0 2.0"),
      ("1 = CONTAINS(footprint, CIRCLE(1, 2, 3))", "circle 1.0 2.0 3.0"),
    ])
  func footprints(condition: String, region: String) throws {
    let statement = try statement(condition)
    #expect(statement.usesIndexes == ["footprints"])
    #expect(statement.text.contains("(\"main\".\"plane_key\" IN near(\(region)) AND "))
  }

  @Test(
    "Where an index would change the answer or cannot help, there is none",
    arguments: [
      "0 = CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, 3))",
      "NOT (1 = CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, 3)))",
      "CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, 3)) <> 1", "DISTANCE(target_ra, target_dec, 1, 2) > 3",
      "DISTANCE(target_ra, target_dec, 1, 2) NOT BETWEEN 0 AND 3",
      "DISTANCE(target_ra, target_dec, 1, 2) < time_exposure",
      "1 = CONTAINS(POINT(target_dec, target_ra), CIRCLE(1, 2, 3))",
      "1 = CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, time_exposure))",
      "1 = CONTAINS(POINT(target_ra + 0, target_dec), CIRCLE(1, 2, 3))", "1 = INTERSECTS(footprint, footprint)",
      "DISTANCE(target_ra, target_dec, 1, 2) < -1",
      "1 = CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, -1 * time_exposure))",
    ])
  func noIndex(condition: String) throws {
    let statement = try statement(condition)
    #expect(statement.usesIndexes == [])
    #expect(!statement.text.contains("near("))
  }

  @Test(
    "A circle around another table's position is looked for in the index",
    arguments: [
      ("DISTANCE(m.target_ra, m.target_dec, s.ra, s.pm_dec) < 1 / 2.", "\"s\".\"ra\", \"s\".\"pm_dec\", 0.5"),
      ("1 = CONTAINS(POINT(m.target_ra, m.target_dec), CIRCLE(s.ra, 5, 0.5))", "\"s\".\"ra\", 5, 0.5"),
      ("1 = INTERSECTS(CIRCLE(s.ra, 5, 0.5), m.footprint)", "\"s\".\"ra\", 5, 0.5"),
      ("1 = CONTAINS(POINT(s.ra, s.pm_dec), m.footprint)", "\"s\".\"ra\", \"s\".\"pm_dec\", 0.0"),
    ])
  func crossMatch(condition: String, circle: String) throws {
    let sql = try SmallSchema.sql("SELECT m.planeid FROM cat.stars s JOIN jwst.main m ON \(condition)")
    #expect(sql.contains("ON (\"m\".\"plane_key\" IN near(\(circle)) AND "))
  }

  @Test("A search around positions of the same table uses no index")
  func selfMatch() throws {
    let sql = try SmallSchema.sql(
      "SELECT planeid FROM jwst.main WHERE DISTANCE(target_ra, target_dec, target_dec, time_exposure) < 1")
    #expect(!sql.contains("near("))
    let pairs = try SmallSchema.sql(
      "SELECT a.planeid FROM jwst.main a, jwst.main b WHERE DISTANCE(a.target_ra, a.target_dec, b.target_ra, b.target_dec) < 1"
    )
    #expect(pairs.contains("\"a\".\"plane_key\" IN near(\"b\".\"target_ra\", \"b\".\"target_dec\", 1.0)"))
  }

  @Test("Each side of an OR looks into the index by itself; the exact test stays")
  func alternatives() throws {
    let statement = try statement(
      "DISTANCE(target_ra, target_dec, 1, 2) < 3 OR (calibrationlevel = 2 AND 1 = INTERSECTS(footprint, CIRCLE(4, 5, 6)))"
    )
    #expect(statement.usesIndexes == ["positions", "footprints"])
    #expect(statement.text.contains("near(circle 1.0 2.0 3.0) AND (distance("))
    #expect(statement.text.contains("near(circle 4.0 5.0 6.0) AND (intersects("))
  }

  @Test("The index of the right table is used, in conditions of joins and in subqueries too")
  func aliases() throws {
    let join = try statement(
      "1 = 1",
      from:
        "(SELECT planeid FROM jwst.artifact a WHERE EXISTS (SELECT * FROM jwst.main q WHERE q.planeid = a.planeid AND DISTANCE(q.target_ra, q.target_dec, 1, 2) < 3)) x"
    )
    #expect(join.text.contains("\"q\".\"plane_key\" IN near"))
    let on = try SmallSchema.sql(
      "SELECT a.planeid FROM jwst.artifact a LEFT JOIN jwst.main m ON a.planeid = m.planeid AND DISTANCE(m.target_ra, m.target_dec, 1, 2) < 3"
    )
    #expect(on.contains("ON ((\"a\".\"planeid\" = \"m\".\"planeid\") AND (\"m\".\"plane_key\" IN near"))
  }

  @Test("Tests compared with 1 and 0 are conditions; otherwise they are numbers")
  func forms() throws {
    #expect(
      try statement("CONTAINS(POINT(target_ra, 1), footprint) = 0").text.hasSuffix(
        "WHERE (contains(point(\"main\".\"target_ra\", 1), \"main\".\"s_region\") = 0)"))
    #expect(
      try SmallSchema.columns("SELECT CONTAINS(POINT(ra, 1), CIRCLE(1, 2, 3)) FROM cat.stars").first?.type == .integer)
  }

  @Test("A dialect sees how a geometry is made and what it is")
  func fragments() throws {
    let query = try Checker(schema: SmallSchema.schema).check(
      "SELECT planeid FROM jwst.main WHERE 1 = CONTAINS(POINT(target_ra, target_dec), CIRCLE(1, 2, 3))")
    let sql = try SQLRenderer(dialect: ShortcutDialect()).render(query).text
    #expect(sql.hasSuffix("WHERE within(\"main\".\"target_ra\", \"main\".\"target_dec\", 1, 2, 3)"))
  }

  /// A dialect that tests a point in a circle without making either.
  private struct ShortcutDialect: SQLDialect {
    func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String { "" }
    func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) -> String { "" }
    func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) -> String { "made" }
    func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String { "" }

    func geometryTest(_ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment, holds: Bool) -> String {
      guard left.constructor?.name == .point, right.constructor?.name == .circle, holds,
        case .region(.circle)? = right.constant
      else { return "general" }
      let arguments = (left.constructor?.arguments ?? []) + (right.constructor?.arguments ?? [])
      return "within(\(arguments.map(\.sql).joined(separator: ", ")))"
    }
  }
}
