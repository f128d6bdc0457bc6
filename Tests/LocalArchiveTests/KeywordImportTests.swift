import Holdings
import LocalArchive
import SkyGeometry
import Testing

@Suite struct KeywordImportTests {
  private let folder = ArchiveFolder()
  private let day = ModifiedJulianDate(rawValue: 61000)

  private let header =
    "instrume,filename,productLevel,exp_type,program,ArchiveFileID,fileSize,checksum,targ_ra,targ_dec,s_region,"
    + "effexptm,publicReleaseDate,publicReleaseDate_mjd,isRestricted,filter,pupil,_snapshot"
  private let rate =
    "NIRCAM,jw01410020001_02101_00001_nrca1_rate.fits,2a,NRC_IMAGE,1410,10,84000,aa,10.0,20.0,"
    + "POLYGON ICRS  9.99 19.99 10.01 19.99 10.01 20.01 9.99 20.01,8.5,/Date(1700000000000)/,60262.9,False,F200W,CLEAR,x"
  private let cal =
    "NIRCAM,jw01410020001_02101_00001_nrca1_cal.fits,2b,NRC_IMAGE,1410,11,118000,bb,10.0,20.0,,8.5,,61200.5,False,F200W,CLEAR,x"
  private let cube =
    "MIRI,jw02107-o001_t001_miri_ch1-long_s3d.fits,3,MIR_MRS,2107,12,5,cc,50.0,-19.4,,,,,True,,,x"

  private func store() throws -> ArchiveStore { try ArchiveStore.create(at: folder.path) }

  private func importing(_ store: ArchiveStore, _ lines: [String], header: String? = nil) throws -> ImportReport {
    let text = ([header ?? self.header] + lines).joined(separator: "\n") + "\n"
    return try store.importMASTKeywords(paths: [try folder.write(text, to: "rows.csv")], on: day)
  }

