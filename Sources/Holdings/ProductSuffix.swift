/// The suffix of a product (`uncal`, `rate`, `i2d` …), with what it says about the file in CAOM's words.
///
/// The set is open: a suffix that is not known has no description and counts as science. Source: `mast-protocol` b.2.
public struct ProductSuffix: RawRepresentable, Sendable, Hashable {
  /// The suffix as file names spell it, without underscore.
  public let rawValue: String

  /// Takes any suffix.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A sentence that says what the file holds; `nil` where the suffix is not known.
  public var description: String? { Self.sentences[rawValue] }

  /// CAOM's `productType`: `SCIENCE`, `INFO` for associations and pools, `AUXILIARY` for side branches of the pipeline.
  public var productType: String {
    if Self.auxiliary.contains(rawValue) { return "AUXILIARY" }
    return rawValue == "asn" || rawValue == "pool" ? "INFO" : "SCIENCE"
  }

  /// The level of processing, finer than CAOM's: `1b`, `2a`, `2b`, `2c`, `3`, `4`.
  /// - Parameter calibrationLevel: CAOM's `calib_level` of the file; `nil` and levels without products give `nil`.
  public func processingLevel(calibrationLevel: Int64?) -> String? {
    switch calibrationLevel {
    case 0: "1a"
    case 1: "1b"
    case 2: Self.level2a.contains(rawValue) ? "2a" : Self.level2c.contains(rawValue) ? "2c" : "2b"
    case 3: "3"
    case 4: "4"
    default: nil
    }
  }

  /// CAOM's number of a keyword service's `productLevel` such as `2b`.
  public static func calibrationLevel(ofProductLevel level: String?) -> Int64? {
    switch level?.lowercased().first {
    case "1": level?.lowercased() == "1a" ? 0 : 1
    case "2": 2
    case "3": 3
    case "4": 4
    default: nil
    }
  }

  /// Where the suffix stands in the order in which the pipeline makes files; unknown ones come last.
  public var pipelineRank: Int { Self.ranks[rawValue] ?? Self.ranks.count }

  private static let auxiliary: Set<String> = ["ramp", "fitopt", "trapsfilled", "dark", "msa", "psfstack"]
  private static let level2a: Set<String> = ["ramp", "fitopt", "trapsfilled", "dark", "rate", "rateints"]
  private static let level2c: Set<String> = ["crf", "crfints", "psfalign", "psfsub"]

  private static let ranks: [String: Int] = Dictionary(
    uniqueKeysWithValues: [
      "uncal", "ramp", "dark", "trapsfilled", "fitopt", "rate", "rateints", "bsub", "bsubints", "flat", "cal",
      "calints", "crf", "crfints", "psfstack", "psfalign", "psfsub", "i2d", "s2d", "s3d", "x1d", "x1dints", "c1d",
      "ami-oi", "amimulti-oi", "aminorm-oi", "wfscmb", "segm",
    ].enumerated().map { ($1, $0) })

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
    "cat": "source/target (L3) : Source catalog",
    "segm": "source/target (L3) : Segmentation map",
    "phot": "source/target (L3) : Photometric time series",
    "whtlt": "source/target (L3) : White-light photometric time series",
    "psfalign": "exposure (L2c): aligned PSF images",
    "psfsub": "exposure (L2c): PSF-subtracted images",
    "psfstack": "target (L3): stack of reference PSF images",
    "ami-oi": "target (L3): interferometric observables",
    "amimulti-oi": "target (L3): interferometric observables per integration",
    "aminorm-oi": "target (L3): normalised interferometric observables",
    "wfscmb": "target (L3): combined wavefront-sensing images",
    "asn": "source/target (L3) : association generator",
    "pool": "source/target (L3) : association pool",
    "msa": "MSA metadata",
  ]
}
