internal import Holdings
internal import SkyGeometry

extension Product {
  /// The product row of a file with these keywords; the numbers of its observation are the caller's to fill in.
  init(_ facts: KeywordFacts, root: String, rights: String) {
    self.init()
    let filename = facts.text("filename") ?? ""
    let name = JWSTName(filename)
    let suffix = name?.suffix
    let isGuideStar = name?.kind == .guideStar
    obs_collection = "JWST"
    dataproduct_type = ProductKind.dataproductType(facts, suffix: suffix)
    obs_id = root
    description = ProductKind.description(suffix: suffix, isGuideStar: isGuideStar)
    type = "S"
    dataURI = facts.dataURI
    productType = ProductKind.productType(suffix: suffix, isGuideStar: isGuideStar)
    productSubGroupDescription = suffix?.uppercased()
    project = "CALJWST"
    prvversion = facts.text("cal_ver")
    proposal_id = facts.integer("program").map(String.init)
    productFilename = filename
    size = facts.integer("fileSize")
    dataRights = rights
    calib_level = ProductKind.calibrationLevel(facts.text("productLevel"))
    filters = OpticalElements.filters(facts)
  }
}
