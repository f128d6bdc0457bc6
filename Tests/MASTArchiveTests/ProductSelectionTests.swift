import Holdings
import MASTArchive
import Testing

@Suite struct ProductSelectionTests {
  let observations = [
    observation(1, "jw01345001001_03101_00001_nrs1"), observation(2, "jw01345001001_03101_00002_nrs1"),
    observation(3, "jw01345-o001_s00001_nirspec_clear-prism"),
  ]
  let products = [
    product("jw01345001001_03101_00001_nrs1_uncal.fits", of: 1, level: 1),
    product("jw01345001001_01_msa.fits", of: 1, name: "jw01345001001_03101_00001_nrs1", level: 2),
    product("jw01345001001_gs-fg_2022135042520_cal.fits", of: 1, name: "jw01345001001_gs-fg_2022135042520", level: 2),
    product("jw01345001001_03101_00002_nrs1_rate.fits", of: 2, level: 2),
    product("jw01345001001_01_msa.fits", of: 2, name: "jw01345001001_03101_00002_nrs1", level: 2),
    product("jw01345-o001_s00001_nirspec_clear-prism_x1d.fits", of: 3, level: 3),
    product("jw01345001001_03101_00001_nrs1_uncal.fits", of: 3, name: "jw01345001001_03101_00001_nrs1", level: 1),
  ]

  func select(_ change: (inout SelectionCriteria) -> Void = { _ in }) -> ProductSelection {
    var criteria = SelectionCriteria()
    change(&criteria)
    return ProductSelection(observations: observations, products: products, criteria: criteria)
  }

