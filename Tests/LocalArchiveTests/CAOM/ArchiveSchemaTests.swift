import ADQL
import GRDB
import Testing

@testable import LocalArchive

/// The schema against the database, and against what TAP 1.1 asks of `TAP_SCHEMA`.
@Suite struct ArchiveSchemaTests {
  private let folder = ArchiveFolder()
  private let schema = ArchiveSchema.standard

  @Test func viewsHaveTheColumnsOfTheSchema() throws {
    let sample = try SampleCatalogue()
    let store = sample.store
    for table in schema.tables {
      let hidden = table.spatialIndexes.map(\.key)
      let (columns, row) = try store.read { db in
        (
          try db.columns(in: table.name).map(\.name),
          try Row.fetchOne(db, sql: "SELECT * FROM \"\(table.name)\"")
        )
      }
      #expect(columns == table.columns.map(\.name) + hidden)
      #expect(row?.count == columns.count, "\(table.name) has no row")
      // Each column by itself, since a view is only then looked at in whole.
      for column in table.columns { _ = try store.texts("SELECT \"\(column.name)\" FROM \"\(table.name)\" LIMIT 3") }
    }
  }

  /// Values are what the schema says they are, wherever there are any.
  @Test func valuesHaveTheTypesOfTheSchema() throws {
    let sample = try SampleCatalogue()
    let store = sample.store
    for table in schema.tables {
      for column in table.columns {
        let types = Set(
          try store.texts("SELECT DISTINCT typeof(\"\(column.name)\") FROM \"\(table.name)\"").compactMap { $0 })
        let allowed: Set<String> =
          switch column.type {
          case .boolean, .short, .int, .long: ["integer", "null"]
          case .float, .double: ["real", "null"]
          case .text, .timestamp, .region, .other: ["text", "null"]
          }
        #expect(types.isSubset(of: allowed), "\(table.name).\(column.name): \(types)")
      }
    }
  }

  @Test func esaColumnsAreAllThere() throws {
    let main = try #require(schema.table("JWST.Main"))
    #expect(main.columns.count == 109)
    for name in ["parenturi", "obs_accmetachecksum", "plane_datarelease", "public", "time_bounds_width"] {
      #expect(main.column(name) != nil)
    }
    #expect(main.column("public")?.queryName == "\"public\"")
    var declination = try #require(main.column("target_dec"))
    declination.name = "dec"
    #expect(declination.queryName == "dec", "reserved in SQL, but not in ADQL")
    #expect(main.column("public")?.type == .boolean)
    #expect(main.column("planeid")?.arraySize == "36")
    #expect(main.column("energy_bounds_lower")?.unit == "m")
    #expect(schema.table("jwst.observation")?.column("targetposition_coordinates_cval1")?.unit == "deg")
    #expect(schema.table("jwst.plane")?.column("datarelease")?.xtype == "timestamp")
    #expect(schema.table("ivoa.obscore")?.columns.prefix(30).allSatisfy(\.isStandard) == true)
  }

