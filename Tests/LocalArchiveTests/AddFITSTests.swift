import Holdings
import SkyGeometry
import Testing

@testable import LocalArchive
@testable import SampleData

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files of the sample, and made-up ones, on their way into an archive.
@Suite struct AddFITSTests {
  private let folder = ArchiveFolder()
  private let today = ModifiedJulianDate(iso: "2026-01-15")!

  /// What an archive makes of the files alone is what the sample's own rows say about them.
  @Test func filesOfTheSampleGiveTheRowsOfTheSample() throws {
    let files = folder.path + "/sample"
    let archive = SampleArchive(.init(epoch: today))
    // The smallest programme that has combinations too.
    let plan = try #require(
      archive.plans.map(\.plan).filter { !$0.combinations.isEmpty }.min { $0.exposures.count < $1.exposures.count })
    let sample = try archive.write(to: files, programmes: [plan.programme.number])
    let store = try ArchiveStore.create(at: folder.path + "/archive")
    let chosen = sample.files.filter { $0.name.hasSuffix(".fits") && !$0.name.contains("_gs-") }
    #expect(chosen.count >= 3)
    for file in chosen {
      let stored = try store.addFITSFile(path: files + "/" + file.relativePath, on: today)
      #expect(stored.md5 == file.md5)
      #expect(stored.size == file.size)
      #expect(FileManager.default.fileExists(atPath: try #require(store.path(of: stored))))
      let rows = try store.keywordRows(
        of: try #require(sample.keywordRows.first { $0.filename == file.name }).service,
        columns: ["program", "s_region", "expstart", "targ_ra", "filter", "productLevel", "detector"],
        matching: [Filter("filename", values: [file.name])])
      let expected = try #require(sample.keywordRows.first { $0.filename == file.name })
      for (column, cell) in try #require(rows.first).cells where column != "s_region" {
        // The header has 15 digits of a time.
        if case .real(let number) = cell {
          #expect(
            abs(number - (expected.cells[column]?.realValue ?? .nan)) < 1e-9 * abs(number), "\(file.name) \(column)")
        } else {
          #expect(cell.textValue == expected.cells[column]?.textValue, "\(file.name) \(column)")
        }
      }
      if let text = expected.cells["s_region"]?.textValue, let found = rows.first?.cells["s_region"]?.textValue {
        let (one, other) = (try SkyRegion(sRegion: text), try SkyRegion(sRegion: found))
        #expect(one.boundingCircle.center.separation(to: other.boundingCircle.center) < 1e-4, "\(file.name)")
        #expect(abs(one.area - other.area) < 0.02 * one.area, "\(file.name)")
      }
    }
    let found = try store.observations()
    for row in found {
      let expected = try #require(sample.observations.first { $0.obs_id == row.obs_id })
      #expect(row.instrument_name == expected.instrument_name)
      #expect(row.calib_level == expected.calib_level)
      #expect(row.proposal_id == expected.proposal_id)
      #expect(row.s_ra == expected.s_ra)
    }
    #expect(try store.int("SELECT count(*) FROM \"jwst.artifact\" WHERE contentchecksum IS NOT NULL") == chosen.count)
    // Once more changes nothing.
    let before = try CatalogueView.all.map { try store.dump($0.table) }
    try store.addFITSFile(path: files + "/" + chosen[0].relativePath, on: today)
    #expect(try CatalogueView.all.map { try store.dump($0.table) } == before)
  }

  private func file(_ cards: [String], extension more: [String] = [], named name: String) throws -> String {
    func header(_ cards: [String]) -> String {
      let text = (cards + ["END"]).map { $0.padding(to: 80) }.joined()
      return text.padding(to: (text.count + 2879) / 2880 * 2880)
    }
    return try folder.write(header(cards) + (more.isEmpty ? "" : header(more)), to: name)
  }

  private let primary = [
    "SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0",
    "INSTRUME= 'NIRCAM  '           / instrument", "PROGRAM = '01410   '", "TARG_RA =              1.5D+01",
    "TITLE   = 'It''s a long title that goes on &'", "CONTINUE  'and on'", "TARG_DEC= -20.0 / [deg]",
  ]

  @Test func footprintsFollowFromTheWorldCoordinates() throws {
    let name = "jw01410020001_02101_00001_nrca1_cal.fits"
    let path = try file(
      primary,
      extension: [
        "XTENSION= 'IMAGE   '", "BITPIX  =                  -32", "NAXIS   =                    2",
        "NAXIS1  =                 2048", "NAXIS2  =                 1024", "EXTNAME = 'SCI     '",
        "CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'", "CRVAL1  = 359.999", "CRVAL2  = 60.0", "CRPIX1  = 1024.5",
        "CRPIX2  = 512.5", "CDELT1  = 1E-5", "CDELT2  = 1E-5", "PC1_1   = -1.0", "PC2_2   = 1.0",
      ], named: name)
    let store = try ArchiveStore.create(at: folder.path + "/archive")
    try store.addFITSFile(path: path, on: today)
    let observation = try #require(try store.observations().first)
    #expect(observation.obs_title == "It's a long title that goes on and on")
    #expect(observation.s_ra == 15)
    #expect(observation.s_dec == -20)
    let region = try SkyRegion(sRegion: try #require(observation.s_region))
    #expect(abs(region.area - 0.02048 * 0.01024) < 1e-9)
    #expect(region.contains(SkyPosition(ra: 359.999, dec: 60)))
    #expect(region.contains(SkyPosition(ra: 0.015, dec: 60)))
    #expect(!region.contains(SkyPosition(ra: 0.03, dec: 60)))
  }

  @Test func rightsThatAreKnownStay() throws {
    let name = "jw01410020001_02101_00001_nrca1_cal.fits"
    let path = try file(primary, named: name)
    let store = try ArchiveStore.create(at: folder.path + "/archive")
    var observation = Observation()
    observation.obsid = 9
    observation.objID = 77
    observation.obs_id = "jw01410020001_02101_00001_nrca1"
    observation.dataRights = "EXCLUSIVE_ACCESS"
    var product = Product()
    product.obsID = 9
    product.parent_obsid = 9
    product.productFilename = name
    product.dataURI = "mast:JWST/product/" + name
    product.dataRights = "EXCLUSIVE_ACCESS"
    try store.add(observations: [observation], products: [product])
    try store.addFITSFile(path: path, on: today)
    #expect(try store.file(uri: "mast:JWST/product/" + name)?.isExclusive == true)
    #expect(try store.texts("SELECT DISTINCT \"public\" FROM \"jwst.main\"") == ["0"])
    #expect(try store.observations().first?.objID == 77)
    // A new file of the observation is held back as well, whatever else is there that tells its rights.
    let rate = "jw01410020001_02101_00001_nrca1_rate.fits"
    try store.add(keywordRows: [
      KeywordRow(
        service: .nircam,
        cells: ["filename": .text(name), "publicReleaseDate_mjd": .real(70000), "isRestricted": .boolean(false)])
    ])
    try store.addFITSFile(path: try file(primary, named: rate), on: today)
    #expect(try store.file(uri: "mast:JWST/product/" + rate)?.isExclusive == true)
    #expect(try store.observations().map(\.dataRights) == ["EXCLUSIVE_ACCESS"])
    let other = try file(primary, named: "jw01410020001_02101_00001_nrca2_cal.fits")
    try store.addFITSFile(path: other, on: today)
    #expect(try store.observations().last?.dataRights == "PUBLIC")
  }

  @Test(arguments: [
    "holiday.fits", "jw01410020001_02101_00001_nrca1_cal.jpg", "jw01410020001_02101_00001_nrca1_cal.fits",
  ])
  func otherFilesAreRefused(name: String) throws {
    let path = try folder.write(String(repeating: "not a header ", count: 500), to: name)
    let store = try ArchiveStore.create(at: folder.path + "/archive")
    let error = #expect(throws: LocalArchiveError.self) { try store.addFITSFile(path: path, on: today) }
    #expect(error?.kind == .unreadableImport)
    #expect(error?.path == path)
    #expect(try store.observations().isEmpty)
    let left = try FileManager.default.subpathsOfDirectory(atPath: store.filesPath)
    #expect(left.allSatisfy { !$0.contains(".fits") })
  }

  /// A header cut anywhere, or with sizes that make no sense, is refused or read as far as it goes, and never brings the reader down.
  @Test func damagedFilesDoNoHarm() throws {
    let sizes = ["-5", "9223372036854775807", "1E300", "''"]
    for (number, size) in sizes.enumerated() {
      let path = try file(
        primary.map { $0.hasPrefix("NAXIS   ") ? "NAXIS   = 2" : $0 } + ["NAXIS1  = \(size)", "NAXIS2  = \(size)"],
        named: "jw01410020001_02101_0000\(number + 1)_nrca1_cal.fits")
      let scan = try FITSHeaderScan(path: path)
      #expect(scan.primary.dataSize == nil)
      #expect(scan.primary.text("INSTRUME") == "NIRCAM")
    }
    let whole = primary.map { $0.padding(to: 80) }.joined()
    for length in stride(from: 0, to: whole.count, by: 37) {
      let path = try folder.write(String(whole.prefix(length)), to: "cut.fits")
      #expect(throws: LocalArchiveError.self) { try FITSHeaderScan(path: path) }
    }
  }
}

extension String {
  fileprivate func padding(to length: Int) -> String { self + String(repeating: " ", count: max(0, length - count)) }
}
