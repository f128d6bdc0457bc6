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
    let known = ProductSuffix(rawValue: suffix)
    productType = known.productType
    subgroup = suffix.uppercased()
    description = known.description ?? "product"
    (level, productLevel) =
      switch suffix {
      case _ where isCombined: (3, "3")
      case "uncal", "msa": (1, "1b")
      case "rate", "rateints": (2, "2a")
      default: (2, "2b")
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
