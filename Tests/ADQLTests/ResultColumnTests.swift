import Testing

@testable import ADQL

@Suite("Columns of a result")
struct ResultColumnTests {
  @Test("A column brings along all that the schema says of it, under the name as the query writes it")
  func metadata() throws {
    let column = try #require(try SmallSchema.columns("SELECT Target_RA FROM jwst.main").first)
    #expect(column.name == "Target_RA")
    #expect(column.unit == "deg")
    #expect(column.ucd == "pos.eq.ra")
    #expect(column.utype == "x:ra")
    #expect(column.description == "Right ascension")
    #expect(column.datatype == "double")
    #expect(column.arraySize == nil)
  }

  @Test("An asterisk gives the schema's names in the schema's order")
  func asterisk() throws {
    #expect(try SmallSchema.columns("SELECT * FROM JWST.MAIN").map(\.name) == SmallSchema.main.columns.map(\.name))
    #expect(
      try SmallSchema.columns("SELECT s.*, o.mag FROM cat.stars s, other.stars o").map(\.name)
        == SmallSchema.stars.columns.map(\.name) + ["mag"])
    #expect(try SmallSchema.columns("SELECT cat.stars.* FROM cat.stars, other.stars").count == 6)
    #expect(SmallSchema.refusal("SELECT x.* FROM cat.stars")?.kind == .unknownTable)
  }

  @Test("Values without a name get regular ones that no other column has")
  func generatedNames() throws {
    let names = try SmallSchema.columns(
      "SELECT COUNT(*), MAX(ra), 1 + 1, COUNT(*), POINT(1, 2), count_all FROM (SELECT ra, ra AS count_all FROM cat.stars) t GROUP BY count_all"
    ).map(\.name)
    #expect(names == ["count_all_2", "max_ra", "col_3", "count_all_3", "col_5", "count_all"])
    for name in names { #expect(Identifier.isRegular(name)) }
  }

  @Test("Names given twice stay in the result and differ in the SQL")
  func duplicates() throws {
    let adql = "SELECT ra, RA, id AS ra FROM cat.stars"
    #expect(try SmallSchema.columns(adql).map(\.name) == ["ra", "RA", "ra"])
    let sql = try SmallSchema.sql(adql)
    for name in ["AS \"ra\"", "AS \"RA_2\"", "AS \"ra_3\""] { #expect(sql.contains(name)) }
  }

  @Test("Types become what VOTable has for them")
  func votable() throws {
    let columns = try SmallSchema.columns(
      "SELECT planeid, observationid, public, footprint, plane_datarelease, naxis1, POINT(1, 2), CIRCLE(1, 2, 3), COUNT(*) FROM jwst.main GROUP BY planeid, observationid, public, footprint, plane_datarelease, naxis1"
    )
    #expect(
      columns.map { "\($0.datatype) \($0.arraySize ?? "-") \($0.xtype ?? "-")" } == [
        "char 36 -", "char * -", "boolean - -", "char * adql:REGION", "char * timestamp", "long - -", "double 2 point",
        "double 3 circle", "long - -",
      ])
  }

  @Test("An uploaded column comes back as it was declared")
  func uploaded() throws {
    let table = Schema.Table(
      name: "TAP_UPLOAD.t",
      columns: [
        .init(name: "flags", type: .opaque, datatype: "unsignedByte", arraySize: "4"),
        .init(name: "b", type: .smallint, datatype: "unsignedByte"),
      ])
    let checker = Checker(schema: Schema(tables: [table]))
    let columns = try checker.check("SELECT flags, b, b + 1 AS c FROM TAP_UPLOAD.t").resultColumns
    #expect(columns.map(\.datatype) == ["unsignedByte", "unsignedByte", "int"])
    #expect(columns.map(\.arraySize) == ["4", nil, nil])
    #expect(throws: ADQLError.self) { try checker.check("SELECT flags + 1 FROM TAP_UPLOAD.t") }
  }

  @Test("Aggregates say so in the UCD")
  func ucds() throws {
    let columns = try SmallSchema.columns(
      "SELECT MIN(target_ra), MAX(target_ra), AVG(target_ra), COUNT(*) FROM jwst.main")
    #expect(
      columns.map(\.ucd) == ["stat.min;pos.eq.ra", "stat.max;pos.eq.ra", "stat.mean;pos.eq.ra", "meta.number"])
    #expect(try SmallSchema.columns("SELECT DISTANCE(target_ra, target_dec, 1, 2) FROM jwst.main").first?.unit == "deg")
  }

  @Test("What is known of a column goes through subqueries and WITH")
  func throughSubqueries() throws {
    for adql in [
      "SELECT x FROM (SELECT target_ra AS x FROM jwst.main) t",
      "WITH t AS (SELECT target_ra AS x FROM jwst.main) SELECT * FROM t",
      "SELECT (SELECT MAX(target_ra) FROM jwst.main) AS x FROM cat.stars",
    ] {
      let column = try #require(try SmallSchema.columns(adql).first)
      #expect(column.name == "x")
      #expect(column.unit == "deg")
      #expect(column.ucd?.hasSuffix("pos.eq.ra") == true)
    }
  }
}
