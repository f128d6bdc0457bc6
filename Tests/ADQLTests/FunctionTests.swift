import Testing

@testable import ADQL

@Suite("Functions")
struct FunctionTests {
  @Test("Every function is in the catalogue once, with a description and a form")
  func catalogue() {
    #expect(Set(ADQLFunction.all.map(\.name)) == Set(ADQLFunction.Name.allCases))
    #expect(ADQLFunction.all.count == ADQLFunction.Name.allCases.count)
    for function in ADQLFunction.all {
      #expect(function.description.hasSuffix("."))
      #expect(!function.forms.isEmpty)
    }
  }

  @Test("Forms of user-defined functions are as TAPRegExt wants them")
  func forms() {
    #expect(ADQLFunction.named("IVO_HASWORD")?.forms == ["ivo_hasword(haystack VARCHAR, needle VARCHAR) -> INTEGER"])
    #expect(
      ADQLFunction.named("ivo_healpix_index")?.forms == [
        "ivo_healpix_index(hpxOrder INTEGER, lon DOUBLE PRECISION, lat DOUBLE PRECISION) -> BIGINT",
        "ivo_healpix_index(hpxOrder INTEGER, p POINT) -> BIGINT",
      ])
    #expect(ADQLFunction.declaredUserDefined.allSatisfy { $0.group == .userDefined })
    #expect(ADQLFunction.declaredUserDefined.count == 8)
  }

  @Test("Results have the type that the standard gives them")
  func resultTypes() throws {
    let columns = try SmallSchema.columns(
      """
      SELECT ABS(id), ABS(ra), FLOOR(id), MOD(id, 3), MOD(ra, 3), ROUND(ra, 2), PI(), RAND(), RAND(5), ATAN2(ra, 1),
        LOWER(name), COALESCE(id, ra), COALESCE(NULL, name), ivo_healpix_index(6, ra, 0), ivo_hasword(name, 'a'),
        ivo_to_mjd('2022-01-01'), POINT(ra, 0), CIRCLE(ra, 0, 1), POLYGON(1, 2, 3, 4, 5, 6), REGION('CIRCLE 1 2 3'),
        CENTROID(CIRCLE(ra, 0, 1)), AREA(CIRCLE(ra, 0, 1)), COORD1(POINT(ra, 0)), CONTAINS(POINT(ra, 0), CIRCLE(1, 2, 3)),
        COORDSYS(POINT(ra, 0))
      FROM cat.stars
      """)
    #expect(
      columns.map(\.type) == [
        .integer, .double, .double, .integer, .double, .double, .double, .double, .double, .double, .varchar, .double,
        .varchar, .bigint, .integer, .double, .point, .circle, .polygon, .region, .point, .double, .double, .integer,
        .varchar,
      ])
  }

  @Test(
    "Arguments of the wrong type or number are refused",
    arguments: [
      "LOWER(id)", "SQRT(name)", "ROUND(ra, 1.5)", "COORD1(CIRCLE(1, 2, 3))", "AREA(name)", "POINT(name, 1)",
      "ivo_healpix_index(ra, ra, ra)", "ivo_hasword(name)", "ivo_to_mjd(id)", "COALESCE(name, id)",
      "CONTAINS(POINT(1, 2), id)", "ivo_string_agg(name)", "DISTANCE(POINT(1, 2), CIRCLE(1, 2, 3))",
    ])
  func wrongArguments(call: String) {
    #expect(SmallSchema.refusal("SELECT \(call) FROM cat.stars")?.kind == .type, "\(call)")
  }

  @Test("COALESCE of one value is the value")
  func coalesceOfOne() throws {
    #expect(try SmallSchema.sql("SELECT COALESCE(id) AS x FROM cat.stars").hasPrefix("SELECT \"stars\".\"id\" AS"))
  }

  @Test("A region where a point belongs is answered with a way to have one")
  func centroid() {
    let error = SmallSchema.refusal("SELECT DISTANCE(footprint, POINT(1, 2)) FROM jwst.main")
    #expect(error?.kind == .type)
    #expect(error?.message.contains("CENTROID") == true)
  }

  @Test("An unknown function is answered with the nearest")
  func unknown() {
    let error = SmallSchema.refusal("SELECT ivo_haswrd(name, 'x') FROM cat.stars")
    #expect(error?.kind == .unknownFunction)
    #expect(error?.suggestion == "ivo_hasword")
  }

  @Test("Positions in another frame than ICRS are refused, not misread")
  func frames() throws {
    #expect(SmallSchema.refusal("SELECT POINT('GALACTIC', 1, 2) FROM cat.stars")?.kind == .unsupported)
    #expect(SmallSchema.refusal("SELECT CIRCLE('FK4', 1, 2, 3) FROM cat.stars")?.kind == .unsupported)
    for frame in ["'ICRS'", "'icrs geocenter'", "''", "NULL"] {
      #expect(
        try SmallSchema.sql("SELECT POINT(\(frame), ra, 2) FROM cat.stars").contains("point(\"stars\".\"ra\", 2)"))
    }
  }

  @Test("Points made on the spot are taken apart")
  func points() throws {
    let sql = try SmallSchema.sql(
      """
      SELECT DISTANCE(POINT(ra, 1), POINT(2, 3)), CIRCLE(POINT(ra, 1), 2), POLYGON(POINT(1, 2), POINT(3, 4), POINT(5, 6)),
        ivo_healpix_index(5, POINT(ra, 1)), INTERSECTS(CIRCLE(1, 2, 3), POINT(ra, 1))
      FROM cat.stars
      """)
    let ra = "\"stars\".\"ra\""
    for call in [
      "distance(\(ra), 1, 2, 3)", "circle(\(ra), 1, 2)", "polygon(1, 2, 3, 4, 5, 6)", "ivo_healpix_index(5, \(ra), 1)",
      "contains(point(\(ra), 1), circle(1, 2, 3))",
    ] {
      #expect(sql.contains(call), "\(call)")
    }
  }

  @Test("Points of columns stay whole")
  func pointColumns() throws {
    let table = Schema.Table(name: "t.t", columns: [.init(name: "p", type: .point)])
    let query = try Checker(schema: Schema(tables: [table])).check(
      "SELECT DISTANCE(p, POINT(1, 2)), CIRCLE(p, 0.5), BOX(p, 1, 2) FROM t.t")
    let sql = try SQLRenderer(dialect: PlainDialect()).render(query).text
    #expect(sql.contains("distance(\"t\".\"p\", point(1, 2))"))
    #expect(sql.contains("circle(\"t\".\"p\", 0.5)"))
    #expect(sql.contains("box(\"t\".\"p\", 1, 2)"))
  }

  @Test("ivo_string_agg is an aggregate")
  func stringAggregate() throws {
    let adql = "SELECT ivo_string_agg(filename, ', ') AS f FROM jwst.artifact GROUP BY planeid"
    #expect(try SmallSchema.sql(adql).contains("group_concat(\"artifact\".\"filename\", ', ') AS \"f\""))
    #expect(
      SmallSchema.refusal("SELECT planeid FROM jwst.artifact WHERE ivo_string_agg(filename, '') = 'x'")?.kind
        == .grouping)
    #expect(SmallSchema.refusal("SELECT planeid, ivo_string_agg(filename, '') FROM jwst.artifact")?.kind == .grouping)
  }

  @Test("NULL first is a coordinate system only where it is one argument more than the function takes")
  func leadingNull() throws {
    let expected = [
      "POINT(NULL, 5)": "point(NULL, 5)", "POINT(NULL, ra, 5)": "point(\"stars\".\"ra\", 5)",
      "CIRCLE(NULL, 5, 1)": "circle(NULL, 5, 1)", "CIRCLE(NULL, 5, 6, 1)": "circle(5, 6, 1)",
      "CIRCLE(NULL, POINT(1, 2), 3)": "circle(1, 2, 3)", "BOX(NULL, 5, 1, 2)": "box(NULL, 5, 1, 2)",
      "BOX(NULL, POINT(1, 2), 3, 4)": "box(1, 2, 3, 4)", "BOX(NULL, 1, 2, 3, 4)": "box(1, 2, 3, 4)",
      "POLYGON(NULL, 2, 3, 4, 5, 6)": "polygon(NULL, 2, 3, 4, 5, 6)",
      "POLYGON(NULL, 1, 2, 3, 4, 5, 6)": "polygon(1, 2, 3, 4, 5, 6)",
      "POLYGON(NULL, POINT(1, 2), POINT(3, 4), POINT(5, 6))": "polygon(1, 2, 3, 4, 5, 6)",
    ]
    for (call, sql) in expected {
      #expect(try SmallSchema.sql("SELECT \(call) AS x FROM cat.stars").hasPrefix("SELECT \(sql) AS"), "\(call)")
    }
    #expect(SmallSchema.refusal("SELECT POINT(NULL) FROM cat.stars")?.kind == .syntax)
  }
}
