import GRDB
import Holdings
import SkyGeometry
import Testing

@testable import LocalArchive

@Suite struct CatalogueTests {
  /// Nanometres become the metres that people write, not their neighbours.
  @Test(arguments: [(1755.0, 1.755e-6), (1885, 1.885e-6), (4999, 4.999e-6)])
  func wavelengthsAreExact(nanometres: Double, metres: Double) {
    var row = Observation()
    (row.em_min, row.em_max) = (nanometres, nanometres)
    let content = ObservationContent(row, name: "jw01410020001_02101_00001_nrca1", row: 1, files: [])
    #expect(content.planes.map(\.energy_bounds_lower) == [metres])
    #expect(content.planes.map(\.energy_bounds_upper) == [metres])
  }

  @Test func everyLevelOfEveryObservationIsAPlane() throws {
    let sample = try SampleCatalogue()
    var levels: [Int64: Set<Int64>] = [:]
    for row in sample.contents.observations { levels[row.obsid!, default: []].insert(row.calib_level!) }
    for row in sample.contents.products where row.obsID == row.parent_obsid && levels[row.obsID!] != nil {
      levels[row.obsID!]!.insert(row.calib_level!)
    }
    let store = sample.store
    #expect(try store.int("SELECT count(*) FROM \"jwst.main\"") == levels.values.reduce(0) { $0 + $1.count })
    #expect(try store.int("SELECT count(*) FROM \"jwst.observation\"") == sample.contents.observations.count)
    #expect(
      try store.int("SELECT count(*) FROM \"jwst.observation\" o JOIN \"jwst.plane\" p ON o.obsid = p.obsid")
        == store.int("SELECT count(*) FROM planes"))
    #expect(try store.int("SELECT count(*) FROM \"jwst.main\" WHERE max_cal_level < calibrationlevel") == 0)
    #expect(try store.int("SELECT count(DISTINCT planeid) - count(*) FROM planes") == 0)
    #expect(
      try store.int(
        "SELECT count(*) FROM \"jwst.main\" m JOIN \"jwst.observation\" o ON m.obsid = o.obsid WHERE m.observationuri <> "
          + "o.observationuri OR m.typecode <> o.typecode OR m.members IS NOT o.members OR m.proposal_id <> o.proposal_id"
      )
        == 0)
  }

  @Test func everyFileIsOneArtifactOfItsObservation() throws {
    let sample = try SampleCatalogue()
    let store = sample.store
    let files = Set(sample.contents.products.map { $0.dataURI! })
    #expect(try store.int("SELECT count(*) FROM \"jwst.artifact\"") == files.count)
    #expect(try store.int("SELECT count(DISTINCT artifactid) FROM \"jwst.artifact\"") == files.count)
    #expect(
      try store.int(
        """
        SELECT count(*) FROM "jwst.artifact" a JOIN "jwst.plane" p ON a.planeid = p.planeid
        JOIN "jwst.observation" o ON o.obsid = p.obsid AND o.obsid = a.obsid
        """) == files.count)
    // A file made by an observation of the archive is that observation's, and of the level that MAST gives it.
    #expect(
      try store.int(
        """
        SELECT count(*) FROM products r JOIN observations o ON o.obsid = r.obsID AND r.obsID = r.parent_obsid
        JOIN "jwst.artifact" a ON a.uri = r.dataURI JOIN "jwst.main" m ON m.planeid = a.planeid
        WHERE r.dataURI NOT LIKE '%pool%' AND r.dataURI NOT LIKE '%msa.fits'
        AND (m.observationid <> o.obs_id OR m.calibrationlevel <> r.calib_level)
        """) == 0)
    for file in sample.contents.files where file.name.hasSuffix("_cal.fits") {
      let checksum = try store.texts("SELECT contentchecksum FROM \"jwst.artifact\" WHERE filename = '\(file.name)'")
      #expect(checksum == ["md5:\(file.md5!)"])
    }
    #expect(
      try store.int(
        "SELECT count(*) FROM \"jwst.artifact\" WHERE contentchecksum NOT GLOB 'md5:????????????????????????????????'")
        == 0)
    #expect(
      Set(try store.texts("SELECT DISTINCT producttype FROM \"jwst.artifact\""))
        == ["science", "auxiliary", "info", "preview", "thumbnail"])
  }

  @Test func combinationsNameTheirMembers() throws {
    let sample = try SampleCatalogue()
    let names = Dictionary(
      uniqueKeysWithValues: sample.contents.observations.map { ($0.obsid!, $0.obs_id!) })
    for combined in sample.contents.observations where combined.calib_level == 3 {
      let members = Set(
        sample.contents.products.filter { $0.parent_obsid == combined.obsid && $0.obsID != combined.obsid }
          .compactMap { names[$0.obsID!] })
      let found = try sample.store.texts(
        """
        SELECT o.observationid FROM "jwst.observationmember" m JOIN "jwst.observation" o ON o.observationuri = m.memberid
        JOIN "jwst.observation" c ON c.obsid = m.parentid WHERE c.observationid = '\(combined.obs_id!)'
        """)
      #expect(!members.isEmpty)
      #expect(Set(found.compactMap { $0 }) == members)
      #expect(found.count == members.count)
    }
    #expect(
      try sample.store.int("SELECT count(*) FROM \"jwst.main\" WHERE typecode = 'S' AND members IS NOT NULL") == 0)
    // Every input is the calibrated plane of a member.
    #expect(try sample.store.int("SELECT count(*) FROM \"jwst.plane_inputs\"") > 0)
    #expect(
      try sample.store.int(
        """
        SELECT count(*) FROM "jwst.plane_inputs" i LEFT JOIN "jwst.main" m ON m.planeuri = i.inputid
        WHERE m.calibrationlevel IS NOT 2
        """) == 0)
  }

  @Test func exclusiveDataKeepTheirMetadata() throws {
    let sample = try SampleCatalogue()
    let exclusive = sample.contents.observations.filter { $0.dataRights == "EXCLUSIVE_ACCESS" }.compactMap(\.obs_id)
    #expect(!exclusive.isEmpty)
    let found = try sample.store.texts("SELECT DISTINCT observationid FROM \"jwst.main\" WHERE \"public\" = 0")
    #expect(Set(found.compactMap { $0 }) == Set(exclusive))
    #expect(
      try sample.store.int("SELECT count(*) FROM \"ivoa.obscore\" WHERE data_rights = 'proprietary' AND s_ra IS NULL")
        == 0)
  }

  @Test func obsCoreKeepsItsPromises() throws {
    let sample = try SampleCatalogue()
    let store = sample.store
    #expect(try store.int("SELECT count(*) FROM \"jwst.main\" WHERE calibrationlevel = -1") > 0)
    #expect(
      try store.int("SELECT count(*) FROM \"ivoa.obscore\"")
        == store.int("SELECT count(*) FROM \"jwst.main\" WHERE calibrationlevel >= 0"))
    #expect(
      try store.int(
        """
        SELECT count(*) FROM "ivoa.obscore" WHERE calib_level IS NULL OR obs_collection IS NULL OR obs_id IS NULL
        OR obs_publisher_did NOT LIKE 'ivo://_%?_%' OR calib_level NOT BETWEEN 0 AND 4 OR em_min NOT BETWEEN 5e-7 AND 3e-5
        """) == 0)
    try store.setServiceAddress("http://127.0.0.1:8080/")
    let url = try #require(
      try store.texts("SELECT access_url FROM \"ivoa.obscore\" WHERE calib_level = 2 ORDER BY obs_id LIMIT 1").first)
    #expect(url?.hasPrefix("http://127.0.0.1:8080/datalink/links?ID=ivo://webb.archive/jwst?jw0") == true)
    let identifier = try #require(url?.split(separator: "ID=").last)
    let plane = try #require(CAOMIdentifier.planeURI(ofPublisherID: identifier))
    #expect(try store.int("SELECT count(*) FROM \"jwst.plane\" WHERE planeuri = '\(plane)'") == 1)
    #expect(try store.int("SELECT count(*) FROM planes WHERE planeid = '\(CAOMIdentifier.uuid(plane))'") == 1)
  }

  @Test func obsPlanHasWhatIsPlanned() throws {
    let day = ModifiedJulianDate(rawValue: 61000.5)
    let sample = try SampleCatalogue { try $0.add($1, on: day) }
    let store = sample.store
    let planned = sample.contents.observations.filter { $0.calib_level == -1 }
    let names = try store.texts("SELECT obs_id FROM \"ivoa.obsplan\" ORDER BY obs_id").compactMap(\.self)
    #expect(names == planned.compactMap(\.obs_id).sorted())
    #expect(
      try store.int(
        """
        SELECT count(*) FROM "ivoa.obsplan" WHERE t_planning IS NOT 61000.5 OR t_plan_exptime IS NULL OR t_exptime IS NOT NULL
        OR facility_name IS NOT 'JWST' OR execution_status IS NOT 'Planned' OR s_ra IS NULL OR em_min IS NULL
        """) == 0)
    // A row that says the same stays where it is in the plan, another one moves.
    var changed = try #require(planned.first)
    changed.t_exptime = 9000
    changed.mtFlag = true
    let later = ModifiedJulianDate(rawValue: 61010)
    try store.add(observations: [changed] + planned.dropFirst(), on: later)
    #expect(
      try store.texts(
        "SELECT obs_id FROM \"ivoa.obsplan\" WHERE t_planning = 61010 AND t_plan_exptime = 9000 AND tracking_type LIKE 'Solar%'"
      )
        == [changed.obs_id])
    #expect(try store.int("SELECT count(*) FROM \"ivoa.obsplan\" WHERE t_planning = 61000.5") == planned.count - 1)
    // What is done is no plan any more.
    changed.calib_level = 2
    try store.add(observations: [changed], on: later)
    #expect(try store.int("SELECT count(*) FROM \"ivoa.obsplan\"") == planned.count - 1)
  }

  /// Files before products, products before their observations, keywords last. Products keep their order, as the sample lists some twice
  /// and the last one counts.
  @Test func anyOrderGivesTheSameTables() throws {
    let whole = try SampleCatalogue()
    let pieces = try SampleCatalogue { store, contents in
      try store.add(files: contents.files)
      for products in stride(from: 0, to: contents.products.count, by: 97) {
        let end = min(products + 97, contents.products.count)
        try store.add(products: Array(contents.products[products..<end]))
      }
      try store.add(observations: contents.observations.reversed())
      try store.add(keywordRows: contents.keywordRows, previousVersions: contents.previousVersions)
      try store.add(products: [contents.products[5]])
    }
    for view in CatalogueView.all.map(\.table) {
      let (one, other) = (try whole.store.dump(view), try pieces.store.dump(view))
      #expect(one.count == other.count)
      #expect(zip(one, other).first { $0 != $1 }.map { "\($0)\n\($1)" } == nil, "\(view.name)")
    }
    let before = try CatalogueView.all.map { try pieces.store.dump($0.table) }
    try pieces.store.rebuildCatalogue()
    #expect(try CatalogueView.all.map { try pieces.store.dump($0.table) } == before)
  }

  @Test func whatChangesIsDerivedAgain() throws {
    let sample = try SampleCatalogue()
    var observation = try #require(sample.contents.observations.first { $0.calib_level == 2 })
    observation.target_name = "SOMETHING ELSE"
    observation.dataRights = "EXCLUSIVE_ACCESS"
    observation.s_ra = 359.5
    try sample.store.add(observations: [observation])
    let name = observation.obs_id!
    #expect(
      try sample.store.texts("SELECT DISTINCT target_name FROM \"jwst.main\" WHERE observationid = '\(name)'")
        == ["SOMETHING ELSE"])
    #expect(try sample.store.texts("SELECT DISTINCT public FROM planes WHERE observationid = '\(name)'") == ["0"])
    // A level that no file has any more goes away with its plane.
    try sample.store.write { db in
      try db.execute(sql: "UPDATE products SET calib_level = 2 WHERE obsID = ?", arguments: [observation.obsid])
    }
    try sample.store.add(observations: [observation])
    #expect(try sample.store.texts("SELECT calibrationlevel FROM planes WHERE observationid = '\(name)'") == ["2"])
    #expect(
      try sample.store.int("SELECT count(*) FROM artifacts WHERE plane NOT IN (SELECT \"key\" FROM planes)") == 0)
  }

  /// An archive from before there were planes gets them when it is opened.
  @Test func olderArchivesGetTheirPlanes() throws {
    let folder = ArchiveFolder()
    _ = try folder.write("", to: "empty")
    let pool = try DatabasePool(path: folder.path + "/webb.sqlite")
    try ArchiveStore.migrator.migrate(pool, upTo: "first tables")
    try pool.write { db in
      #expect(try !db.tableExists("planes"))
      try db.execute(
        sql: """
          INSERT INTO observations (obs_id, obsid, calib_level, obs_collection, s_region)
          VALUES ('jw01410020001_02101_00001_nrca1', 7, 2, 'JWST', 'POLYGON ICRS  0 0 1 0 1 1');
          INSERT INTO products (dataURI, productFilename, obsID, parent_obsid, calib_level, productType)
          VALUES ('mast:JWST/product/a_uncal.fits', 'a_uncal.fits', 7, 7, 1, 'SCIENCE')
          """)
    }
    try pool.close()
    let store = try ArchiveStore.open(at: folder.path)
    #expect(try store.texts("SELECT calibrationlevel FROM \"jwst.plane\" ORDER BY 1") == ["1", "2"])
    #expect(
      try store.texts("SELECT position_bounds_spoly FROM \"jwst.main\" LIMIT 1")
        == ["Polygon 0.000000000 0.000000000 1.000000000 0.000000000 1.000000000 1.000000000"])
    #expect(try store.texts("SELECT producttype FROM \"jwst.artifact\"") == ["science"])
  }
}
