import Holdings
import Testing

@Suite struct JWSTNameTests {
  @Test func exposure() throws {
    let name = try #require(JWSTName("jw01410020001_02101_00001_nrca1_uncal.fits"))
    #expect(name.kind == .exposure)
    #expect(name.program == 1410)
    #expect(name.observation == 20)
    #expect(name.visit == 1)
    #expect(name.detector == .nrca1)
    #expect(name.instrument == .nircam)
    #expect(name.suffix == "uncal")
    #expect(name.root == "jw01410020001_02101_00001_nrca1")
    #expect(name.fileSet == "jw01410020001_02101_00001")
    #expect(name.visitID == "01410020001")
    #expect(name.fileExtension == "fits")
  }

  @Test(arguments: [
    ("jw01541001001_04101_00001-seg001_nis_rateints.fits", "jw01541001001_04101_00001-seg001_nis", "rateints"),
    ("jw01068001001_02101_00001_nrcb1_o014_crf.fits", "jw01068001001_02101_00001_nrcb1", "crf"),
    ("jw01138-o004_t001_nircam_clear-f200w_i2d.fits", "jw01138-o004_t001_nircam_clear-f200w", "i2d"),
    ("jw01093-o001_t001_niriss_f480m-nrm_ami-oi.fits", "jw01093-o001_t001_niriss_f480m-nrm", "ami-oi"),
    ("jw05224-o004_s000277193_nirspec_clear-prism_x1d.fits", "jw05224-o004_s000277193_nirspec_clear-prism", "x1d"),
    ("jw01138-o004_20220719t101010_image3_00001_asn.json", "jw01138-o004_20220719t101010_image3_00001", "asn"),
    ("jw01138_20220719t101010_pool.csv", "jw01138_20220719t101010", "pool"),
    ("jw01345001001_01_msa.fits", "jw01345001001_01", "msa"),
    ("jw01068001001_gs-fg_2022135042520_cal.fits", "jw01068001001_gs-fg_2022135042520", "cal"),
  ])
  func rootAndSuffix(file: String, root: String, suffix: String) throws {
    let name = try #require(JWSTName(file))
    #expect(name.root == root)
    #expect(name.suffix == suffix)
  }

  @Test func thumbnailsAreToldApart() throws {
    let name = try #require(JWSTName("jw01410020001_02101_00001_nrca1_rate_thumb.jpg"))
    #expect(name.isThumbnail)
    #expect(name.suffix == "rate")
  }

  @Test func levelThreeObservationNumberComesFromTheCandidate() {
    #expect(JWSTName("jw01138-o004_t001_nircam_clear-f200w_i2d.fits")?.observation == 4)
    #expect(JWSTName("jw01138-c1001_t001_nircam_clear-f200w_i2d.fits")?.observation == nil)
  }

  @Test func associationCandidatesAreNoDetectors() {
    #expect(JWSTName("jw01138-a3001_t001_nircam_clear-f200w")?.detector == nil)
  }

  @Test(arguments: [
    "", "jw", "jw123", "hst_12345_uncal.fits", "jw01410020001", "../jw01410020001_02101_00001_nrca1_uncal.fits",
    "jw01234001001_thumb", "jw01234_thumb.jpg", "jw01410020001_02101_00001_nrca1_../../x.fits",
    "jw01410020001_0x101_00001_nrca1",
    "jw01410020001_02101_00001_nrca1_rate_extra_cal.fits", "jw01410020001__00001_nrca1", "jw01138-o004_thumb",
  ])
  func otherNamesAreRefused(name: String) {
    #expect(JWSTName(name) == nil)
  }
}
