import Holdings
import SkyGeometry

extension Observation {
  private init(
    programme: Programme, mode: Mode, target: SkyTarget, optics: Optics, obsid: Int64, root: String
  ) {
    self.init()
    intentType = programme.category == "CAL" ? "calibration" : "science"
    obs_collection = "JWST"
    provenance_name = "CALJWST"
    instrument_name = mode == .fgsImage ? "FGS" : "\(mode.instrument.archiveName)/\(mode.archiveName)"
    project = "JWST"
    filters = mode == .fgsImage ? nil : optics.archiveName
    wavelength_region = "INFRARED"
    target_name = target.name
    target_classification = target.classification
    obs_id = root
    s_ra = target.position.ra
    s_dec = target.position.dec
    proposal_id = String(programme.number)
    proposal_pi = programme.investigator
    obs_title = programme.title
    proposal_type = programme.category
    dataproduct_type = mode.productType
    em_min = (optics.range.lowerBound * 1000).rounded()
    em_max = (optics.range.upperBound * 1000).rounded()
    mtFlag = false
    self.obsid = obsid
    objID = obsid + 400_000_000
  }

  private mutating func setTimes(start: Int64, end: Int64, exposure: Double, release: Int64, programme: Programme) {
    t_min = ModifiedJulianDate(unixMilliseconds: start).rawValue
    t_max = ModifiedJulianDate(unixMilliseconds: end).rawValue
    t_obs_release = ModifiedJulianDate(unixMilliseconds: release).rawValue
    t_exptime = (exposure * 1000).rounded() / 1000
    dataRights = programme.exclusiveMonths > 0 ? "EXCLUSIVE_ACCESS" : "PUBLIC"
  }

  /// The row of an exposure.
  init(exposure: Exposure, programme: Programme, release: Int64) {
    self.init(
      programme: programme, mode: exposure.mode, target: exposure.target, optics: exposure.optics,
      obsid: exposure.obsid, root: exposure.root)
    calib_level = 2
    setTimes(
      start: exposure.start, end: exposure.end, exposure: exposure.exposureTime, release: release, programme: programme)
    s_region = regionText(exposure.outlines, withFrame: false)
    let main = exposure.mode.keepsIntegrations ? "calints" : "cal"
    jpegURL = "mast:JWST/product/\(exposure.root)_\(main).jpg"
    dataURL = "mast:JWST/product/\(exposure.root)_\(main).fits"
  }

  /// The row of a combined product.
  init(combination: Combination, programme: Programme, release: Int64) {
    self.init(
      programme: programme, mode: combination.mode, target: combination.target, optics: combination.optics,
      obsid: combination.obsid, root: combination.root)
    calib_level = 3
    setTimes(
      start: combination.start, end: combination.end, exposure: combination.exposureTime, release: release,
      programme: programme)
    s_region = regionText([combination.outline], withFrame: false)
    let main = combination.mode == .nircamCoron ? "i2d.fits" : combination.mode.combinedSuffixes[0]
    dataURL = "mast:JWST/product/\(combination.root)_\(main)"
    if ["i2d.fits", "s2d.fits", "s3d.fits"].contains(main) {
      jpegURL = "mast:JWST/product/\(combination.root)_\(main.dropLast(5)).jpg"
    }
  }

  /// The row of an observation that waits for its turn: no dates, no files.
  init(planned: PlannedActivity, programme: Programme, obsid: Int64) {
    let visit = "\(programme.number.padded(to: 5))\(planned.observation.padded(to: 3))001"
    self.init(
      programme: programme, mode: planned.mode, target: planned.target, optics: planned.optics, obsid: obsid,
      root: "jw\(visit)_xx\(planned.activity)_00001_\(planned.mode.instrument.rawValue)")
    provenance_name = "APT"
    calib_level = -1
    t_exptime = 1_800
    dataRights = "PUBLIC"
  }
}

/// Outlines as `s_region` text.
func regionText(_ outlines: [[SkyPosition]], withFrame: Bool) -> String? {
  let polygons = outlines.compactMap { try? SkyPolygon(vertices: $0) }
  return polygons.isEmpty ? nil : SkyRegion(shapes: polygons.map { .polygon($0) }).sRegion(withFrame: withFrame)
}
