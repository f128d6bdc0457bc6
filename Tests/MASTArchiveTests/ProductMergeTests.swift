import Holdings
import Testing

@testable import MASTArchive

/// The rules by which CAOM's rows and the keyword services' records become one list.
@Suite struct ProductMergeTests {
  let exposure = observation(1, "jw02731001001_02101_00001_nrcb1", level: 2)
  let combination = observation(5, "jw02731-o001_t001_nircam_clear-f200w", level: 3)

  @Test func recordsBecomeRowsInThePipelinesOrder() throws {
    let products = ProductMerge.products(
      of: [exposure, combination], catalogue: [],
      records: [
        record("jw02731-o001_t001_nircam_clear-f200w_segm.fits", level: "3"),
        record("jw02731001001_02101_00001_nrcb1_o001_crf.fits", level: "2c"),
        record("jw02731001001_02101_00001_nrcb1_cal.fits", level: "2b"),
        record("jw02731-o001_t001_nircam_clear-f200w_i2d.fits", level: "3"),
        record("jw02731001001_02101_00001_nrcb1_uncal.fits", level: "1b"),
      ])
    #expect(
      products.map(\.productSubGroupDescription) == ["UNCAL", "CAL", "CRF", "I2D", "SEGM"])
    #expect(products.map(\.parent_obsid) == [1, 1, 1, 5, 5])
    #expect(products.map(\.obsID) == [1, 1, 1, 5, 5])
    #expect(products.map(\.calib_level) == [1, 2, 2, 3, 3])
    #expect(products.map(\.dataproduct_type) == ["image", "spectrum", "spectrum", "spectrum", "spectrum"])
    #expect(products.map(\.type) == ["S", "S", "S", "D", "D"])
    let first = try #require(products.first)
    #expect(first.size == 2880)
    #expect(first.prvversion == "1.19.1")
    #expect(first.dataURI == "mast:JWST/product/jw02731001001_02101_00001_nrcb1_uncal.fits")
    #expect(first.dataRights == "EXCLUSIVE_ACCESS")
    #expect(first.filters == "F200W")
  }

  /// Raw data name no version of the pipeline, and CAOM shows that of their observation.
  @Test func rawDataTakeTheVersionOfTheirObservation() {
    var raw = record("jw02731001001_02101_00001_nrcb1_uncal.fits", level: "1b")
    raw.pipelineVersion = nil
    let records = [raw, record("jw02731001001_02101_00001_nrcb1_cal.fits", level: "2b")]
    let products = ProductMerge.products(of: [exposure], catalogue: [], records: records)
    #expect(products.map(\.prvversion) == ["1.19.1", "1.19.1"])
    #expect(ProductMerge.products(of: [exposure], catalogue: [], records: [raw]).map(\.prvversion) == [nil])
  }

  @Test func whatTheSearchDidNotFindIsLeftOut() {
    let products = ProductMerge.products(
      of: [exposure], catalogue: [],
      records: [
        record("jw02731009001_02101_00001_nrcb1_cal.fits", level: "2b"), record("../../etc/passwd", level: nil),
        record("jw02731001001_01_msa.fits", level: "1b"),
        record("jw02731001001_gs-fg_2022155000000_cal.fits", level: "2b"),
      ])
    #expect(products.isEmpty)
  }

  @Test func theCataloguesRowsStandFirstAndTakeSizeAndVersion() {
    let name = "jw02731001001_02101_00001_nrcb1_cal.fits"
    let products = ProductMerge.products(
      of: [exposure],
      catalogue: [row("jw02731001001_02101_00001_nrcb1_cal.jpg", 1, 1), row(name, 1, 1)],
      records: [record(name, level: "2b"), record("jw02731001001_02101_00001_nrcb1_rate.fits", level: "2a")])
    #expect(products.map { $0.productFilename?.suffix(8) } == ["_cal.jpg", "cal.fits", "ate.fits"])
    #expect(products.map(\.size) == [17, 2880, 2880])
    #expect(products[1].prvversion == "1.19.1")
  }

  /// A level-3 row that comes before its members must not take them over.
  @Test func aFileStandsUnderItsOwner() {
    let name = "jw02731001001_02101_00001_nrcb1_cal.fits"
    let shared = "jw02731_20220101t000000_pool.csv"
    let products = ProductMerge.products(
      of: [combination, exposure],
      catalogue: [row(name, 1, 5), row(shared, 9, 5), row(name, 1, 1), row(shared, 9, 1)], records: [])
    #expect(products.map(\.productFilename) == [shared, name])
    #expect(products.map(\.parent_obsid) == [5, 1])
  }

  @Test func rowsOfObservationsThatWereNotAskedForAreKept() {
    let products = ProductMerge.products(of: [exposure], catalogue: [row("jw1_a.fits", 7, 7)], records: [])
    #expect(products.map(\.productFilename) == ["jw1_a.fits"])
  }

  @Test func observationsWithoutRecordsAreUnknown() {
    let records = [record("jw02731001001_02101_00001_nrcb1_cal.fits", level: "2b")]
    #expect(ProductMerge.unknown([exposure, combination], to: records).map(\.obsid) == [5])
  }

  @Test func nothingOfARecordIsBelieved() throws {
    let cells: [String: Cell] = [
      "filename": .text("a.fits"), "fileSize": .integer(-5), "checksum": .text("0CC175B9C0F1B6A831C399E269772661"),
      "dataURI": .text(""), "isStale": .text("maybe"),
    ]
    let record = try #require(FileRecord(cells, service: .nircam))
    #expect(record.size == nil)
    #expect(record.checksum == "0cc175b9c0f1b6a831c399e269772661")
    #expect(record.dataURI == "mast:JWST/product/a.fits")
    #expect(!record.isStale)
    #expect(FileRecord(["fileSize": .integer(5)], service: .nircam) == nil)
    #expect(
      try #require(FileRecord(["fileName": .text("g.fits"), "checksum": .text("none")], service: .guideStar)).checksum
        == nil)
  }
}

private func observation(_ obsid: Int64, _ name: String, level: Int64) -> Observation {
  var observation = Observation()
  observation.obsid = obsid
  observation.obs_id = name
  observation.calib_level = level
  observation.proposal_id = "2731"
  observation.dataproduct_type = "spectrum"
  observation.filters = "F200W"
  observation.dataRights = "EXCLUSIVE_ACCESS"
  return observation
}

private func row(_ name: String, _ owner: Int64, _ parent: Int64) -> Product {
  var product = Product()
  product.productFilename = name
  product.obsID = owner
  product.parent_obsid = parent
  product.size = 17
  return product
}

private func record(_ name: String, level: String?) -> FileRecord {
  var cells: [String: Cell] = ["filename": .text(name), "fileSize": .integer(2880), "cal_ver": .text("1.19.1")]
  cells["productLevel"] = level.map(Cell.text)
  return FileRecord(cells, service: .nircam)!
}
