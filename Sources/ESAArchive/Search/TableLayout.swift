/// How the archive's main view of observations is built: its name and the names of its columns.
///
/// Both have one row a plane. ESA's service has `jwst.main` today; its successor is `jwst.archive`, which finds observations
/// by their footprints instead of by the position of their target.
public enum TableLayout: String, Sendable, Hashable, CaseIterable {
  /// `jwst.main`.
  case main
  /// `jwst.archive`.
  case archive

  /// The qualified name of the view.
  public var table: String {
    switch self {
    case .main: "jwst.main"
    case .archive: "jwst.archive"
    }
  }

  /// The columns with right ascension and declination of the target, degrees in the ICRS.
  public var positionColumns: (ra: String, dec: String) {
    switch self {
    case .main: ("target_ra", "target_dec")
    case .archive: ("targetposition_coordinates_cval1", "targetposition_coordinates_cval2")
    }
  }

  /// The columns that a search gives unless it asks for all.
  public var standardColumns: [String] {
    let facts = [
      "observationid", "calibrationlevel", "public", "dataproducttype", "instrument_name", "energy_bandpassname",
      "target_name", positionColumns.ra, positionColumns.dec,
    ]
    switch self {
    case .main: return facts + ["position_bounds_center", "position_bounds_spoly"]
    case .archive: return facts + ["position_bounds_spoly"]
    }
  }
}
