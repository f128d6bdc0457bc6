import Holdings
import SkyGeometry
import Testing

@testable import SampleData

/// The rows of the whole archive; the files are sketches, because light takes long to make without optimisation.
@Suite struct SampleRowsTests {
  static let epoch = ModifiedJulianDate(iso: "2026-03-01T12:00")!

  static let contents: SampleContents = {
    do {
      let folder = try TemporaryFolder()
      return try SampleArchive(.init(epoch: epoch)).write(to: folder.path, programmes: nil, isSketch: true)
    } catch {
      Issue.record(error)
      return SampleContents()
    }
  }()

  var contents: SampleContents { Self.contents }

  @Test func isAboutAsLargeAsPlanned() {
    #expect((100...150).contains(contents.observations.count))
    #expect((1_800...3_200).contains(contents.products.count))
    #expect(Set(contents.observations.map(\.proposal_id)).count >= 8)
    #expect(contents.files.count > 1_000)
  }

  @Test(arguments: [
    "NIRCAM/IMAGE", "NIRCAM/WFSS", "NIRCAM/CORON", "NIRSPEC/MSA", "NIRSPEC/IFU", "NIRSPEC/BOTS", "NIRISS/SOSS",
    "NIRISS/AMI", "NIRISS/IMAGE", "NIRISS/WFSS", "MIRI/IMAGE", "MIRI/IFU", "MIRI/SLIT", "FGS",
  ])
  func hasTheMode(name: String) {
    let rows = contents.observations.filter { $0.instrument_name == name }
    #expect(rows.contains { $0.calib_level == 2 })
    #expect(name == "FGS" || rows.contains { $0.calib_level == 3 })
  }

