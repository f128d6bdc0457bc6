import Holdings
import MASTArchive
import Testing

@Suite struct PathTemplateTests {
  private func folder(_ pattern: String, _ change: (inout Product) -> Void = { _ in }) throws -> String {
    var product = Product()
    product.productFilename = "jw02731001001_02101_00001_nrcb1_rate.fits"
    product.obs_id = "jw02731001001_02101_00001_nrcb1"
    product.proposal_id = "2731"
    product.calib_level = 2
    product.filters = "F200W;CLEAR"
    product.productType = "SCIENCE"
    change(&product)
    var layout = OutputLayout(root: "/tree")
    layout.template = try PathTemplate(pattern)
    return layout.directory(of: ProductEntry(product))
  }

  @Test(arguments: [
    ("{program}/{obsnum}/{detector}/{file}", "/tree/02731/001/nrcb1"), ("{file}", "/tree"),
    ("data/{program}", "/tree/data/02731"), ("{program}/", "/tree/02731"),
    ("p{program}-v{visit}/{filter}/{file}", "/tree/p02731-v001/f200w-clear"),
    (
      "{instrument}/{level}/{suffix}/{ext}/{type}/{obs_id}/{file}",
      "/tree/nircam/2a/rate/fits/science/jw02731001001_02101_00001_nrcb1"
    ),
  ])
  func folders(pattern: String, folder expected: String) throws {
    #expect(try folder(pattern) == expected)
  }

  @Test func combinationsHaveTheirObservationsNumberAndInstrument() throws {
    let folder = try folder("{obsnum}/{detector}/{visit}/{file}") { product in
      product.obs_id = "jw02731-o004_t001_nircam_clear-f200w"
    }
    #expect(folder == "/tree/004/nircam/NA")
  }

  @Test(arguments: [
    "", "../{file}", "a/../{file}", "./{file}", "/{program}/{file}", "a//{file}", "{file}/b", "{file}.fits",
    "{nothing}/{file}",
    "{program", "program}", "a\u{1B}[0m/{file}",
  ])
  func patternsThatLeadAstrayAreRefused(pattern: String) {
    #expect { try PathTemplate(pattern) } throws: { ($0 as? MASTArchiveError)?.kind == .badCriteria }
  }

  @Test func valuesOfAServerCannotClimbOrHide() throws {
    #expect(try folder("{filter}/{file}") { $0.filters = "../../etc" } == "/tree/_.._.._etc")
    #expect(try folder("{filter}/{file}") { $0.filters = ".." } == "/tree/_..")
    #expect(try folder("{type}/{file}") { $0.productType = "a/b\u{0}\nc" } == "/tree/a_b__c")
    #expect(try folder("{obs_id}/{file}") { $0.obs_id = String(repeating: "x", count: 5000) }.count < 120)
  }
}
