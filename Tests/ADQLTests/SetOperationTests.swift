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

  /// Uploaded columns of many forms.
  private let uploads = Checker(
    schema: Schema(tables: [
      .init(
        name: "u.t",
        columns: [
          .init(name: "ints", type: .opaque, datatype: "int", arraySize: "2"),
          .init(name: "others", type: .opaque, datatype: "int", arraySize: "2", unit: "m"),
          .init(name: "three", type: .opaque, datatype: "int", arraySize: "3"),
          .init(name: "doubles", type: .opaque, datatype: "double", arraySize: "2"),
          .init(name: "byte", type: .smallint, datatype: "unsignedByte"),
          .init(name: "short", type: .smallint),
          .init(name: "c5", type: .char, arraySize: "5", ucd: "meta.id"),
          .init(name: "c9", type: .char, arraySize: "9"),
          .init(name: "square", type: .polygon, datatype: "double", arraySize: "8", xtype: "polygon"),
          .init(name: "time", type: .timestamp, arraySize: "19"),
        ])
    ]))

  private func refusal(_ adql: String) -> ADQLError? {
    do throws(ADQLError) {
      _ = try uploads.check(adql)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "Arrays join only with their like",
    arguments: ["ints, doubles", "ints, three", "ints, byte", "doubles, c5"])
  func arrays(pair: String) throws {
    let names = pair.split(separator: ", ")
    let (one, other) = (names[0], names[1])
    for adql in [
      "SELECT \(one) FROM u.t UNION ALL SELECT \(other) FROM u.t", "SELECT COALESCE(\(one), \(other)) FROM u.t",
      "SELECT CASE WHEN byte = 1 THEN \(one) ELSE \(other) END FROM u.t",
      "SELECT COALESCE(\(one), 'text') FROM u.t",
    ] {
      let error = refusal(adql)
      #expect(error?.kind == .type, "\(adql)")
      #expect(error?.line == 1)
    }
  }

  @Test("Arrays that are alike stay what they are, through UNION, COALESCE and CASE")
  func likeArrays() throws {
    for value in ["COALESCE(ints, others)", "COALESCE(NULL, ints)", "CASE WHEN byte = 1 THEN NULL ELSE ints END"] {
      let columns = try uploads.check("SELECT \(value) AS a FROM u.t UNION ALL SELECT others FROM u.t").resultColumns
      #expect(columns.map { "\($0.datatype) \($0.arraySize ?? "-") \($0.unit ?? "-")" } == ["int 2 -"], "\(value)")
    }
  }

  @Test(
    "A column of two forms takes one that holds both",
    arguments: [
      ("byte", "short", "short - -"), ("short", "byte", "short - -"), ("byte", "byte", "unsignedByte - -"),
      ("c5", "c9", "char * -"), ("c5", "c5", "char 5 -"), ("square", "POLYGON(1, 2, 3, 4, 5, 6)", "double * polygon"),
      ("square", "square", "double 8 polygon"), ("time", "CAST(time AS TIMESTAMP)", "char * timestamp"),
      ("byte", "NULL", "unsignedByte - -"), ("NULL", "byte", "unsignedByte - -"),
    ])
  func forms(one: String, other: String, form: String) throws {
    func text(_ column: ResultColumn?) -> String? {
      column.map { "\($0.datatype) \($0.arraySize ?? "-") \($0.xtype ?? "-")" }
    }
    let union = try uploads.check("SELECT \(one) AS x FROM u.t UNION ALL SELECT \(other) FROM u.t").resultColumns
    #expect(text(union.first) == form)
    #expect(union.first?.name == "x")
    guard one != "square", other != "NULL", one != "NULL" else { return }
    let join = try uploads.check(
      "SELECT x FROM (SELECT \(one) AS x FROM u.t) a FULL JOIN (SELECT \(other) AS x FROM u.t) b USING (x)"
    ).resultColumns
    #expect(text(join.first) == form)
  }
}