  @Test func filesAreListedOnceUnderTheirFirstParent() {
    let selection = select()
    #expect(selection.duplicateRows == 2)
    #expect(
      selection.products.map(\.product.productFilename) == [
        "jw01345001001_03101_00001_nrs1_uncal.fits", "jw01345001001_01_msa.fits",
        "jw01345001001_03101_00002_nrs1_rate.fits",
        "jw01345-o001_s00001_nirspec_clear-prism_x1d.fits",
      ])
    #expect(selection.observations.map(\.observation.obsid) == [1, 2, 3])
  }

  @Test func guideStarsOnlyOnRequest() {
    #expect(!select().products.contains { $0.isGuideStar })
    #expect(select { $0.guideStars = .with }.products.filter(\.isGuideStar).count == 1)
    #expect(select { $0.guideStars = .only }.products.allSatisfy { $0.isGuideStar })
  }

  @Test func levelThreeRowWhoseProductsHaveNoNumberKeepsNone() {
    #expect(select().observations.last?.obsnum == nil)
    #expect(select().observations.first?.obsnum == 1)
  }

  @Test func overlappingFileTypesListAFileOnce() {
    let selection = select { $0.fileTypes = ["fits", "uncal", "_uncal.fits"].map { FileTypePattern($0) } }
    #expect(selection.products.count == 4)
    #expect(selection.fileTypes == ["_uncal.fits", "_msa.fits", "_rate.fits", "_x1d.fits"])
  }

  @Test func numbersFindTheLevelThreeProductsThatCarryThem() {
    let names = select { $0.obsnums = [1] }.products.map(\.product.productFilename)
    #expect(names.last == "jw01345-o001_s00001_nirspec_clear-prism_x1d.fits" && names.count == 4)
    #expect(select { $0.obsnums = [2] }.products.isEmpty)
    // Their own number stays unknown.
    #expect(select { $0.obsnums = [1] }.products.last?.obsnum == nil)
  }

  @Test func numbersOfProductGroups() {
    #expect(select { $0.obsids = [2] }.products.map(\.product.parent_obsid) == [2])
    #expect(select { $0.obsidLimits = 2...3 }.products.map(\.product.parent_obsid) == [2, 3])
    #expect(select { $0.obsidLimits = 7...9 }.emptyingStep?.condition == "--obsid_select 7 to 9")
  }

  @Test(arguments: [
    ("_(x1d|msa).fits", ["_msa.fits", "_x1d.fits"]), ("x1*", []), ("x*1d", ["_x1d.fits"]),
    ("_.*|x", ["_uncal.fits", "_msa.fits", "_rate.fits", "_x1d.fits"]), ("fits$", []),
    (".fits", []), ("msa", ["_msa.fits"]),
  ])
  func fileTypesAsExpressions(word: String, types: [String]) throws {
    let pattern = try FileTypePattern(expression: word)
    #expect(select { $0.fileTypes = [pattern] }.products.map(\.fileType) == types)
  }

  @Test func anOrderOfOnesOwn() {
    let names = ["size", "productFilename"].compactMap(ProductColumn.init)
    let files = select { $0.sortColumns = names }.products.map { $0.product.productFilename ?? "" }
    #expect(files == files.sorted())
    #expect(ProductColumn("nosuch") == nil)
  }

  @Test func theConditionThatEmptiesTheSelectionIsNamed() {
    let selection = select { $0.fileTypes = [FileTypePattern("jpg")] }
    #expect(selection.products.isEmpty)
    #expect(selection.emptyingStep?.condition == "--filetypes jpg")
    #expect(selection.emptyingStep?.before == 4)
  }

  @Test func detectorsAreThoseThatNamesName() {
    #expect(select { $0.detectors = [.nrs1] }.products.count == 3)
    #expect(select { $0.detectors = [.nrca3] }.products.isEmpty)
  }

  @Test func observationNumbersChooseCombinationsToo() {
    let selection = select { $0.obsnums = [1] }
    #expect(selection.products.contains { $0.product.calib_level == 3 })
    #expect(selection.products.last?.obsnum == nil)
    #expect(selection.products.last?.combinedObsnum == 1)
    #expect(select { $0.obsnums = [2] }.products.isEmpty)
  }

  @Test func levelsKindsFiltersRightsAndNumbers() {
    #expect(select { $0.processingLevels = ["2a"] }.products.map(\.fileType) == ["_rate.fits"])
    #expect(select { $0.processingLevels = ["1", "3"] }.products.map(\.fileType) == ["_uncal.fits", "_x1d.fits"])
    #expect(select { $0.processingLevels = ["2"] }.products.count == 2)
    #expect(select { $0.productTypes = ["preview"] }.emptyingStep?.condition == "--product-type preview")
    #expect(select { $0.rights = ["public"] }.products.count == 4)
    #expect(select { $0.rights = ["exclusive"] }.products.isEmpty)
    #expect(select { $0.obsids = [3] }.products.map(\.fileType) == ["_x1d.fits"])
    #expect(select { $0.obsidLimits = 2...Int64.max }.products.map(\.fileType) == ["_rate.fits", "_x1d.fits"])
    var filtered = products
    filtered[0].filters = "CLEAR;PRISM"
    filtered[3].filters = "F170LP;G235M"
    func chosen(_ elements: String...) -> [String?] {
      var criteria = SelectionCriteria()
      criteria.opticalElements = elements
      return ProductSelection(observations: observations, products: filtered, criteria: criteria).products.map(
        \.fileType)
    }
    #expect(chosen("prism") == ["_uncal.fits"])
    #expect(chosen("G2*", "PRISM") == ["_uncal.fits", "_rate.fits"])
    #expect(chosen("G2") == [])
  }

  @Test(arguments: [
    ("jw01093-o001_t001_niriss_f480m-nrm_ami-oi.fits", "_ami-oi.fits"), ("a_uncal_thumb.jpg", "_thumb.jpg"),
    ("jw01138_20220719t101010_pool.csv", "_pool.csv"), ("nounderscore.fits", nil), ("a_b.tar.gz", nil),
    ("a_.fits", nil),
  ])
  func fileTypes(name: String, type: String?) {
    #expect(ProductEntry(product(name, of: 1, level: 1)).fileType == type)
  }

  @Test(arguments: [
    ("fits", "_uncal.fits", true), ("jpg", "_thumb.jpg", true), ("uncal", "_uncal.fits", true),
    ("uncal", "_uncal.jpg", false),
    ("rate.jpg", "_rate.jpg", true), ("rate", "_rateints.fits", false), ("thumb.jpg", "_thumb.jpg", true),
    ("json", "_asn.json", false),
    ("ami-oi", "_ami-oi.fits", true), ("UNCAL", "_uncal.fits", false),
  ])
  func fileTypePatterns(word: String, type: String, matches: Bool) {
    #expect(FileTypePattern(word).matches(type) == matches)
  }
}

private func observation(_ obsid: Int64, _ name: String) -> Observation {
  var observation = Observation()
  observation.obsid = obsid
  observation.obs_id = name
  observation.proposal_id = "1345"
  observation.t_min = 59770
  return observation
}

private func product(_ file: String, of parent: Int64, name: String? = nil, level: Int64) -> Product {
  var product = Product()
  product.productFilename = file
  product.parent_obsid = parent
  product.obs_id = name ?? JWSTName(file)?.root
  product.proposal_id = "1345"
  product.calib_level = level
  return product
}
