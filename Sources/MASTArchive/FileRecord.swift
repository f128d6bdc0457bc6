import Holdings

/// What a keyword service of MAST says of one FITS file. Source: `mast-protocol` a.5.
public struct FileRecord: Sendable, Hashable {
  /// The file's name.
  public var filename: String
  /// The archive's name of the file, `mast:JWST/product/…`.
  public var dataURI: String
  /// Size, bytes.
  public var size: Int64?
  /// MD5 of the bytes, 32 hexadecimal digits in lower case.
  public var checksum: String?
  /// Level of processing: `1b`, `2a`, `2b`, `2c`, `3`.
  public var productLevel: String?
  /// Version of the calibration pipeline.
  public var pipelineVersion: String?
  /// Calibration context.
  public var calibrationContext: String?
  /// The archive's number of this version of the file.
  public var archiveFileID: Int64?
  /// When the archive finished taking this version in, MJD UTC.
  public var ingestDate: Double?
  /// Footprint on the sky, `s_region` text.
  public var footprint: String?
  /// Day on which the file becomes public, MJD UTC.
  public var releaseDate: Double?
  /// Whether a newer version is being made or waited for.
  public var isStale: Bool

  /// Reads a row of a keyword service; `nil` when it names no file. Values that cannot be are left out.
  init?(_ cells: [String: Cell], service: KeywordService) {
    func text(_ name: String) -> String? { cells[name]?.textValue.flatMap { $0.isEmpty ? nil : $0 } }
    guard let name = text(service.filenameColumn) else { return nil }
    filename = name
    dataURI = text("dataURI") ?? "mast:JWST/product/" + name
    size = cells["fileSize"]?.integerValue.flatMap(Product.plausibleSize)
    checksum = text("checksum").flatMap(Self.digest)
    productLevel = text("productLevel")
    pipelineVersion = text("cal_ver")
    calibrationContext = text("crds_ctx")
    archiveFileID = cells["ArchiveFileID"]?.integerValue
    ingestDate = cells["ingestCompletionDate_mjd"]?.realValue
    footprint = text("s_region")
    releaseDate = cells["publicReleaseDate_mjd"]?.realValue
    isStale = cells["isStale"]?.booleanValue ?? false
  }

  /// The columns to ask a service for: few, since asking for one that MAST has removed fails the whole question.
  static func columns(of service: KeywordService) -> [String] {
    let known = Set(service.columns.map(\.name))
    return [
      service.filenameColumn, "dataURI", "fileSize", "checksum", "productLevel", "cal_ver", "crds_ctx",
      "ArchiveFileID", "ingestCompletionDate_mjd", "s_region", "publicReleaseDate_mjd", "isStale",
    ].filter(known.contains)
  }

  /// An MD5 in lower case, `nil` when the text is none.
  static func digest(_ text: String) -> String? {
    text.utf8.count == 32 && text.allSatisfy { $0.isASCII && $0.isHexDigit } ? text.lowercased() : nil
  }
}

extension Product {
  /// A size, unless no file can have it; sums of plausible ones cannot overflow.
  static func plausibleSize(_ size: Int64) -> Int64? { (0...(1 << 42)).contains(size) ? size : nil }
}
