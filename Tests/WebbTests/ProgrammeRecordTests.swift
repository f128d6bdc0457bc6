import Holdings
import MASTArchive
import Reports
import Testing

@testable import webb

@Suite struct ProgrammeRecordOfPlanTests {
  private func observation(_ id: Int64, _ name: String, program: String, target: String) -> Observation {
    var row = Observation()
    row.obsid = id
    row.obs_id = name
    row.proposal_id = program
    row.target_name = target
    row.obs_title = "Title of \(program)"
    row.proposal_pi = "PI of \(program)"
    row.instrument_name = "NIRCAM/IMAGE"
    row.t_min = 59780
    row.t_exptime = 85.9
    row.s_region = "CIRCLE ICRS 1 2 0.1"
    return row
  }

  private func product(_ name: String, of id: Int64, under parent: Int64, obs: String, program: String) -> Product {
    var row = Product()
    row.productFilename = name
    row.obsID = id
    row.parent_obsid = parent
    row.obs_id = obs
    row.proposal_id = program
    row.size = 2880
    row.calib_level = 2
    return row
  }

  private func plan(_ change: (inout OutputLayout) -> Void = { _ in }) -> DownloadPlan {
    let observations = [
      observation(1, "jw01138004001_02101_00001_nrca1", program: "1138", target: "LMC"),
      observation(2, "jw01138-o004_t001_nircam_clear-f200w", program: "1138", target: "LMC mosaic"),
      observation(3, "jw00743001001_02101_00001_nrca1", program: "743", target: "Other"),
    ]
    let products = [
      product(
        "jw01138004001_02101_00001_nrca1_rate.fits", of: 1, under: 1, obs: "jw01138004001_02101_00001_nrca1",
        program: "1138"),
      product(
        "jw01138-o004_t001_nircam_clear-f200w_i2d.fits", of: 2, under: 2,
        obs: "jw01138-o004_t001_nircam_clear-f200w", program: "1138"),
      product(
        "jw01138004001_02101_00002_nrca1_cal.fits", of: 9, under: 2, obs: "jw01138004001_02101_00002_nrca1",
        program: "1138"),
      product(
        "jw00743001001_02101_00001_nrca1_rate.fits", of: 3, under: 3, obs: "jw00743001001_02101_00001_nrca1",
        program: "743"),
      product("../../evil_rate.fits", of: 3, under: 3, obs: "evil", program: "743"),
    ]
    var layout = OutputLayout(root: "/data")
    change(&layout)
    let selection = ProductSelection(observations: observations, products: products, criteria: SelectionCriteria())
    return DownloadPlan(selection: selection, layout: layout) { _ in nil }
  }

  @Test func programmesWithTheirTitles() {
    let records = ProgrammeRecord.records(of: plan(), root: "/data")
    #expect(records.map(\.program) == ["00743", "01138"])
    #expect(records.map(\.title) == ["Title of 743", "Title of 1138"])
    #expect(records.map(\.investigator) == ["PI of 743", "PI of 1138"])
    // What has no safe name cannot be on disk, and has no place on the page.
    #expect(records[0].files.map(\.name) == ["jw00743001001_02101_00001_nrca1_rate.fits"])
  }

  @Test func whatIsKnownOfAFile() throws {
    let files = ProgrammeRecord.records(of: plan(), root: "/data")[1].files
    let rate = try #require(files.first { $0.fileType == "_rate.fits" })
    #expect(rate.path == "obsnum04/jw01138004001_02101_00001_nrca1_rate.fits")
    #expect(rate.obsnum == 4 && rate.visit == "001" && rate.detector == "a1" && rate.level == 2)
    #expect(rate.target == "LMC" && rate.instrument == "NIRCAM/IMAGE" && rate.exposureTime == 85.9)
    #expect(rate.start == "2022-07-20T00:00:00.000" && rate.region == "CIRCLE ICRS 1 2 0.1")
    #expect(rate.observationKey == 1 && rate.parentKey == 1 && rate.size == 2880 && !rate.isPresent)
    // A combination stands with the observation that its name tells.
    let mosaic = try #require(files.first { $0.fileType == "_i2d.fits" })
    #expect(mosaic.obsnum == 4 && mosaic.target == "LMC mosaic")
    // A member found under its combination has not the combination's footprint and date.
    let member = try #require(files.first { $0.fileType == "_cal.fits" })
    #expect(member.region == nil && member.start == nil && member.target == "LMC mosaic")
  }

  @Test(arguments: [
    ("/data/01138/a.fits", "a.fits"), ("/data/01138/obsnum01/jpg/a.jpg", "obsnum01/jpg/a.jpg"),
    ("/data/a.fits", "../a.fits"), ("/data/NA/a.fits", "../NA/a.fits"),
  ])
  func pathsFromThePage(path: String, relative: String) {
    #expect(PageFile.path(of: path, from: "/data/01138") == relative)
  }

  @Test(
    arguments: [
      ("obsnum04/jw01138004001_02101_00001_nrca1_uncal.fits", "jw01138004001_02101_00001_nrca1", 4, "001", "a1"),
      ("NA/jw01138-o007_t001_nircam_clear-f200w_i2d.fits", "jw01138-o007_t001_nircam_clear-f200w", 7, nil, nil),
    ] as [(String, String, Int, String?, String?)])
  func filesFound(path: String, observation: String, obsnum: Int, visit: String?, detector: String?) throws {
    let file = try #require(PageFile(found: path, program: "01138"))
    #expect(file.path == path && file.observation == observation)
    #expect(file.obsnum == obsnum && file.visit == visit && file.detector == detector)
  }

  @Test(arguments: [
    "index.html", "products.json", "01138.products.txt", "jw01410020001_02101_00001_nrca1_uncal.fits",
    "obsnum04/jw01138004001_02101_00001_nrca1_uncal.fits.part", "obsnum04",
    "jw01138004001_02101_00001_nrca1_uncal.fits.part.json",
  ])
  func whatIsNoProduct(path: String) {
    #expect(PageFile(found: path, program: "01138") == nil)
  }
}
