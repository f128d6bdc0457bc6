/// A row of MAST's CAOM product table (`Mast.Caom.Products`): one file, seen from one observation.
///
/// The same file stands under several parents (an MSA configuration under each of its exposures, members under their level-3
/// observation); `dataURI` tells files apart. Source: `mast-protocol` a.5.
public struct Product: ArchiveRow, Hashable {
  /// Number of the observation that owns the file.
  public var obsID: Int64?
  /// The mission: `JWST`.
  public var obs_collection: String?
  /// `image`, `spectrum`, `cube`, `timeseries`, `measurements`.
  public var dataproduct_type: String?
  /// Name of the owning observation.
  public var obs_id: String?
  /// A sentence that says what the file is.
  public var description: String?
  /// `S` simple, `D` derived, `C` composite.
  public var type: String?
  /// The file's name in the archive, `mast:JWST/product/…`; the key of downloads.
  public var dataURI: String?
  /// `SCIENCE`, `INFO`, `AUXILIARY`, `PREVIEW` or `THUMBNAIL`.
  public var productType: String?
  /// `Minimum Recommended Products` or missing.
  public var productGroupDescription: String?
  /// The suffix in capitals (`UNCAL`, `RATE`, `CAL` …); missing for pictures.
  public var productSubGroupDescription: String?
  /// Where the product is documented.
  public var productDocumentationURL: String?
  /// `CALJWST`.
  public var project: String?
  /// Version of the calibration pipeline.
  public var prvversion: String?
  /// Programme number as text.
  public var proposal_id: String?
  /// Name of the file.
  public var productFilename: String?
  /// Size of the file, bytes.
  public var size: Int64?
  /// Number of the observation that was asked for.
  public var parent_obsid: Int64?
  /// `PUBLIC`, `EXCLUSIVE_ACCESS` or `RESTRICTED`.
  public var dataRights: String?
  /// Calibration level, 1 to 4.
  public var calib_level: Int64?
  /// Optical elements, joined by `;`.
  public var filters: String?

  /// A product of which nothing is known yet.
  public init() {}

  /// All columns in the archive's order.
  public static let columns: [RowColumn<Self>] = [
    .identifier("obsID", \.obsID),
    .text("obs_collection", \.obs_collection),
    .text("dataproduct_type", \.dataproduct_type),
    .text("obs_id", \.obs_id),
    .text("description", \.description),
    .text("type", \.type),
    .text("dataURI", \.dataURI),
    .text("productType", \.productType),
    .text("productGroupDescription", \.productGroupDescription),
    .text("productSubGroupDescription", \.productSubGroupDescription),
    .text("productDocumentationURL", \.productDocumentationURL),
    .text("project", \.project),
    .text("prvversion", \.prvversion),
    .text("proposal_id", \.proposal_id),
    .text("productFilename", \.productFilename),
    .integer("size", \.size),
    .identifier("parent_obsid", \.parent_obsid),
    .text("dataRights", \.dataRights),
    .integer("calib_level", \.calib_level),
    .text("filters", \.filters),
  ]
}
