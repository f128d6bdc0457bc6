import GRDB
import TableIO
import Testing

@testable import LocalArchive

/// Times are compared as times, however tables and queries write them.
@Suite struct TimestampTests {
  private let sample: SampleCatalogue
  private var store: ArchiveStore { sample.store }

  init() throws { sample = try SampleCatalogue() }

  private func upload(_ name: String, _ column: String, _ times: [String?]) throws -> UploadedTable {
    var table = Table(columns: [Column(column, .char, shape: .variable, xtype: "timestamp")])
    for time in times { try table.append(row: [time]) }
    return UploadedTable(name: name, table: table)
  }

  private func count(_ adql: String, _ uploads: [UploadedTable]) throws -> Int {
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: uploads))
    var rows = 0
    while let batch = try cursor.next() { rows += batch.rowCount }
    return rows
  }

  @Test(
    arguments: [
      ("2022-07-12", "2022-07-12T00:00:00.000"), ("2022-07-12T14:30", "2022-07-12T14:30:00.000"),
      ("2022-07-12T14:30:00Z", "2022-07-12T14:30:00.000"), ("2022-07-12 14:30:00", "2022-07-12T14:30:00.000"),
      ("2022-07-12T14:30:00.", "2022-07-12T14:30:00.000"), ("2022-07-12T14:30:00.1", "2022-07-12T14:30:00.100"),
      (" 2022-07-12T14:30:00.123456Z ", "2022-07-12T14:30:00.123456"),
      ("2022-07-12T14:30:00.12300", "2022-07-12T14:30:00.123"),
      ("2016-12-31T23:59:60.25", "2017-01-01T00:00:00.250"),
      ("yesterday", nil), ("2022-13-01", nil), ("2022-07-12T14:30.5", nil), ("2022-07-12T14:30:00.5x", nil), ("", nil),
    ] as [(String, String?)]) func form(_ text: String, _ expected: String?)
  { #expect(TimestampText.canonical(text) == expected) }

  /// Each finds the two times that both tables have.
  private static let comparisons = [
    "SELECT a.ts FROM TAP_UPLOAD.a AS a, TAP_UPLOAD.b AS b WHERE a.ts = b.ts",
    "SELECT a.ts FROM TAP_UPLOAD.a AS a, TAP_UPLOAD.b AS b WHERE a.ts >= b.ts AND a.ts <= b.ts",
    "SELECT a.ts FROM TAP_UPLOAD.a AS a, TAP_UPLOAD.b AS b WHERE a.ts BETWEEN b.ts AND b.ts",
    "SELECT ts FROM TAP_UPLOAD.a JOIN TAP_UPLOAD.b USING (ts)",
    "SELECT ts FROM TAP_UPLOAD.a WHERE ts IN (SELECT ts FROM TAP_UPLOAD.b)",
    "SELECT ts FROM TAP_UPLOAD.a WHERE ts IN ('2022-07-12 00:00:00', '2022-07-12T14:30:00.500')",
    "SELECT ts FROM TAP_UPLOAD.a WHERE ts IS NOT NULL INTERSECT SELECT ts FROM TAP_UPLOAD.b",
    "SELECT ts FROM TAP_UPLOAD.a WHERE ts = '2022-07-12T00:00' OR ts = '2022-07-12T14:30:00.5Z'",
    "SELECT DISTINCT x.ts FROM (SELECT ts FROM TAP_UPLOAD.a UNION SELECT ts FROM TAP_UPLOAD.b) AS x WHERE x.ts < '2022-07-13'",
  ]

  @Test("However two tables write them", arguments: comparisons) func uploads(_ adql: String) throws {
    let a = try upload("a", "ts", ["2022-07-12", "2022-07-12T14:30:00.5Z", "2023-01-01T00:00:00.0001", nil])
    let b = try upload("b", "ts", ["2022-07-12T00:00:00", "2022-07-12 14:30:00.50", "2023-01-01T00:00:00.0002", nil])
    #expect(try count(adql, [a, b]) == 2)
  }

  @Test("Uploaded times find the archive's") func archive() throws {
    let cursor = try store.open(
      ArchiveQuery(adql: "SELECT TOP 1 plane_datarelease FROM jwst.main WHERE plane_datarelease IS NOT NULL"))
    let time = try #require(try cursor.next()?.columns[0].cell(at: 0, of: cursor.metadata.columns[0])?.text)
    cursor.close()
    let expected = try count("SELECT planeid FROM jwst.main WHERE plane_datarelease = '\(time)'", [])
    #expect(expected > 0)
    let uploads = [try upload("u", "ts", [time + "Z"])]
    for condition in [
      "m.plane_datarelease = u.ts", "u.ts = m.plane_datarelease", "m.plane_datarelease BETWEEN u.ts AND u.ts",
      "m.plane_datarelease >= u.ts AND m.plane_datarelease <= u.ts",
    ] {
      let adql = "SELECT m.planeid FROM jwst.main AS m, TAP_UPLOAD.u AS u WHERE \(condition)"
      #expect(try count(adql, uploads) == expected, "\(condition)")
    }
    let plan = try store.explain(
      ArchiveQuery(adql: "SELECT planeid FROM jwst.main WHERE plane_datarelease = '\(time)'"))
    #expect(!plan.contains("COLLATE"))
  }

  @Test("A time is longer than its column was, and finer than a millisecond") func width() throws {
    var table = Table(
      columns: [Column("t", .char, shape: ArrayShape(dimensions: [10]), xtype: "timestamp"), Column("n", .int)])
    try table.append(row: ["2022-07-12", 1])
    let cursor = try store.open(
      ArchiveQuery(adql: "SELECT t FROM TAP_UPLOAD.u", uploads: [UploadedTable(name: "u", table: table)]))
    #expect(cursor.metadata.columns[0].shape == .variable)
    let cell = try cursor.next()?.columns[0].cell(at: 0, of: cursor.metadata.columns[0])
    #expect(cell == .text("2022-07-12T00:00:00.000"))
    let fine = [try upload("f", "ts", ["2022-07-12T14:30:00.123456"])]
    #expect(try count("SELECT ts FROM TAP_UPLOAD.f WHERE ts > '2022-07-12T14:30:00.1234'", fine) == 1)
    #expect(try count("SELECT ts FROM TAP_UPLOAD.f WHERE ts = '2022-07-12T14:30:00.123456'", fine) == 1)
    #expect(try count("SELECT ts FROM TAP_UPLOAD.f WHERE ts = '2022-07-12T14:30:00.123'", fine) == 0)
  }

  @Test("Users' tables of earlier archives are brought to the form") func migration() throws {
    try store.write { db in
      try db.execute(
        sql: """
          CREATE TABLE "user_jdoe.old" ("old_oid" INTEGER PRIMARY KEY, "T t" TEXT COLLATE adql_time, "note" TEXT, "x" REAL);
          CREATE INDEX "7.1@user_index" ON "user_jdoe.old" ("T t");
          INSERT INTO "user_jdoe.old" VALUES (3, '2022-07-12', '2022-07-12', 1.5), (5, NULL, NULL, NULL), (9, 'soon', 'x', 2);
          """)
      try ArchiveStore.writeTimesAlike(db)
      try ArchiveStore.writeTimesAlike(db)
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM \"user_jdoe.old\" ORDER BY old_oid")
      #expect(rows.map { $0["T t"] as String? } == ["2022-07-12T00:00:00.000", nil, "soon"])
      #expect(rows.map { $0["note"] as String? } == ["2022-07-12", nil, "x"])
      #expect(rows.map { $0["old_oid"] as Int } == [3, 5, 9])
      let made = try String.fetchAll(
        db, sql: "SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'user_jdoe.%' ORDER BY type, name")
      #expect(made.count == 2)
      #expect(made.allSatisfy { !$0.contains("COLLATE") && !$0.contains("@old") })
    }
  }
}
