/// One calibration level of one observation, with all that the archive knows of it: a row of `jwst.main`.
///
/// What belongs to the observation is repeated in each of its planes, so that the views need no join.
struct Plane {
  /// Key of the row: eight times that of the observation, and the level.
  var key: Int64
  var observationid: String
  var calibrationlevel: Int64?
  var max_cal_level: Int64?
  var collection: String?
  var intent: String?
  var typecode: String?
  var type: String?
  var algorithm_name: String?
  var sequencenumber: Int64?
  var members: String?
  var instrument_name: String?
  var detector: String?
  var template: String?
  var dataproducttype: String?
  var energy_bandpassname: String?
  /// Metres.
  var energy_bounds_lower: Double?
  /// Metres.
  var energy_bounds_upper: Double?
  var energy_energybands: String?
  /// Whether anybody may have the data.
  var isPublic: Bool
  /// The strictest right among the plane's files, in MAST's words.
  var data_rights: String?
  var target_name: String?
  var target_keywords: String?
  var target_moving: Bool?
  /// Degrees ICRS.
  var target_ra: Double?
  /// Degrees ICRS.
  var target_dec: Double?
  var proposal_id: String?
  var proposal_pi: String?
  var proposal_title: String?
  var proposal_project: String?
  var provenance_name: String?
  var provenance_project: String?
  var provenance_version: String?
  var provenance_lastexecuted: String?
  /// A time as DALI writes it, UTC.
  var plane_datarelease: String?
  /// MJD.
  var time_bounds_lower: Double?
  /// MJD.
  var time_bounds_upper: Double?
  /// Seconds.
  var time_exposure: Double?
  /// Bytes of the plane's science files.
  var content_size: Int64?
  var footprint: PlaneFootprint?

  /// The key of a plane.
  /// - Parameters:
  ///   - row: key of the observation's row.
  ///   - level: calibration level, −1 to 4; `nil` where nobody has said it.
  static func key(row: Int64, level: Int64?) -> Int64 {
    row * 8 + (level.flatMap(knownLevel).map { $0 + 1 } ?? 7)
  }

  /// The level where it is one of the archive's, −1 to 4.
  static func knownLevel(_ level: Int64) -> Int64? { (-1...4).contains(level) ? level : nil }

  /// The keys that the planes of an observation may have.
  static func keys(row: Int64) -> ClosedRange<Int64> { row * 8...row * 8 + 7 }

  var obsid: String { CAOMIdentifier.uuid(CAOMIdentifier.observationURI(observationid)) }
  var planeid: String { CAOMIdentifier.uuid(CAOMIdentifier.planeURI(observationid, level: calibrationlevel)) }
  var productid: String { CAOMIdentifier.productID(level: calibrationlevel) }

  /// The zone of the target in the index of positions.
  var targetZone: Int? {
    guard let target_ra, let target_dec, target_ra.isFinite, target_dec.isFinite else { return nil }
    return FootprintEntry.zone(ofDeclination: target_dec)
  }
}
