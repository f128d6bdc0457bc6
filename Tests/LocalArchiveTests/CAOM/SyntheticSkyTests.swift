import Holdings
import SkyGeometry
import Testing

@testable import LocalArchive

@Suite struct SyntheticSkyTests {
  @Test func madeUpRowsAreWhatAnImportWouldMake() throws {
    let folder = ArchiveFolder()
    let store = try ArchiveStore.create(at: folder.path)
    try store.addSyntheticPlanes(2001, seed: 7)
    #expect(try store.int("SELECT count(*) FROM \"jwst.main\"") == 2000)
    #expect(try store.observations().count == 1000)
    let views = ["jwst.main", "jwst.observation", "ivoa.obscore"].map { ArchiveSchema.standard.table($0)! }
    #expect(try store.int("SELECT count(DISTINCT observationid) FROM \"jwst.main\"") == 1000)
    // The level-1 planes would follow from files, which the made-up observations lack.
    let columns = [
      "observationid", "planeid", "obsid", "target_ra", "target_zone", "bounds_zone", "time_bounds_upper",
      "proposal_id",
      "public",
    ].joined(separator: " || ' ' || ")
    let made = try store.texts("SELECT \(columns) FROM planes WHERE calibrationlevel = 2 ORDER BY 1")
    let circles = try store.texts("SELECT position_bounds_spoly FROM planes ORDER BY \"key\" LIMIT 200").compactMap {
      $0
    }
    for text in circles {
      let region = try SkyRegion(sRegion: text)
      #expect(region.boundingCircle.radius < 0.0127)
      #expect(abs(region.area - 0.00031752) < 1e-7)
    }
    try store.rebuildCatalogue()
    #expect(try store.texts("SELECT \(columns) FROM planes ORDER BY 1") == made)
    for view in views { #expect(try store.int("SELECT count(*) FROM \"\(view.name)\"") == 1000) }
    let near = SkyCircle(
      center: try #require(store.observations().first.map { SkyPosition(ra: $0.s_ra!, dec: $0.s_dec!) }), radius: 0.01)
    #expect(try store.observations(touching: near).count >= 1)
  }
}