  @Test func hasTheLevelsAndSuffixes() {
    #expect(Set(contents.keywordRows.compactMap { $0.cells["productLevel"]?.textValue }) == ["1b", "2a", "2b", "3"])
    let groups = Set(contents.products.compactMap(\.productSubGroupDescription))
    let wanted: Set = [
      "UNCAL", "RATE", "RATEINTS", "CAL", "CALINTS", "I2D", "S2D", "S3D", "X1D", "X1DINTS", "C1D", "CAT", "SEGM", "ASN",
      "POOL", "MSA", "AMI-OI", "WHTLT",
    ]
    #expect(wanted.isSubset(of: groups))
    #expect(
      Set(contents.products.compactMap(\.productType)) == ["SCIENCE", "INFO", "AUXILIARY", "PREVIEW", "THUMBNAIL"])
    #expect(contents.products.contains { $0.productFilename?.contains("-seg002_") == true })
    #expect(contents.products.contains { $0.productFilename?.contains("_gs-fg_") == true })
  }

  @Test func everyNameIsLegalAndSaysWhatTheRowSays() throws {
    for product in contents.products {
      let filename = try #require(product.productFilename)
      let name = try #require(JWSTName(filename), "\(filename) is no JWST name")
      #expect(name.program == Int(product.proposal_id ?? ""))
      if product.productType == "SCIENCE" { #expect(name.suffix?.uppercased() == product.productSubGroupDescription) }
      #expect(name.isThumbnail == (product.productType == "THUMBNAIL"))
    }
    for observation in contents.observations {
      let root = try #require(observation.obs_id)
      let name = try #require(JWSTName(root), "\(root) is no JWST name")
      #expect(
        name.kind == (observation.calib_level == -1 ? .planned : observation.calib_level == 3 ? .level3 : .exposure))
      #expect(name.root == root)
    }
  }

  @Test func numbersAndNamesAreUnique() {
    #expect(Set(contents.observations.map(\.obsid)).count == contents.observations.count)
    #expect(Set(contents.observations.map(\.obs_id)).count == contents.observations.count)
    #expect(Set(contents.files.map(\.name)).count == contents.files.count)
    #expect(Set(contents.keywordRows.map(\.filename)).count == contents.keywordRows.count)
    #expect(Set(contents.keywordRows.map { $0.cells["ArchiveFileID"] }).count == contents.keywordRows.count)
    let keys = contents.products.map { "\($0.parent_obsid ?? 0) \($0.obsID ?? 0) \($0.productFilename ?? "")" }
    #expect(Set(keys).count == keys.count)
  }

  @Test func rowsAndFilesAgree() throws {
    let files = Dictionary(uniqueKeysWithValues: contents.files.map { ($0.name, $0) })
    #expect(Set(contents.products.compactMap(\.productFilename)) == Set(files.keys))
    for product in contents.products {
      let file = try #require(files[product.productFilename ?? ""])
      #expect(product.size == file.size)
      #expect(product.dataURI == "mast:JWST/product/\(file.name)")
    }
    let fits = Set(files.keys.filter { $0.hasSuffix(".fits") })
    #expect(Set(contents.keywordRows.compactMap(\.filename)) == fits)
    for row in contents.keywordRows {
      let file = try #require(files[row.filename ?? ""])
      #expect(row.cells["checksum"] == .text(file.md5))
      #expect(row.cells["fileSize"] == .integer(file.size))
    }
  }

  @Test func keywordCellsHaveTheTypesOfTheirColumns() {
    for row in contents.keywordRows {
      for column in row.service.columns {
        guard let cell = row.cells[column.name] else { continue }
        let fits =
          switch (column.type, cell) {
          case (.integer, .integer), (.real, .real), (.text, .text), (.boolean, .boolean), (.date, .integer): true
          default: false
          }
        #expect(fits, "\(row.service) \(column.name) holds \(cell)")
      }
      #expect(row.cells.count <= row.service.columns.count)
      #expect(Set(row.cells.keys).isSubset(of: Set(row.service.columns.map(\.name))))
    }
  }

  @Test func membersStandUnderTheirCombination() throws {
    let parent = try #require(
      contents.observations.first { $0.obs_id == "jw02731-o001_t001_nircam_clear-f200w" }?.obsid)
    let rows = contents.products.filter { $0.parent_obsid == parent }
    #expect(rows.contains { $0.obsID == parent && $0.type == "D" && $0.calib_level == 3 })
    #expect(rows.contains { $0.obsID != parent && $0.productFilename?.hasSuffix("_nrcb1_cal.fits") == true })
  }

  @Test func shuttersAreSharedByTheExposuresOfAVisit() {
    let shared = contents.products.filter {
      $0.productFilename == "jw02736007001_01_msa.fits" && $0.obsID == $0.parent_obsid
    }
    #expect(shared.count == 4)
  }

  @Test func oneProgrammeIsExclusive() throws {
    let rows = contents.observations.filter { $0.dataRights == "EXCLUSIVE_ACCESS" }
    #expect(Set(rows.map(\.proposal_id)) == ["5873"])
    for row in rows {
      let (end, release) = (try #require(row.t_max), try #require(row.t_obs_release))
      #expect((360...370).contains(release - end))
    }
    #expect(contents.products.filter { $0.proposal_id == "5873" }.allSatisfy { $0.dataRights == "EXCLUSIVE_ACCESS" })
  }

  @Test func plannedObservationsHaveNeitherDatesNorFiles() {
    let planned = contents.observations.filter { $0.calib_level == -1 }
    #expect(planned.count >= 5)
    for row in planned {
      #expect(row.provenance_name == "APT" && row.t_min == nil && row.t_max == nil && row.s_region == nil)
      #expect(!contents.products.contains { $0.parent_obsid == row.obsid || $0.obsID == row.obsid })
    }
  }

  @Test func datesLieBeforeTheEpoch() throws {
    let starts = contents.observations.compactMap(\.t_min)
    let newest = try #require(starts.max())
    #expect(newest < Self.epoch.rawValue && newest > Self.epoch.rawValue - 0.25)
    #expect(try #require(starts.min()) < Self.epoch.rawValue - 90)
    #expect(contents.observations.compactMap(\.t_max).allSatisfy { $0 < Self.epoch.rawValue })
    for row in contents.keywordRows {
      #expect(try #require(row.cells["ingestCompletionDate_mjd"]?.realValue) < Self.epoch.rawValue)
    }
  }

  @Test func footprintsContainTheirTargets() throws {
    for row in contents.observations where row.calib_level == 3 {
      let region = try SkyRegion(sRegion: try #require(row.s_region))
      let target = SkyPosition(ra: try #require(row.s_ra), dec: try #require(row.s_dec))
      #expect(region.contains(target), "\(row.obs_id ?? "")")
      #expect(region.boundingCircle.radius < 0.1)
    }
    let shutters = try #require(
      contents.observations.first { $0.instrument_name == "NIRSPEC/MSA" && $0.calib_level == 2 })
    #expect(try SkyRegion(sRegion: try #require(shutters.s_region)).shapes.count == 4)
  }

  @Test func keywordFootprintsNameTheFrame() {
    let regions = contents.keywordRows.compactMap { $0.cells["s_region"]?.textValue }
    #expect(regions.count > 300)
    #expect(regions.allSatisfy { $0.hasPrefix("POLYGON ICRS  ") })
    #expect(contents.observations.compactMap(\.s_region).allSatisfy { !$0.contains("ICRS") })
  }
}