  @Test func observationsAndProductsFollowFromKeywords() throws {
    let store = try store()
    let report = try importing(store, [rate, cal, cube])
    #expect(report.newCount == 3)
    #expect(report.issues.isEmpty)

    let exposure = try #require(try store.observations(matching: [Filter("proposal_id", values: ["01410"])]).first)
    #expect(exposure.obs_id == "jw01410020001_02101_00001_nrca1")
    #expect(exposure.instrument_name == "NIRCAM/IMAGE")
    #expect(exposure.calib_level == 2)
    #expect(exposure.t_exptime == 8.5)
    #expect(exposure.filters == "F200W")
    // The best file comes first, and what it lacks comes from the others.
    #expect(exposure.dataURL == "mast:JWST/product/jw01410020001_02101_00001_nrca1_cal.fits")
    #expect(exposure.dataRights == "EXCLUSIVE_ACCESS")
    #expect(exposure.s_region == "POLYGON 9.99 19.99 10.01 19.99 10.01 20.01 9.99 20.01")

    let products = try store.products(ofObservations: [try #require(exposure.obsid)])
    #expect(products.map(\.productSubGroupDescription) == ["RATE", "CAL"])
    #expect(products.map(\.dataRights) == ["PUBLIC", "EXCLUSIVE_ACCESS"])
    #expect(products.map(\.size) == [84000, 118000])
    #expect(products.map(\.obs_id) == [exposure.obs_id, exposure.obs_id])

    let combined = try #require(try store.observations(matching: [Filter("instrument_name", pattern: "miri*")]).first)
    #expect(combined.instrument_name == "MIRI/IFU")
    #expect(combined.dataproduct_type == "cube")
    #expect(combined.dataRights == "RESTRICTED")
  }

  @Test func datesAndTruthValuesKeepTheirTypes() throws {
    let store = try store()
    _ = try importing(store, [rate])
    let row = try #require(try store.keywordRows(of: .nircam).first)
    #expect(row.cells["publicReleaseDate"] == .integer(1_700_000_000_000))
    #expect(row.cells["isRestricted"] == .boolean(false))
    #expect(row.cells["productLevel"] == .text("2a"))
    #expect(row.cells["targ_ra"] == .real(10))
    #expect(row.cells["subarray"] == nil)
  }

  @Test func importingAgainChangesNothing() throws {
    let store = try store()
    _ = try importing(store, [rate, cal, cube])
    let before = try store.observations()
    let statistics = try store.statistics()
    let report = try importing(store, [rate, cal, cube])
    #expect(report.newCount == 0)
    #expect(report.knownCount == 3)
    #expect(try store.observations() == before)
    #expect(try store.statistics() == statistics)
  }

  @Test func aNewerVersionWinsInAnyOrder() throws {
    let old = rate
    let new = rate.replacing(",10,84000,aa,", with: ",20,85000,dd,").replacing("8.5,", with: "9.5,")
    for lines in [[old, new], [new, old]] {
      let folder = ArchiveFolder()
      let store = try ArchiveStore.create(at: folder.path)
      for line in lines {
        let path = try folder.write(header + "\n" + line + "\n", to: "one.csv")
        try store.importMASTKeywords(paths: [path], on: day)
      }
      let row = try #require(try store.keywordRows(of: .nircam).first)
      #expect(row.cells["checksum"] == .text("dd"))
      #expect(try store.products(matching: []).map(\.size) == [85000])
      #expect(try store.observations().map(\.t_exptime) == [9.5])
      let versions = try store.versions(ofFile: "jw01410020001_02101_00001_nrca1_rate.fits")
      #expect(versions.map(\.checksum) == ["aa", "dd"])
    }
  }

  @Test func fewerColumnsEraseNothingOfTheSameVersion() throws {
    let store = try store()
    _ = try importing(store, [rate])
    let short = "jw01410020001_02101_00001_nrca1_rate.fits,NIRCAM,10,RAPID"
    _ = try importing(store, [short], header: "filename,instrume,ArchiveFileID,readpatt")
    let row = try #require(try store.keywordRows(of: .nircam).first)
    #expect(row.cells["readpatt"] == .text("RAPID"))
    #expect(row.cells["effexptm"] == .real(8.5))
  }

  private func rights(_ store: ArchiveStore) throws -> [String?] {
    try store.products(matching: []).map(\.dataRights) + store.observations().map(\.dataRights)
  }

  /// A newer version of a file that is silent about rights, or about the reason why it is held back, is held back like the old one.
  @Test(arguments: [
    (",,61200.5,False", "", "EXCLUSIVE_ACCESS"), (",,61200.5,False", ",False", "EXCLUSIVE_ACCESS"),
    (",,,True", ",,", "RESTRICTED"), (",,,True", ",,60000", "RESTRICTED"), (",,,True", ",False", "PUBLIC"),
    (",,61200.5,False", ",,60000", "PUBLIC"), (",,60000.5,False", "", "PUBLIC"),
  ])
  func rightsOutliveRowsThatAreSilentAboutThem(before: String, after: String, expected: String) throws {
    let store = try store()
    _ = try importing(store, [cal.replacing(",,61200.5,False", with: before)])
    let fields = after.split(separator: ",", omittingEmptySubsequences: false).dropFirst() + ["", ""]
    let newer =
      "NIRCAM,jw01410020001_02101_00001_nrca1_cal.fits,20,\(fields[fields.startIndex]),\(fields[fields.startIndex + 1])"
    let report = try importing(
      store, [newer], header: "instrume,filename,ArchiveFileID,isRestricted,publicReleaseDate_mjd")
    #expect(report.newCount == 1)
    #expect(try rights(store) == [expected, expected])
  }

  /// Rights of an observation are the strictest of its files', and a new file without rights has them too; in any order.
  @Test(arguments: [false, true]) func theStrictestRightIsTheObservations(reversed: Bool) throws {
    let store = try store()
    let silent =
      "NIRCAM,jw01410020001_02101_00001_nrca1_i2d.fits,3,NRC_IMAGE,1410,13,5,dd,10.0,20.0,,8.5,,,,F200W,CLEAR,x"
    let lines = [rate.replacing("60262.9", with: "61200.5"), cal.replacing("61200.5", with: "60262.9"), silent]
    _ = try importing(store, reversed ? lines.reversed() : lines)
    #expect(try store.observations().map(\.dataRights) == ["EXCLUSIVE_ACCESS"])
    var found: [String: String?] = [:]
    for row in try store.products(matching: []) { found[row.productSubGroupDescription ?? ""] = row.dataRights }
    #expect(found == ["RATE": "EXCLUSIVE_ACCESS", "CAL": "PUBLIC", "I2D": "EXCLUSIVE_ACCESS"])
  }

  @Test func rowsWithoutInstrumentAreHistory() throws {
    let store = try store()
    let report = try importing(
      store, ["jw01410020001_02101_00001_nrca1_rate.fits,9,zz,1,/Date(1700000000000)/"],
      header: "filename,ArchiveFileID,checksum,fileSize,ingestCompletionDate")
    #expect(report.historyCount == 1)
    #expect(try store.products(matching: []).isEmpty)
    let version = try #require(try store.versions(ofFile: "jw01410020001_02101_00001_nrca1_rate.fits").first)
    #expect(abs((version.ingestCompletionDate_mjd ?? 0) - 60262.925926) < 1e-5)
  }

  @Test(arguments: [
    ("NIRCAM,,2a,NRC_IMAGE,1410,10,1,aa,,,,,,,,,,x", "no file name"),
    ("NIRCAM,hst_12345.fits,2a,NRC_IMAGE,1410,10,1,aa,,,,,,,,,,x", "not the name of a JWST file"),
    (
      "WFC3,jw01410020001_02101_00001_nrca1_rate.fits,2a,NRC_IMAGE,1410,10,1,aa,,,,,,,,,,x", "Unknown instrument 'WFC3'"
    ),
    ("NIRCAM,jw01410020001_02101_00001_nrca1_rate.fits,2a", "3 fields where the header has 18"),
    (
      "NIRCAM,jw01410020001_02101_00001_nrca1_rate.fits,2a,NRC_IMAGE,1410,10,1,aa,north,,,,,,,,,x",
      "targ_ra is not a number"
    ),
    (
      "NIRCAM,jw01410020001_02101_00001_nrca1_rate.fits,2a,NRC_IMAGE,1410,10,1,aa,,,,,2024-01-01,,,,,x",
      "publicReleaseDate is not a date"
    ),
  ])
  func badRowsAreReportedAndLeftOut(line: String, reason: String) throws {
    let store = try store()
    let report = try importing(store, [cube, line])
    #expect(report.newCount == 1)
    let issue = try #require(report.issues.first)
    #expect(issue.line == 3)
    #expect(issue.reason.contains(reason))
    #expect(try store.products(matching: []).count == 1)
  }

  /// A newer row that cannot be kept must not take the older one with it.
  @Test func aBadNewerRowLeavesTheOldOne() throws {
    let store = try store()
    _ = try importing(store, [rate])
    let bad = rate.replacing(",10,84000,aa,10.0,", with: ",20,85000,dd,north,")
    #expect(try importing(store, [bad]).issueCount == 1)
    #expect(try store.keywordRows(of: .nircam).count == 1)
  }

  @Test func unreadableFilesAreErrors() throws {
    let store = try store()
    let missing = #expect(throws: LocalArchiveError.self) {
      try store.importMASTKeywords(paths: [folder.path + "/absent.csv"], on: day)
    }
    #expect(missing?.kind == .unreadableImport)
    let other = try folder.write("a,b\n1,2\n", to: "other.csv")
    let wrong = #expect(throws: LocalArchiveError.self) { try store.importMASTKeywords(paths: [other], on: day) }
    #expect(wrong?.kind == .unreadableImport)
  }
}
