internal import Holdings
internal import SkyGeometry

extension Observation {
  /// The row that CAOM would show for the files of one observation, the best calibrated first; each column is taken from the first
  /// file that has it.
  /// - Parameter rights: who may have them.
  init?(_ files: [KeywordFacts], root: String, rights: String?) {
    guard let best = files.first else { return nil }
    func text(_ name: String) -> String? { files.lazy.compactMap { $0.text(name) }.first }
    func number(_ name: String) -> Double? { files.lazy.compactMap { $0.number(name) }.first }
    self.init()
    obs_id = root
    obs_collection = "JWST"
    provenance_name = "CALJWST"
    project = "JWST"
    wavelength_region = "INFRARED"
    intentType = text("category") == "CAL" ? "calibration" : "science"
    instrument_name = ObservingMode.instrumentName(instrume: text("instrume"), exp_type: text("exp_type"))
    filters = OpticalElements.filters(best)
    target_name = text("targprop") ?? text("targname")
    target_classification = [text("targcat"), text("targdesc")].compactMap { $0 }.joined(separator: "; ").nonEmpty
    s_ra = number("targ_ra")
    s_dec = number("targ_dec")
    proposal_id = number("program").flatMap { Int64(exactly: $0) }.map(String.init)
    proposal_pi = text("pi_name")
    obs_title = text("title")
    proposal_type = text("category")
    dataproduct_type = ProductKind.dataproductType(best, suffix: JWSTName(best.text("filename") ?? "")?.suffix)
    calib_level = files.compactMap { ProductKind.calibrationLevel($0.text("productLevel")) }.max()
    t_min = number("expstart")
    t_max = number("expend")
    t_obs_release = number("publicReleaseDate_mjd")
    t_exptime = number("effexptm")
    s_region = text("s_region").map(Footprint.caomText)
    dataURL = best.dataURI
    dataRights = rights
    mtFlag = text("targtype").map { $0 == "MOVING" }
  }
}

/// Footprints as text.
enum Footprint {
  /// The footprint without frame word, as CAOM has it: `POLYGON ICRS  1 2 …` becomes `POLYGON 1 2 …`.
  static func caomText(_ text: String) -> String {
    text.split(separator: " ").filter { $0 != "ICRS" }.joined(separator: " ")
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
