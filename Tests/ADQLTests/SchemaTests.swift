import Testing

@testable import ADQL

@Suite("Names of tables and columns")
struct SchemaTests {
  @Test("Regular names match in any case, delimited ones only as the schema has them")
  func caseOfNames() throws {
    #expect(try SmallSchema.sql("SELECT TARGET_RA FROM JWST.Main").contains("\"Main\".\"target_ra\" AS \"TARGET_RA\""))
    #expect(try SmallSchema.sql("SELECT flux FROM cat.stars").contains("\"stars\".\"Flux\" AS \"flux\""))
    #expect(try SmallSchema.columns("SELECT \"Flux\" FROM \"cat\".\"stars\"").map(\.name) == ["Flux"])
    #expect(SmallSchema.refusal("SELECT \"flux\" FROM cat.stars")?.kind == .unknownColumn)
    #expect(SmallSchema.refusal("SELECT id FROM \"Cat\".stars")?.kind == .unknownTable)
  }

  @Test("A table goes by its own name where only one has it")
  func unqualifiedTable() throws {
    #expect(try SmallSchema.sql("SELECT planeid FROM main").contains("FROM \"jwst.main\" AS"))
    let error = SmallSchema.refusal("SELECT id FROM stars")
    #expect(error?.kind == .ambiguousName)
    #expect(error?.message.contains("cat.stars or other.stars") == true)
  }

  @Test("Unknown names are answered with the nearest and their place")
  func suggestions() {
    let table = SmallSchema.refusal("SELECT planeid\nFROM jwst.mian")
    #expect(table?.kind == .unknownTable)
    #expect(table?.suggestion == "jwst.main")
    #expect(table?.line == 2)
    #expect(table?.column == 6)
    #expect(SmallSchema.refusal("SELECT planeid FROM jwts.main")?.suggestion == "jwst.main")
    let column = SmallSchema.refusal("SELECT planeid, target_raa FROM jwst.main")
    #expect(column?.kind == .unknownColumn)
    #expect(column?.suggestion == "target_ra")
    #expect(column?.column == 17)
    #expect(SmallSchema.refusal("SELECT m.planid FROM jwst.main m")?.suggestion == "planeid")
  }

  @Test("The key of a spatial index cannot be selected")
  func hiddenKey() {
    #expect(SmallSchema.refusal("SELECT plane_key FROM jwst.main")?.kind == .unknownColumn)
    #expect(SmallSchema.refusal("SELECT \"plane_key\" FROM jwst.main")?.kind == .unknownColumn)
    #expect(SmallSchema.refusal("SELECT planeid FROM jwst.main ORDER BY plane_key")?.kind == .unknownColumn)
  }

  @Test("The database's own names go into the SQL, the schema's into the result")
  func sqlNames() throws {
    #expect(try SmallSchema.sql("SELECT footprint FROM jwst.main").contains("\"main\".\"s_region\" AS \"footprint\""))
    #expect(SmallSchema.refusal("SELECT s_region FROM jwst.main")?.kind == .unknownColumn)
  }

  @Test("Uploads and users' tables are laid over the schema")
  func overlay() throws {
    let upload = Schema.Table(
      name: "TAP_UPLOAD.mine", sqlName: "upload_1", columns: [.init(name: "size", type: .integer, sqlName: "c1")])
    let replaced = Schema.Table(name: "other.stars", columns: [.init(name: "fresh", type: .integer)])
    let schema = SmallSchema.schema.overlay([upload, replaced])
    #expect(schema.tables.count == SmallSchema.schema.tables.count + 1)
    let query = try Checker(schema: schema).check(
      "SELECT \"size\", fresh FROM tap_upload.mine JOIN other.stars ON \"size\" = fresh")
    let sql = try SQLRenderer(dialect: PlainDialect()).render(query).text
    #expect(sql.contains("FROM \"upload_1\" AS \"mine\""))
    #expect(sql.contains("\"mine\".\"c1\" AS \"size\""))
    #expect(SmallSchema.refusal("SELECT \"size\" FROM TAP_UPLOAD.mine")?.kind == .unknownTable)
  }

  @Test("Columns that differ in case alone are told apart by it")
  func columnsThatDifferInCase() throws {
    let table = Schema.Table(
      name: "u.t",
      columns: [.init(name: "A", type: .integer), .init(name: "a", type: .varchar), .init(name: "b", type: .real)])
    let checker = Checker(schema: Schema(tables: [table]))
    #expect(try checker.check("SELECT \"A\", a FROM u.t").resultColumns.map(\.type) == [.integer, .varchar])
    #expect(try checker.check("SELECT A FROM u.t").resultColumns.map(\.type) == [.integer])
  }

  @Test("A name of the SELECT list is not known in WHERE, and the message says so")
  func aliasInWhere() {
    let error = SmallSchema.refusal("SELECT ra AS x FROM cat.stars WHERE x > 1")
    #expect(error?.kind == .unknownColumn)
    #expect(error?.message.contains("SELECT list") == true)
  }

  @Test("A table with an alias does not go by its old name")
  func aliasHidesName() {
    let error = SmallSchema.refusal("SELECT stars.id FROM cat.stars AS s")
    #expect(error?.kind == .unknownTable)
    #expect(error?.suggestion == "s")
  }
}
