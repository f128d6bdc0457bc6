import Holdings

/// What MAST says about a product of a given suffix.
struct ProductKind: Sendable {
  var description: String
  var productType: String
  var subgroup: String?
  /// Levels of the product of an exposure: `calib_level` and the keyword services' `productLevel`.
  var level: Int64
  var productLevel: String

  /// The kind of a file of an exposure or, with `isCombined`, of stage 3.
  init(suffix: String, isCombined: Bool) {
    productType = "SCIENCE"
    subgroup = suffix.uppercased()
    (level, productLevel) = isCombined ? (3, "3") : (2, "2b")
    switch suffix {
    case "uncal":
      description = "exposure (L1b): Uncalibrated 4D exposure data"
      (level, productLevel) = (1, "1b")
    case "rate":
      description = "exposure (L2a): 2D count rate averaged over integrations"
      productLevel = "2a"
    case "rateints":
      description = "exposure (L2a): 3D countrate per integration"
      productLevel = "2a"
    case "cal": description = "exposure (L2b): 2D calibrated exposure average over integrations"
    case "calints": description = "exposure (L2b): 3D calibrated exposure data per integration"
    case "i2d": description = "exposure/target (L2b/L3): rectified 2D image"
    case "s2d": description = "exposure/target (L2b/L3): 2D image of spectrum avg integrations"
    case "s3d": description = "exposure/target (L2b/L3): 3D spectral cube"
    case "x1d": description = "exposure/target (L2b/L3): 1D extracted spectrum"
    case "x1dints": description = "exposure/target (L2b/L3): 1D extracted spectra per integration"
    case "c1d": description = "source/target (L3) : 1D combined spectrum"
    case "cat": description = "source/target (L3) : Source catalog"
    case "segm": description = "source/target (L3) : Segmentation map"
    case "whtlt": description = "source/target (L3) : White-light photometric time series"
    case "psfstack": description = "source/target (L3) : Stack of PSF images"
    case "ami-oi": description = "source/target (L3) : Averaged interferometric observables"
    case "aminorm-oi": description = "source/target (L3) : Normalized interferometric observables"
    case "asn":
      description = "source/target (L3) : association generator"
      productType = "INFO"
    case "pool":
      description = "source/target (L3) : association pool"
      productType = "INFO"
    case "msa":
      description = "MSA metadata"
      productType = "AUXILIARY"
      (level, productLevel) = (1, "1b")
    default: description = "product"
    }
  }

  private init(picture: String, type: String, level: Int64) {
    description = picture
    productType = type
    subgroup = nil
    self.level = level
    productLevel = ""
  }

  static func preview(level: Int64) -> ProductKind {
    ProductKind(picture: "Preview-Full", type: "PREVIEW", level: level)
  }

  static func thumbnail(level: Int64) -> ProductKind {
    ProductKind(picture: "Preview-Thumb", type: "THUMBNAIL", level: level)
  }

  static func guideStar(suffix: String) -> ProductKind {
    var kind = ProductKind(suffix: suffix, isCombined: false)
    kind.description = "Guide star data"
    kind.productType = "AUXILIARY"
    return kind
  }

  /// The archive's number for files of this content and instrument.
  func fileTypeID(_ service: KeywordService) -> Int64 {
    let step: Int64 =
      switch productLevel {
      case "1b": 0
      case "2a": 1
      case "2b": 2
      default: 4
      }
    return switch service {
    case .nircam: 66 + step
    case .niriss: 75 + step
    case .miri: 59 + step
    case .nirspec: 84 + step
    case .fgs: 50 + step
    case .guideStar: 40 + step
    }
  }
}
