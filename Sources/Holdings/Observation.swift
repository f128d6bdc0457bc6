/// A row of MAST's CAOM observation table (`Mast.Caom.Filtered`): one exposure on one detector, or one level-3 combination.
///
/// Every value may be missing; planned observations have neither dates nor files. Source: `mast-protocol` a.5.
public struct Observation: ArchiveRow, Hashable {
  /// `science` or `calibration`.
  public var intentType: String?
  /// The mission: `JWST`.
  public var obs_collection: String?
  /// Who made the rows: `CALJWST` for executed observations, `APT` for planned ones.
  public var provenance_name: String?
  /// Instrument and mode, for example `NIRCAM/IMAGE`; old rows carry the instrument alone.
  public var instrument_name: String?
  /// The project inside the mission: `JWST`.
  public var project: String?
  /// Optical elements, joined by `;`.
  public var filters: String?
  /// `OPTICAL`, `INFRARED`, joined by `;`.
  public var wavelength_region: String?
  /// The target's name as the proposal gives it.
  public var target_name: String?
  /// Words that classify the target, joined by `;`.
  public var target_classification: String?
  /// The observation's name: the root of its file names.
  public var obs_id: String?
  /// Right ascension of the target, degrees ICRS.
  public var s_ra: Double?
  /// Declination of the target, degrees ICRS.
  public var s_dec: Double?
  /// Programme number as text.
  public var proposal_id: String?
  /// Principal investigator, `Last, First`.
  public var proposal_pi: String?
  /// The proposal's title.
  public var obs_title: String?
  /// `GO`, `GTO`, `DD`, `COM`, `CAL`, `ERS`, …
  public var proposal_type: String?
  /// Not used for JWST.
  public var sequence_number: Int64?
  /// `image`, `spectrum`, `cube`, `timeseries`, `measurements`.
  public var dataproduct_type: String?
  /// Calibration level, −1 (planned) to 4.
  public var calib_level: Int64?
  /// Start of the observation, MJD UTC.
  public var t_min: Double?
  /// End of the observation, MJD UTC.
  public var t_max: Double?
  /// Day on which the data become public, MJD UTC.
  public var t_obs_release: Double?
  /// Exposure time, seconds.
  public var t_exptime: Double?
  /// Shortest wavelength, nanometres.
  public var em_min: Double?
  /// Longest wavelength, nanometres.
  public var em_max: Double?
  /// Footprint on the sky, `POLYGON …` or `CIRCLE …` in degrees.
  public var s_region: String?
  /// URI of the preview picture.
  public var jpegURL: String?
  /// URI of the main product.
  public var dataURL: String?
  /// `PUBLIC`, `EXCLUSIVE_ACCESS` or `RESTRICTED`.
  public var dataRights: String?
  /// Whether the target moves.
  public var mtFlag: Bool?
  /// Source density.
  public var srcDen: Double?
  /// Number of the product group; the key of product queries.
  public var obsid: Int64?
  /// Number of the plane.
  public var objID: Int64?

  /// An observation of which nothing is known yet.
  public init() {}

  /// All columns in the archive's order.
  public static let columns: [RowColumn<Self>] = [
    .text("intentType", \.intentType),
    .text("obs_collection", \.obs_collection),
    .text("provenance_name", \.provenance_name),
    .text("instrument_name", \.instrument_name),
    .text("project", \.project),
    .text("filters", \.filters),
    .text("wavelength_region", \.wavelength_region),
    .text("target_name", \.target_name),
    .text("target_classification", \.target_classification),
    .text("obs_id", \.obs_id),
    .real("s_ra", \.s_ra),
    .real("s_dec", \.s_dec),
    .text("proposal_id", \.proposal_id),
    .text("proposal_pi", \.proposal_pi),
    .text("obs_title", \.obs_title),
    .text("proposal_type", \.proposal_type),
    .integer("sequence_number", \.sequence_number),
    .text("dataproduct_type", \.dataproduct_type),
    .integer("calib_level", \.calib_level),
    .real("t_min", \.t_min),
    .real("t_max", \.t_max),
    .real("t_obs_release", \.t_obs_release),
    .real("t_exptime", \.t_exptime),
    .real("em_min", \.em_min),
    .real("em_max", \.em_max),
    .text("s_region", \.s_region),
    .text("jpegURL", \.jpegURL),
    .text("dataURL", \.dataURL),
    .text("dataRights", \.dataRights),
    .boolean("mtFlag", \.mtFlag),
    .real("srcDen", \.srcDen),
    .identifier("obsid", \.obsid),
    .identifier("objID", \.objID),
  ]
}
