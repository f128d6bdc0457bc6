/// What the suffix and the level of a file say about it, in CAOM's words.
enum ProductKind {
  /// The number of a level such as `2b`.
  static func calibrationLevel(_ productLevel: String?) -> Int64? {
    switch productLevel?.lowercased().first {
    case "1": productLevel?.lowercased() == "1a" ? 0 : 1
    case "2": 2
    case "3": 3
    case "4": 4
    default: nil
    }
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
    isGuideStar || suffix.map(auxiliarySuffixes.contains) == true ? "AUXILIARY" : "SCIENCE"
  }

  /// A sentence that says what the file holds.
  static func description(suffix: String?, isGuideStar: Bool) -> String? {
    if isGuideStar { return "FGS guide-star data" }
    guard let suffix else { return nil }
    return sentences[suffix]
  }

  private static let auxiliarySuffixes: Set<String> = ["ramp", "fitopt", "trapsfilled", "dark", "msa", "psfstack"]

  private static let sentences: [String: String] = [
    "uncal": "exposure (L1b): Uncalibrated 4D exposure data",
    "ramp": "exposure (L2a): 4D corrected ramp data",
    "fitopt": "exposure (L2a): optional results of the ramp fit",
    "trapsfilled": "exposure (L2a): charge-trap state at the end of the exposure",
    "dark": "exposure (L2a): 3D or 4D corrected dark data",
    "rate": "exposure (L2a): 2D count rate averaged over integrations",
    "rateints": "exposure (L2a): 3D countrate per integration",
    "bsub": "exposure (L2b): 2D background-subtracted data",
    "bsubints": "exposure (L2b): 3D background-subtracted data per integration",
    "cal": "exposure (L2b): 2D calibrated exposure average over integrations",
    "calints": "exposure (L2b): 3D calibrated data per integration",
    "crf": "exposure/target (L2b/L3): 2D Calibrated data averaged over integrations",
    "crfints": "exposure/target (L2b/L3): 3D calibrated data per integration, outliers flagged",
    "i2d": "exposure/target (L2b/L3): rectified 2D image",
    "s2d": "exposure/target (L2b/L3): 2D image of spectrum avg integrations",
    "s3d": "exposure/target (L2b/L3): 3D rectified IFU cube",
    "x1d": "exposure/target (L2b/L3): 1D extracted spectrum",
    "x1dints": "exposure/target (L2b/L3): 1D extracted spectra per integration",
    "c1d": "target (L3): 1D combined spectrum",
    "psfalign": "exposure (L2c): aligned PSF images",
    "psfsub": "exposure (L2c): PSF-subtracted images",
    "psfstack": "target (L3): stack of reference PSF images",
    "ami-oi": "target (L3): interferometric observables",
    "amimulti-oi": "target (L3): interferometric observables per integration",
    "aminorm-oi": "target (L3): normalised interferometric observables",
    "wfscmb": "target (L3): combined wavefront-sensing images",
  ]
}
