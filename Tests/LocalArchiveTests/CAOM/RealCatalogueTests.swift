import SkyGeometry
import Testing

@testable import LocalArchive

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Planes from the real rows of MAST's keyword services; needs the shared material.
@Suite(.enabled(if: shared != nil, "WEBB_SHARED is not set"))
struct RealCatalogueTests {
  @Test func realRowsMakePlanesAndArtifacts() throws {
    let source = try #require(shared) + "/realdata/mast_si_keywords"
    let folder = ArchiveFolder()
    let store = try ArchiveStore.create(at: folder.path)
    try store.importMASTKeywords(
      paths: ["niriss_full", "nirspec_full"].map { "\(source)/\($0).csv.gz" }, on: ModifiedJulianDate(rawValue: 61200))
    let statistics = try store.statistics()
    #expect(try store.int("SELECT count(*) FROM \"jwst.artifact\"") == 1383 + 6151)
    #expect(try store.int("SELECT count(*) FROM \"jwst.artifact\" WHERE contentchecksum IS NULL") == 0)
    #expect(try store.int("SELECT count(*) FROM \"jwst.artifact\" WHERE contentrelease IS NULL") == 0)
    #expect(try store.int("SELECT sum(contentlength) FROM \"jwst.artifact\"") == Int(statistics.distinctFileBytes))
    #expect(try store.int("SELECT count(*) FROM \"jwst.observation\"") == statistics.observations)
    #expect(
      try store.int("SELECT count(*) FROM \"jwst.main\"")
        == store.int("SELECT count(*) FROM (SELECT DISTINCT obsID, calib_level FROM products)"))
    // What is released later than the day of the import is not public, file by file.
    #expect(
      try store.int(
        """
        SELECT count(*) FROM "jwst.artifact" a JOIN "jwst.plane" p ON a.planeid = p.planeid
        WHERE p."public" = 1 AND a.contentrelease > '2026-06-09'
        """) == 0)
    #expect(try store.int("SELECT count(*) FROM \"jwst.plane\" WHERE \"public\" = 0") > 0)
    #expect(
      try store.int("SELECT count(*) FROM \"jwst.main\" WHERE (position_bounds_area > 0) <> (position_bounds_size > 0)")
        == 0)
    #expect(try store.int("SELECT count(*) FROM observations WHERE s_region IS NOT NULL") > 0)
    #expect(
      try store.int(
        """
        SELECT count(*) FROM "jwst.main" m JOIN observations o ON o.obs_id = m.observationid
        WHERE (m.position_bounds_spoly IS NULL) <> (o.s_region IS NULL)
        """) == 0)
  }
}

private let shared = ProcessInfo.processInfo.environment["WEBB_SHARED"]
