import Testing

@testable import LocalArchive

@Suite struct ObservingModeTests {
  @Test(arguments: [
    ("NRC_IMAGE", "NIRCAM", "NIRCAM/IMAGE"), ("NRC_TSGRISM", "NIRCAM", "NIRCAM/GRISM"),
    ("NRC_TACQ", "NIRCAM", "NIRCAM/TARGACQ"), ("MIR_LYOT", "MIRI", "MIRI/CORON"),
    ("MIR_LRS-SLITLESS", "MIRI", "MIRI/SLITLESS"), ("NRS_BRIGHTOBJ", "NIRSPEC", "NIRSPEC/BOTS"),
    ("NRS_MSASPEC", "NIRSPEC", "NIRSPEC/MSA"), ("NIS_SOSS", "NIRISS", "NIRISS/SOSS"), ("FGS_IMAGE", "FGS", "FGS"),
    ("NRC_DARK", "NIRCAM", "NIRCAM"),
  ])
  func exposureTypesHaveModes(exp_type: String, instrume: String, name: String) {
    #expect(ObservingMode.instrumentName(instrume: instrume, exp_type: exp_type) == name)
  }

  @Test(arguments: [("1a", 0), ("1b", 1), ("2a", 2), ("2c", 2), ("3", 3), ("x", nil), ("", nil)] as [(String, Int64?)])
  func levelsAreNumbers(level: String, number: Int64?) {
    #expect(ProductKind.calibrationLevel(level) == number)
  }

  @Test func footprintsLoseTheirFrame() {
    #expect(
      Footprint.caomText("POLYGON ICRS  1 2 3 4 5 6 POLYGON ICRS  7 8 9 1 2 3")
        == "POLYGON 1 2 3 4 5 6 POLYGON 7 8 9 1 2 3")
  }

  @Test func patternsEscapeWhatIsNoWildcard() {
    #expect(Filter.likePattern(#"a_b*c%\d"#) == #"a\_b%c%\\d"#)
  }
}
