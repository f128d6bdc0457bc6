import Testing

@testable import ADQL

@Suite("Types of expressions and comparisons")
struct TypeTests {
  @Test("Arithmetic of whole numbers stays whole, any other becomes double")
  func arithmetic() throws {
    let columns = try SmallSchema.columns(
      "SELECT id + 1, id / 2, id * 3000000000, id + 1.5, pm_ra + pm_dec, pm_ra * 2, -id, NULL FROM cat.stars")
    #expect(
      columns.map(\.type) == [.integer, .integer, .bigint, .double, .real, .double, .integer, .unknown])
    #expect(try SmallSchema.columns("SELECT id + id FROM other.stars").map(\.type) == [.smallint])
  }

  @Test("Aggregates have the types of the standard")
  func aggregates() throws {
    let columns = try SmallSchema.columns(
      "SELECT COUNT(*), COUNT(name), SUM(id), SUM(ra), AVG(id), MIN(name), MAX(id), MAX(pm_ra) FROM cat.stars")
    #expect(columns.map(\.type) == [.bigint, .bigint, .bigint, .double, .double, .varchar, .integer, .real])
    #expect(try SmallSchema.columns("SELECT MAX(plane_datarelease) FROM jwst.main").first?.xtype == "timestamp")
  }

  @Test(
    "What cannot be compared or computed is refused",
    arguments: [
      "name = 1", "ra > name", "name + 1 > 2", "id LIKE 'a%'", "POINT(ra, 1) = POINT(1, 2)", "ra = 'abc'",
      "ra IN (1, 'x')",
      "ra BETWEEN 'a' AND 2", "name IN (SELECT ra FROM cat.stars)", "id IN (SELECT id, name FROM cat.stars)",
      "id = (SELECT id, name FROM cat.stars)", "name || 1 = 'a'", "CASE WHEN id = 1 THEN 'a' ELSE 2 END = 'a'",
    ])
  func refused(condition: String) {
    #expect(SmallSchema.refusal("SELECT id FROM cat.stars WHERE \(condition)")?.kind == .type, "\(condition)")
  }

  @Test("A literal between quotes becomes the number it stands beside, as in PostgreSQL")
  func numbersInQuotes() throws {
    let sql = try SmallSchema.sql(
      "SELECT id FROM cat.stars WHERE id = '3' AND ra IN ('1.5', 2) AND '-2' < ra AND id BETWEEN '1' AND '9'")
    #expect(sql.contains("(\"stars\".\"id\" = 3)"))
    #expect(sql.contains("IN (1.5, 2)"))
    #expect(sql.contains("((-2) < \"stars\".\"ra\")"))
    #expect(sql.contains("BETWEEN 1 AND 9"))
  }

  @Test(
    "A flag compares with 0 and 1 and with the words for them",
    arguments: [("'true'", 1), ("'T'", 1), ("1", 1), ("'false'", 0), ("'0'", 0), ("0", 0)])
  func flags(written: String, expected: Int) throws {
    let sql = try SmallSchema.sql("SELECT planeid FROM jwst.main WHERE public = \(written)")
    #expect(sql.hasSuffix("WHERE (\"main\".\"public\" = \(expected))"))
  }

  @Test("A flag and another word are refused")
  func flagAndWord() {
    #expect(SmallSchema.refusal("SELECT planeid FROM jwst.main WHERE public = 'perhaps'")?.kind == .type)
  }

  @Test("A text beside a timestamp is read as one, and must look like one")
  func timestamps() throws {
    let sql = try SmallSchema.sql(
      "SELECT planeid FROM jwst.main WHERE plane_datarelease > '2022-07-12' AND plane_datarelease < proposal_id")
    #expect(sql.contains("> CAST('2022-07-12T00:00:00' AS TIMESTAMP)"))
    #expect(sql.contains("< CAST(\"main\".\"proposal_id\" AS TIMESTAMP)"))
    for text in [
      "yesterday", "2022-13-01", "2022-02-30", "2022-01-01T25:00:00", "2022-1-1", "2022-01-01Tnoon", "",
      "2022-01-01T00:00:00.", "2022-01-01 00:00:00.Z", "2022-01-01T", "2022-01-01  10:00", "9999-12-31T23:59:60",
    ] {
      let error = SmallSchema.refusal("SELECT planeid FROM jwst.main WHERE plane_datarelease > '\(text)'")
      #expect(error?.kind == .type, "\(text)")
    }
    for text in ["2024-02-29", "2022-01-01T23:59:60.25Z", "2022-01-01 10:00", "2022-01-01T10:00:00"] {
      #expect(
        SmallSchema.refusal("SELECT planeid FROM jwst.main WHERE plane_datarelease > '\(text)'") == nil, "\(text)")
    }
  }

  @Test(
    "A literal that is a time becomes the form in which comparing texts compares times",
    arguments: [
      ("2024-02-29", "2024-02-29T00:00:00"), ("2022-01-01 10:00", "2022-01-01T10:00:00"),
      ("2022-07-12 00:00:00", "2022-07-12T00:00:00"), (" 2022-07-12T14:30:05.1234567Z ", "2022-07-12T14:30:05.1234567"),
      ("2022-07-12T14:30:05.000", "2022-07-12T14:30:05.000"), ("2022-07-12T23:58:60.5", "2022-07-12T23:59:00.5"),
      ("2016-12-31T23:59:60", "2017-01-01T00:00:00"), ("2022-02-28T23:59:60", "2022-03-01T00:00:00"),
    ])
  func canonicalTimestamps(written: String, canonical: String) throws {
    for adql in [
      "SELECT planeid FROM jwst.main WHERE plane_datarelease = '\(written)'",
      "SELECT planeid FROM jwst.main WHERE plane_datarelease = CAST('\(written)' AS TIMESTAMP)",
    ] {
      #expect(try SmallSchema.sql(adql).hasSuffix("= CAST('\(canonical)' AS TIMESTAMP))"))
    }
  }

  @Test("Literals follow what they stand beside on whichever side of IN, BETWEEN, CASE and USING")
  func literalsEverywhere() throws {
    let (main, time) = ("\"main\"", "CAST('2022-07-12T00:00:00' AS TIMESTAMP)")
    let expected = [
      "'5' BETWEEN '1' AND calibrationlevel + 9": "(5 BETWEEN 1 AND (\(main).\"calibrationlevel\" + 9))",
      "'5' NOT BETWEEN calibrationlevel AND '9'": "(5 NOT BETWEEN \(main).\"calibrationlevel\" AND 9)",
      "'2022-07-12' BETWEEN '2022-07-12' AND plane_datarelease":
        "(\(time) BETWEEN \(time) AND \(main).\"plane_datarelease\")",
      "'5' IN ('1', calibrationlevel)": "(5 IN (1, \(main).\"calibrationlevel\"))",
      "proposal_id IN (plane_datarelease, '2022-07-12')":
        "(CAST(\(main).\"proposal_id\" AS TIMESTAMP) IN (\(main).\"plane_datarelease\", \(time)))",
      "public IN ('true', 0)": "(\(main).\"public\" IN (1, 0))",
      "CASE '5' WHEN '1' THEN 1 WHEN calibrationlevel THEN 2 END = 2":
        "(CASE 5 WHEN 1 THEN 1 WHEN \(main).\"calibrationlevel\" THEN 2 END = 2)",
      "CASE plane_datarelease WHEN '2022-07-12' THEN 1 END = 1":
        "(CASE \(main).\"plane_datarelease\" WHEN \(time) THEN 1 END = 1)",
    ]
    for (condition, sql) in expected {
      #expect(
        try SmallSchema.sql("SELECT 1 FROM jwst.main WHERE \(condition)").hasSuffix("WHERE \(sql)"), "\(condition)")
    }
    let join = "(SELECT id FROM cat.stars) a JOIN (SELECT '1' AS id FROM cat.stars) b"
    #expect(SmallSchema.refusal("SELECT 1 FROM \(join) USING (id)")?.kind == .type)
    #expect(
      try SmallSchema.sql(
        "SELECT t FROM (SELECT plane_datarelease AS t FROM jwst.main) a FULL JOIN (SELECT proposal_id AS t FROM jwst.main) b USING (t)"
      ).hasSuffix("ON (\"a\".\"t\" = CAST(\"b\".\"t\" AS TIMESTAMP))"))
  }

  @Test("A literal before IN and a subquery is of the type of the subquery's column")
  func literalInQuery() throws {
    let expected = [
      "'2022-07-12' IN (SELECT CAST(proposal_id AS TIMESTAMP) FROM jwst.main)":
        "CAST('2022-07-12T00:00:00' AS TIMESTAMP) IN (SELECT", "'5' IN (SELECT id FROM cat.stars)": "5 IN (SELECT",
      "'true' IN (SELECT public FROM jwst.main)": "1 IN (SELECT",
      "'a' IN (SELECT name FROM cat.stars)": "'a' IN (SELECT",
      "proposal_id IN (SELECT plane_datarelease FROM jwst.main)":
        "CAST(\"main\".\"proposal_id\" AS TIMESTAMP) IN (SELECT",
    ]
    for (condition, sql) in expected {
      #expect(
        try SmallSchema.sql("SELECT 1 FROM jwst.main WHERE \(condition)").contains("WHERE \(sql)"), "\(condition)")
    }
    for condition in ["'x' IN (SELECT id FROM cat.stars)", "plane_datarelease IN (SELECT name FROM cat.stars)"] {
      #expect(SmallSchema.refusal("SELECT 1 FROM jwst.main WHERE \(condition)")?.kind == .type, "\(condition)")
    }
  }

  @Test("Casts have the type, and for texts the length, that was asked for")
  func casts() throws {
    let columns = try SmallSchema.columns(
      """
      SELECT CAST(ra AS INTEGER), CAST(id AS VARCHAR(5)), CAST(id AS CHAR(3)), CAST(name AS CHAR), CAST(NULL AS BIGINT),
        CAST('2022-01-01' AS TIMESTAMP), CAST('1 2' AS POINT), CAST(ra AS REAL), CAST('12' AS SMALLINT)
      FROM cat.stars
      """)
    #expect(
      columns.map(\.type) == [.integer, .varchar, .char, .char, .bigint, .timestamp, .point, .real, .smallint])
    #expect(columns[1].arraySize == "5*")
    #expect(columns[2].arraySize == "3")
    #expect(columns[3].arraySize == "1")
    #expect(try SmallSchema.sql("SELECT CAST(name AS CHAR) FROM cat.stars").contains("AS CHAR(1))"))
    #expect(columns[7].unit == "deg")
  }

  @Test(
    "Casts that have no meaning are refused",
    arguments: [
      "CAST(POINT(1, 2) AS INTEGER)", "CAST(ra AS TIMESTAMP)", "CAST(ra AS POINT)", "CAST('abc' AS INTEGER)",
      "CAST('soon' AS TIMESTAMP)", "CAST(CIRCLE(1, 2, 3) AS POLYGON)",
    ])
  func badCasts(cast: String) {
    #expect(SmallSchema.refusal("SELECT \(cast) FROM cat.stars")?.kind == .type, "\(cast)")
  }

  @Test("Numbers that fit no type are refused")
  func numbers() throws {
    #expect(SmallSchema.refusal("SELECT 1e999 FROM cat.stars")?.kind == .type)
    #expect(
      try SmallSchema.columns("SELECT 2147483647, 2147483648, 9223372036854775808, 1., .5 FROM cat.stars").map(\.type)
        == [.integer, .bigint, .double, .double, .double])
  }

  @Test("Branches of CASE share a type")
  func branches() throws {
    let columns = try SmallSchema.columns(
      """
      SELECT CASE WHEN id = 1 THEN 1 ELSE 2.5 END, CASE id WHEN '1' THEN 'a' WHEN 2 THEN name END,
        CASE WHEN id = 1 THEN ra ELSE '3' END
      FROM cat.stars
      """)
    #expect(columns.map(\.type) == [.double, .varchar, .double])
  }
}
