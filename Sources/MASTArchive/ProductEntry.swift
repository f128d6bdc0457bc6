public import Holdings

/// A product with what its names say. Source: `jwst-mast-query` 11.
public struct ProductEntry: Sendable, Hashable {
  /// The archive's row.
  public var product: Product
  /// The last underscore part with its extension: `_uncal.fits`, `_thumb.jpg`, `_ami-oi.fits`.
  public var fileType: String?
  /// The `sca` column as `jwst_mast_query` fills it: the first short detector name that occurs anywhere in `obs_id`.
  public var sca: String?
  /// The detector that the observation's name really names; selection by detector uses this.
  public var detector: Detector?
  /// The instrument, as the observation's name tells it.
  public var instrument: Instrument?
  /// Visit number, three digits.
  public var visit: String?
  /// Observation number as `jwst_mast_query` finds it; products that combine exposures have none of their own.
  public var obsnum: Int?
  /// The observation number that a level-3 name carries (`-o004`), for products that have none otherwise.
  public var combinedObsnum: Int?
  /// The level of processing: `1b`, `2a`, `2b`, `2c`, `3`.
  public var processingLevel: String?

  /// Derives what the names say.
  public init(_ product: Product) {
    self.product = product
    fileType = product.productFilename.flatMap(Self.fileType)
    let name = product.obs_id.flatMap { JWSTName($0) }
    detector = name?.detector
    instrument = name?.instrument
    sca = product.obs_id.flatMap(Self.sca)
    visit = name.flatMap { $0.kind == .exposure ? $0.visit?.padded(to: 3) : nil }
    obsnum = product.obs_id.flatMap(ObservationEntry.observationNumber(inName:))
    combinedObsnum = obsnum == nil ? name?.observation : nil
    let suffix = fileType.map { $0.dropFirst().prefix { $0 != "." } }
    processingLevel = ProductSuffix(rawValue: String(suffix ?? "")).processingLevel(
      calibrationLevel: product.calib_level)
  }

  /// Programme number.
  public var program: Int? { product.proposal_id.flatMap { Int($0) } }

  /// Whether the file is a guide-star product.
  public var isGuideStar: Bool { product.productFilename?.utf8.holds("_gs-".utf8) ?? false }

  /// Whether the file is a picture that goes beside the data (`jpg/`).
  public var isJPEG: Bool { fileType?.hasSuffix(".jpg") ?? false }

  /// Optical elements in capitals.
  public var opticalElements: [String] {
    (product.filters ?? "").uppercased().split { $0 == ";" || $0 == " " }.map(String.init)
  }

  /// Who may have the file.
  public var rights: DataRights { DataRights(product.dataRights) }

  static func fileType(of filename: String) -> String? {
    guard let underscore = filename.lastIndex(of: "_") else { return nil }
    let tail = filename[underscore...].dropFirst()
    let parts = tail.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
    else {
      return nil
    }
    return "_" + tail
  }

  private static let scaNames = [
    "a1", "a2", "a3", "a4", "a5", "along", "b1", "b2", "b3", "b4", "b5", "blong", "guider1", "guider2", "mirimage",
    "mirifulong", "mirifushort", "nis", "nrs1", "nrs2",
  ]

  static func sca(in observationName: String) -> String? {
    let name = Array(observationName.utf8)
    return scaNames.first { name.holds($0.utf8) }
  }
}

extension Collection where Element == UInt8 {
  /// Whether some bytes occur: many times quicker than `contains` on texts, and asked twenty times of each of 20,000 names.
  fileprivate func holds(_ part: some Collection<UInt8>) -> Bool {
    var start = startIndex
    while start != endIndex {
      if self[start...].starts(with: part) { return true }
      start = index(after: start)
    }
    return false
  }
}
