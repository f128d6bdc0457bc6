internal import Holdings

/// What the suffix and the level of a file say about it, in CAOM's words.
enum ProductKind {
  /// The number of a level such as `2b`.
  static func calibrationLevel(_ productLevel: String?) -> Int64? {
    ProductSuffix.calibrationLevel(ofProductLevel: productLevel)
  }

  static func dataproductType(_ facts: KeywordFacts, suffix: String?) -> String {
    if suffix == "s3d" { return "cube" }
    if facts.text("tsovisit")?.lowercased() == "t" { return "timeseries" }
    switch facts.text("exp_type") ?? "" {
    case "NRC_WFSS", "NRC_GRISM", "MIR_MRS", "MIR_LRS-FIXEDSLIT", "MIR_WFSS", "NIS_WFSS", "NRS_MSASPEC", "NRS_IFU",
      "NRS_FIXEDSLIT":
      return "spectrum"
    case "NRC_TSGRISM", "NRC_TSIMAGE", "MIR_LRS-SLITLESS", "NIS_SOSS", "NRS_BRIGHTOBJ": return "timeseries"
    default: return "image"
    }
  }

  /// `SCIENCE`, or `AUXILIARY` for guide-star files and products of side branches of the pipeline.
  static func productType(suffix: String?, isGuideStar: Bool) -> String {
    isGuideStar ? "AUXILIARY" : suffix.map { ProductSuffix(rawValue: $0).productType } ?? "SCIENCE"
  }

  /// A sentence that says what the file holds.
  static func description(suffix: String?, isGuideStar: Bool) -> String? {
    isGuideStar ? "FGS guide-star data" : suffix.flatMap { ProductSuffix(rawValue: $0).description }
  }
}
