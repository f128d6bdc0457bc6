import ADQL
import GRDB
import Holdings
import SkyGeometry
import Testing

@testable import LocalArchive

@Suite struct CandidateSearchTests {
  private var seed: UInt64 = 3

  private mutating func random() -> Double {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(seed >> 11) / Double(1 << 53)
  }

  /// Positions and footprints at the poles and across zero: what a look at every one finds is among the candidates, and of small circles
  /// little else.
  @Test mutating func candidatesAgreeWithALookAtEveryRow() throws {
    let folder = ArchiveFolder()
    let store = try ArchiveStore.create(at: folder.path)
    var rows: [Observation] = []
    for number in 0..<800 {
      var row = Observation()
      row.obsid = Int64(number + 1)
      row.obs_id = "o\(number)"
      row.obs_collection = "JWST"
      row.calib_level = Int64(number % 3 + 1)
      let ra = number % 3 == 0 ? random() * 4 - 2 : random() * 360
      row.s_ra = ra < 0 ? ra + 360 : ra
      row.s_dec = number % 5 == 0 ? (90 - random() * 2) * (number % 2 == 0 ? 1 : -1) : random() * 178 - 89
      let radius = [0.01, 0.03, 0.3, 4][number % 4] * (0.5 + random())
      if number % 7 > 0 { row.s_region = "CIRCLE \(row.s_ra!) \(row.s_dec!) \(radius)" }
      rows.append(row)
    }
    try store.add(observations: rows)
    for table in ["jwst.main", "jwst.archive", "jwst.plane", "ivoa.obscore"] {
      let indexes = try #require(ArchiveSchema.standard.table(table)).spatialIndexes
      // Positions of planes stand in their observations there.
      #expect(indexes.count == (table == "jwst.plane" ? 1 : 2))
      for number in 0..<60 {
        let centre = SkyPosition(
          ra: number % 2 == 0 ? random() * 0.5 : random() * 360,
          dec: number % 3 == 0 ? (number % 6 == 0 ? 89.5 : -89.9) : random() * 180 - 90)
        let circle = SkyCircle(center: centre, radius: [0, 0.001, 0.2, 3, 30][number % 5])
        for index in indexes {
          let sql = try #require(CandidateSearch.condition(index, alias: "t", around: circle))
          let name = table == "ivoa.obscore" ? "obs_id" : table == "jwst.plane" ? "planeid" : "observationid"
          let found = Set(
            try store.texts("SELECT \(name) FROM \"\(table)\" AS t WHERE \(sql)").compactMap { $0 })
          let expected = rows.filter { row in
            if case .position = index.kind { return circle.contains(SkyPosition(ra: row.s_ra!, dec: row.s_dec!)) }
            guard let text = row.s_region, let region = try? SkyRegion(sRegion: text) else { return false }
            return region.intersects(circle)
          }.map { row in
            table == "jwst.plane"
              ? CAOMIdentifier.uuid(CAOMIdentifier.planeURI(row.obs_id!, level: row.calib_level)) : row.obs_id!
          }
          #expect(found.isSuperset(of: expected), "\(table) \(index.name) \(circle)")
          if circle.radius < 0.1, abs(centre.dec) < 80 { #expect(found.count < 60) }
        }
      }
    }
  }

  /// The database has to enter the index in each zone at the right place, or time grows with the archive.
  @Test func theDatabaseUsesTheIndexes() throws {
    let folder = ArchiveFolder()
    let store = try ArchiveStore.create(at: folder.path)
    let circle = SkyCircle(center: SkyPosition(ra: 0.05, dec: 10), radius: 0.1)
    for index in try #require(ArchiveSchema.standard.table("jwst.main")).spatialIndexes {
      let sql = try #require(CandidateSearch.condition(index, alias: "t", around: circle))
      let plan = try store.read { db in
        try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN SELECT observationid FROM \"jwst.main\" AS t WHERE \(sql)"
        ).map { $0["detail"] as String }
      }
      if case .footprint = index.kind {
        #expect(plan.contains { $0.hasPrefix("SEARCH p USING INTEGER PRIMARY KEY") }, "\(plan)")
      } else {
        // What the index holds is read from it alone, also where the circle crosses zero.
        #expect(plan.allSatisfy { !$0.hasPrefix("SEARCH p") || $0.contains("COVERING INDEX") }, "\(plan)")
      }
      let searches = plan.filter { $0.contains(index.name) }
      // The class of the largest footprints has few rows and is walked through by zone.
      let entered = searches.filter { !$0.contains("bounds_class=? AND bounds_zone>?") }
      #expect(!entered.isEmpty)
      #expect(entered.allSatisfy { $0.contains("USING COVERING INDEX") && $0.contains("_ra>? AND") }, "\(plan)")
    }
  }

  @Test func hugeCirclesHaveNoCandidates() throws {
    let index = try #require(ArchiveSchema.standard.table("jwst.main")).spatialIndexes[1]
    let centre = SkyPosition(ra: 1, dec: 1)
    #expect(CandidateSearch.condition(index, alias: "t", around: SkyCircle(center: centre, radius: 90)) == nil)
    #expect(CandidateSearch.condition(index, alias: "t", around: SkyCircle(center: centre, radius: .nan)) == nil)
    #expect(
      CandidateSearch.condition(index, alias: "t", around: SkyCircle(center: SkyPosition(ra: .nan, dec: 0), radius: 1))
        == nil)
  }
}
