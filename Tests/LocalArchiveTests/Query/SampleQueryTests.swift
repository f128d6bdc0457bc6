import Holdings
import SkyGeometry
import TableIO
import Testing

@testable import LocalArchive

/// ADQL over the sample archive, from the text to the rows.
@Suite struct SampleQueryTests {
  private let sample: SampleCatalogue
  private var store: ArchiveStore { sample.store }

  init() throws { sample = try SampleCatalogue() }

  private func ask(_ adql: String, user: String? = nil, uploads: [UploadedTable] = []) throws -> Table {
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: uploads, user: user))
    var batches: [TableBatch] = []
    while let batch = try cursor.next() { batches.append(batch) }
    #expect(batches.count <= 1)
    return Table(metadata: cursor.metadata, rows: batches.first ?? TableBatch(columns: cursor.metadata.columns))
  }

  /// Positions in the sample, and what is far from all of it.
  private func centres() throws -> [SkyPosition] {
    let table = try ask("SELECT DISTINCT target_ra, target_dec FROM jwst.main WHERE target_ra IS NOT NULL")
    let places = zip(
      try table.column("target_ra", as: Double.self), try table.column("target_dec", as: Double.self))
    return places.compactMap { ra, dec in ra.flatMap { ra in dec.map { SkyPosition(ra: ra, dec: $0) } } }
      + [SkyPosition(ra: 0, dec: 90), SkyPosition(ra: 359.99, dec: 0)]
  }

  @Test("The index finds what looking at every row finds", arguments: [0.001, 0.1, 5, 50]) func cones(
    radius: Double
  ) throws {
    for centre in try centres().prefix(12) {
      let circle = "CIRCLE(\(centre.ra), \(centre.dec), \(radius))"
      let point = "POINT(\(centre.ra), \(centre.dec))"
      for (fast, slow) in [
        (
          "1=CONTAINS(POINT(target_ra, target_dec), \(circle))",
          "CONTAINS(POINT(target_ra, target_dec), \(circle)) + 0 = 1"
        ),
        (
          "DISTANCE(POINT(target_ra, target_dec), \(point)) <= \(radius)",
          "DISTANCE(POINT(target_ra, target_dec), \(point)) + 0 <= \(radius)"
        ),
        ("1=INTERSECTS(position_bounds_spoly, \(circle))", "INTERSECTS(position_bounds_spoly, \(circle)) + 0 = 1"),
        ("1=CONTAINS(\(point), position_bounds_spoly)", "CONTAINS(\(point), position_bounds_spoly) + 0 = 1"),
      ] {
        let columns = "SELECT planeid FROM jwst.main WHERE"
        let found = try ask("\(columns) \(fast) ORDER BY planeid").column("planeid", as: String.self)
        let all = try ask("\(columns) \(slow) ORDER BY planeid").column("planeid", as: String.self)
        #expect(found == all, "\(fast)")
        #expect(try store.explain(ArchiveQuery(adql: "\(columns) \(fast)")).contains("Spatial index: planes_"))
        #expect(try store.explain(ArchiveQuery(adql: "\(columns) \(slow)")).contains("Spatial index: none"))
      }
    }
    let somewhere = try #require(try centres().first)
    #expect(
      try ask(
        "SELECT planeid FROM jwst.main WHERE DISTANCE(target_ra, target_dec, \(somewhere.ra), \(somewhere.dec)) < 0.1"
      ).rowCount > 0)
  }

  @Test("LIKE enters an index at its beginning", arguments: ["jw0%", "jw0%a_", "jw0"]) func like(
    pattern: String
  ) throws {
    let query = "SELECT planeid FROM jwst.main WHERE observationid LIKE '\(pattern)'"
    let plan = try store.explain(ArchiveQuery(adql: query))
    #expect(plan.contains("planes_observationid (observationid>? AND observationid<?)"), "\(plan)")
    let ids = try ask("SELECT observationid FROM jwst.main").column("observationid", as: String.self).compactMap(\.self)
    let expected = ids.filter { id in
      switch pattern {
      case "jw0%": id.hasPrefix("jw0")
      case "jw0": id == pattern
      default: id.hasPrefix("jw0") && id.dropLast().last == "a" && id.utf8.count >= 5
      }
    }
    #expect(try ask(query).rowCount == expected.count)
  }

  @Test("EXPLAIN shows the way of the database") func explanation() throws {
    let text = try store.explain(
      ArchiveQuery(adql: "SELECT obs_id FROM ivoa.obscore WHERE DISTANCE(s_ra, s_dec, 83.8, -5.4) < 0.1"))
    #expect(text.contains("USING COVERING INDEX planes_position"))
    #expect(text.contains("SEARCH"))
    #expect(text.hasPrefix("SQL: SELECT"))
  }

  @Test("The same text again gives the same rows, and new rows are seen") func again() throws {
    let query = "SELECT COUNT(*) AS n FROM jwst.archive"
    let first = try ask(query)[0][0]
    #expect(try ask(query)[0][0] == first)
    var observation = try #require(sample.contents.observations.first)
    observation.obs_id = "jw00001001001_02101_00001_nrca1"
    observation.obsid = 999_999_999
    try store.add(ArchiveContents(observations: [observation]))
    #expect(try ask(query)[0][0] != first)
  }

  @Test("Uploads join with the archive by position") func crossMatch() throws {
    var mine = Table(columns: [Column("name", .char, shape: .variable), Column("ra", .double), Column("dec", .double)])
    let places = try centres()
    for (index, place) in places.enumerated() { try mine.append(row: ["place \(index)", place.ra, place.dec]) }
    let table = try ask(
      """
      SELECT u.name, COUNT(*) AS n FROM TAP_UPLOAD.mine AS u
      JOIN jwst.main AS m ON 1=CONTAINS(POINT(m.target_ra, m.target_dec), CIRCLE(u.ra, u.dec, 0.001))
      GROUP BY u.name
      """, uploads: [UploadedTable(name: "mine", table: mine)])
    #expect(table.rowCount == places.count - 2)
  }

  @Test("A user's tables are seen by nobody else") func users() throws {
    try store.add(
      ArchiveUser(name: "jdoe", quota: 100_000), password: "correct horse", salt: [UInt8](1...16),
      cost: PasswordHash.Cost(logRounds: 4, blockSize: 1, lanes: 1))
    let columns = [
      Column("f", .float), Column("p", .double, shape: ArrayShape(dimensions: [2]), xtype: "point"),
      Column("three", .int, shape: ArrayShape(dimensions: [3])),
      Column("t", .char, shape: .variable, xtype: "timestamp"),
    ]
    var mine = Table(columns: columns)
    try mine.append(row: [Float(0.1), [10.5, -20.0], [1, 2, 3], "2022-07-12T14:30:00"])
    try mine.append(row: [nil, nil, nil, nil])
    var rows: TableBatch? = mine.rows
    _ = try store.addUserTable("things", of: "jdoe", columns: columns) {
      defer { rows = nil }
      return rows
    }
    let answer = try ask("SELECT f, p, three, t FROM user_jdoe.things", user: "jdoe")
    #expect(answer.metadata.columns == columns)
    for index in columns.indices.dropLast() { #expect(answer[0][index] == mine[0][index]) }
    #expect(answer[0][3] == .text("2022-07-12T14:30:00.000"))
    #expect(answer[1][1] == nil && answer[1][2] == nil)
    #expect(
      try ask("SELECT f FROM user_jdoe.things WHERE DISTANCE(p, POINT(10.5, -20)) < 0.1", user: "jdoe").rowCount == 1)
    #expect(try store.schema(for: "jdoe").table("user_jdoe.things")?.columns.count == 5)
    #expect(try store.schema(for: nil).table("user_jdoe.things") == nil)
    for other in [nil, "mroe"] {
      let error = #expect(throws: LocalArchiveError.self) { try ask("SELECT * FROM user_jdoe.things", user: other) }
      #expect(error?.kind == .badQuery)
    }
  }

  @Test("A mistake is told with its line, its column and the name that was meant") func mistake() throws {
    let error = #expect(throws: LocalArchiveError.self) { try ask("SELECT observationid\nFROM jwst.mian") }
    #expect(error?.kind == .badQuery)
    #expect(error?.message.contains("Line 2, column 6") == true)
    #expect(error?.message.contains("jwst.main") == true)
  }

  @Test("Many queries at once, each with rows of its own") func parallel() async throws {
    let store = store
    let expected = try ask("SELECT COUNT(*) AS n FROM jwst.artifact")[0][0]
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<32 {
        group.addTask {
          let cursor = try store.open(
            ArchiveQuery(adql: "SELECT COUNT(*) AS n, \(number % 5) AS k FROM jwst.artifact"))
          guard let batch = try cursor.next() else { return false }
          let columns = cursor.metadata.columns
          return batch.columns[0].cell(at: 0, of: columns[0]) == expected
            && batch.columns[1].cell(at: 0, of: columns[1]) == .integer(Int64(number % 5))
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