  /// Source: ObsLocTAP 1.0, section 3.
  @Test func thePlanHasTheStandardsColumns() throws {
    let plan = try #require(schema.table("ivoa.obsplan"))
    #expect(plan.utype == "ivo://ivoa.net/std/obsloctap#table-1.0")
    #expect(
      plan.columns.filter(\.isStandard).map(\.name) == [
        "t_planning", "target_name", "obs_id", "obs_collection", "s_ra", "s_dec", "s_fov", "s_region", "s_resolution",
        "t_min", "t_max", "t_exptime", "t_resolution", "em_min", "em_max", "em_res_power", "o_ucd", "pol_states",
        "pol_xel", "facility_name", "instrument_name", "t_plan_exptime", "category", "priority", "execution_status",
        "tracking_type",
      ])
    #expect(plan.column("s_ra")?.utype == "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1")
    #expect(plan.column("t_planning")?.unit == "d")
    #expect(plan.column("t_planning")?.ucd == nil)
  }

  @Test func namesAreUniqueAndDescribed() {
    #expect(Set(schema.tables.map { $0.name.lowercased() }).count == schema.tables.count)
    for table in schema.tables {
      #expect(schema.groups.contains { $0.name == table.group })
      #expect(Set(table.columns.map { $0.name.lowercased() }).count == table.columns.count, "\(table.name)")
      #expect(table.columns.allSatisfy { !$0.description.isEmpty && $0.name != CatalogueView.key })
    }
  }

  @Test func foreignKeysPointAtColumnsOfTheSameType() throws {
    for table in schema.tables {
      for key in table.foreignKeys {
        let target = try #require(schema.table(key.target))
        #expect(key.from.count == key.to.count && !key.from.isEmpty)
        for (from, to) in zip(key.from, key.to) {
          let (a, b) = (try #require(table.column(from)), try #require(target.column(to)))
          #expect(a.type == b.type && a.arraySize == b.arraySize, "\(table.name).\(from)")
        }
      }
    }
  }

  // The rules of taplint's TMS stage.

  @Test func tapSchemaTellsOfEveryTable() throws {
    let store = try ArchiveStore.create(at: folder.path)
    #expect(
      try store.texts("SELECT table_name FROM \"tap_schema.tables\" ORDER BY table_index") == schema.tables.map(\.name))
    for table in schema.tables {
      let names = try store.texts(
        "SELECT column_name FROM \"tap_schema.columns\" WHERE table_name = '\(table.name)' ORDER BY column_index")
      #expect(names == table.columns.map(\.queryName))
    }
    #expect(
      try store.texts("SELECT column_name FROM \"tap_schema.columns\" WHERE column_name LIKE '\"%' GROUP BY 1")
        == ["\"public\"", "\"size\""])
  }

  @Test(arguments: [
    "tap_schema.schemas.schema_name", "tap_schema.tables.schema_name", "tap_schema.tables.table_name",
    "tap_schema.tables.table_type", "tap_schema.columns.table_name", "tap_schema.columns.column_name",
    "tap_schema.columns.datatype", "tap_schema.columns.indexed", "tap_schema.columns.principal",
    "tap_schema.columns.std", "tap_schema.keys.key_id", "tap_schema.keys.from_table", "tap_schema.keys.target_table",
    "tap_schema.key_columns.key_id", "tap_schema.key_columns.from_column", "tap_schema.key_columns.target_column",
  ])
  func mandatoryValuesAreThere(path: String) throws {
    let store = try ArchiveStore.create(at: folder.path)
    let parts = path.split(separator: ".")
    let table = "\(parts[0]).\(parts[1])"
    #expect(try store.int("SELECT count(*) FROM \"\(table)\"") > 0)
    #expect(try store.int("SELECT count(*) FROM \"\(table)\" WHERE \"\(parts[2])\" IS NULL") == 0)
  }

  @Test func tapSchemaKeepsItsRules() throws {
    let store = try ArchiveStore.create(at: folder.path)
    func none(_ condition: String, in table: String) throws -> Bool {
      try store.int("SELECT count(*) FROM \"tap_schema.\(table)\" WHERE \(condition)") == 0
    }
    #expect(try none("indexed NOT IN (0, 1) OR principal NOT IN (0, 1) OR std NOT IN (0, 1)", in: "columns"))
    #expect(try none("arraysize = '1' OR (datatype = 'char') <> (arraysize IS NOT NULL)", in: "columns"))
    #expect(try none("\"size\" IS NOT NULL AND \"size\" <> CAST(arraysize AS INTEGER)", in: "columns"))
    #expect(try none("arraysize IS NULL AND \"size\" IS NOT NULL", in: "columns"))
    #expect(try none("arraysize GLOB '[0-9]*' AND \"size\" IS NULL", in: "columns"))
    #expect(try none("table_name LIKE 'tap_schema.%' AND std <> 1", in: "columns"))
    #expect(try none("table_type NOT IN ('table', 'view')", in: "tables"))
    #expect(try none("schema_name NOT IN (SELECT schema_name FROM \"tap_schema.schemas\")", in: "tables"))
    #expect(try none("table_name NOT IN (SELECT table_name FROM \"tap_schema.tables\")", in: "columns"))
    #expect(try none("key_id NOT IN (SELECT key_id FROM \"tap_schema.keys\")", in: "key_columns"))
    #expect(try none("datatype NOT IN ('boolean', 'int', 'long', 'double', 'char')", in: "columns"))
    let own = try store.texts(
      """
      SELECT k.from_table || '.' || c.from_column || ' ' || k.target_table || '.' || c.target_column
      FROM "tap_schema.keys" k JOIN "tap_schema.key_columns" c ON c.key_id = k.key_id
      WHERE k.from_table LIKE 'tap_schema.%' ORDER BY 1
      """)
    #expect(
      own == [
        "tap_schema.columns.table_name tap_schema.tables.table_name",
        "tap_schema.key_columns.key_id tap_schema.keys.key_id",
        "tap_schema.keys.from_table tap_schema.tables.table_name",
        "tap_schema.keys.target_table tap_schema.tables.table_name",
        "tap_schema.tables.schema_name tap_schema.schemas.schema_name",
      ])
  }

  /// Opening an archive again leaves views and rows as they are; another layout makes them anew.
  @Test func theCatalogueIsMadeOnce() throws {
    let store = try ArchiveStore.create(at: folder.path)
    try store.write { db in
      try db.execute(sql: "UPDATE \"tap_schema.tables\" SET description = 'mark'")
    }
    try store.close()
    let again = try ArchiveStore.open(at: folder.path)
    #expect(try again.texts("SELECT DISTINCT description FROM \"tap_schema.tables\"") == ["mark"])
    try again.write { db in
      try db.execute(sql: "UPDATE settings SET value = 'old' WHERE name = 'layout'; DROP VIEW \"jwst.archive\"")
    }
    try again.close()
    let renewed = try ArchiveStore.open(at: folder.path)
    #expect(try renewed.int("SELECT count(*) FROM \"tap_schema.tables\" WHERE description = 'mark'") == 0)
    #expect(try renewed.int("SELECT count(*) FROM \"jwst.archive\"") == 0)
  }
}
