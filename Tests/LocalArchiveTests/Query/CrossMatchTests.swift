import Holdings
import TableIO
import Testing

@testable import LocalArchive

/// A join of an uploaded table with the archive by position finds by the spatial indexes what a look at every pair finds.
@Suite struct CrossMatchTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore
  private let upload: UploadedTable

  init() throws {
    var seed: UInt64 = 5
    func random() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(1 << 53)
    }
    store = try ArchiveStore.create(at: folder.path)
    // Every third lies near zero, every fifth near a pole.
    func place(_ number: Int) -> (ra: Double, dec: Double) {
      let ra = number % 3 == 0 ? random() * 4 - 2 : random() * 360
      let dec = number % 5 == 0 ? (90 - random() * 2) * (number % 2 == 0 ? 1 : -1) : random() * 178 - 89
      return (ra, dec)
    }
    var rows: [Observation] = []
    var mine = Table(columns: [Column("id", .int), Column("ra", .double), Column("dec", .double)])
    for number in 0..<300 {
      let (ra, dec) = place(number)
      var row = Observation()
      row.obsid = Int64(number + 1)
      row.obs_id = "o\(number)"
      row.obs_collection = "JWST"
      row.calib_level = 2
      row.s_ra = ra < 0 ? ra + 360 : ra
      row.s_dec = dec
      let radius = [0.01, 0.03, 0.3, 4][number % 4] * (0.5 + random())
      if number % 7 > 0 { row.s_region = "CIRCLE \(row.s_ra!) \(row.s_dec!) \(radius)" }
      rows.append(row)
      // Some of the archive's own places, a little aside, and turned around the sky.
      if number % 6 == 0 {
        try mine.append(row: [number, ra + 720 + 0.0005, min(dec + 0.0003, 90)])
      } else if number % 6 == 1 {
        let (ra, dec) = place(number / 6)
        try mine.append(row: [number, ra, dec])
      }
    }
    for (ra, dec) in [(0, 90), (0, -90), (359.9999, 0), (10, 95), (nil, 1), (1, nil)] as [(Double?, Double?)] {
      try mine.append(row: [1000, ra, dec])
    }
    try store.add(observations: rows)
    upload = UploadedTable(name: "u", table: mine)
  }

  private func pairs(_ table: String, _ name: String, _ join: String) throws -> [String] {
    let cursor = try store.open(
      ArchiveQuery(
        adql: "SELECT u.id, u.ra, m.\(name) AS name FROM TAP_UPLOAD.u AS u \(join)"
          .replacing("{table}", with: table),
        uploads: [upload]))
    var pairs: [String] = []
    while let batch = try cursor.next() {
      for row in 0..<batch.rowCount {
        pairs.append(
          zip(batch.columns, cursor.metadata.columns).map { $0.cell(at: row, of: $1)?.text ?? "-" }
            .joined(separator: " "))
      }
    }
    return pairs.sorted()
  }

  @Test(arguments: [0, 0.001, 0.3, 4], ["jwst.main", "ivoa.obscore"]) func indexesFindEveryPair(
    radius: Double, table: String
  ) throws {
    let isMain = table == "jwst.main"
    let (ra, dec) = isMain ? ("m.target_ra", "m.target_dec") : ("m.s_ra", "m.s_dec")
    let (region, name) = isMain ? ("m.position_bounds_spoly", "observationid") : ("m.s_region", "obs_id")
    var found = 0
    for (index, test) in [
      ("planes_position", "CONTAINS(POINT(\(ra), \(dec)), CIRCLE(u.ra, u.dec, \(radius)))"),
      ("planes_footprint", "INTERSECTS(\(region), CIRCLE(u.ra, u.dec, \(radius)))"),
      ("planes_footprint", "CONTAINS(POINT(u.ra, u.dec), \(region))"),
    ] {
      let plain = try pairs(table, name, "JOIN {table} AS m ON \(test) + 0 = 1")
      for join in ["JOIN {table} AS m ON \(test) = 1", ", {table} AS m WHERE 1 = \(test)"] {
        #expect(try pairs(table, name, join) == plain, "\(join)")
        let plan = try store.explain(
          ArchiveQuery(
            adql: "SELECT u.id FROM TAP_UPLOAD.u AS u \(join)".replacing("{table}", with: table), uploads: [upload]))
        #expect(plan.contains("Spatial index: \(index)"), "\(plan)")
        let entered = plan.split(separator: "\n").filter { $0.contains("INDEX \(index) (") && $0.contains("_ra>? AND") }
        #expect(!entered.isEmpty && plan.contains("SCAN u"), "\(plan)")
        #expect(!plan.contains("SCAN p"), "\(plan)")
      }
      found += plain.count
    }
    let distance = "DISTANCE(\(ra), \(dec), u.ra, u.dec)"
    #expect(
      try pairs(table, name, "JOIN {table} AS m ON \(distance) <= \(radius)")
        == pairs(table, name, "JOIN {table} AS m ON \(distance) + 0 <= \(radius)"))
    let left = "LEFT JOIN {table} AS m ON 1 = CONTAINS(POINT(\(ra), \(dec)), CIRCLE(u.ra, u.dec, \(radius)))"
    #expect(
      try pairs(table, name, left) == pairs(table, name, left.replacing("1 = CONTAINS", with: "1 = 0 + CONTAINS")))
    #expect(found > 20)
  }

  @Test func centresThatChangeOrReachFarAreNotLookedUp() throws {
    for circle in ["CIRCLE(RAND() * 360, u.dec, 0.1)", "CIRCLE(u.ra, u.dec, 20)"] {
      let plan = try store.explain(
        ArchiveQuery(
          adql:
            "SELECT u.id FROM TAP_UPLOAD.u AS u JOIN jwst.main AS m ON 1 = CONTAINS(POINT(m.target_ra, m.target_dec), \(circle))",
          uploads: [upload]))
      #expect(plan.contains("Spatial index: none"), "\(plan)")
    }
  }
}
