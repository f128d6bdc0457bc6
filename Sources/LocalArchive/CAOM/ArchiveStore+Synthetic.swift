internal import GRDB
internal import Holdings
internal import SkyGeometry

extension ArchiveStore {
  /// Fills an archive with made-up observations, straight into the tables, for timings at sizes that no real archive at hand has.
  ///
  /// The indexes are taken away meanwhile and made at the end; an archive in which this was cut short is of no use.
  /// - Parameters:
  ///   - count: how many planes; those that would be a part of an observation are not made.
  ///   - levels: the calibration levels of each observation, a plane for each.
  ///   - seed: the same seed gives the same rows.
  ///   - progress: called with the planes made so far, after every 100,000 observations.
  package func addSyntheticPlanes(
    _ count: Int, levels: [Int64] = [1, 2], seed: UInt64, progress: (Int) -> Void = { _ in }
  ) throws(LocalArchiveError) {
    let indexes =
      PlaneTable.indexes + [
        ("observations_uuid", "CREATE INDEX observations_uuid ON observations (obs_uuid)"),
        ("footprints_zone", "CREATE INDEX footprints_zone ON footprints (size, zone, ra, dec, radius)"),
      ]
    let first = try write { db in
      for index in indexes { try db.execute(sql: "DROP INDEX IF EXISTS \(index.name)") }
      return try Int64.fetchOne(db, sql: "SELECT max(max(\"row\"), max(obsid)) FROM observations") ?? 0
    }
    var sky = SyntheticSky(seed: seed)
    var done = 0
    let observations = count / max(1, levels.count)
    while done < observations {
      let end = min(done + 100_000, observations)
      let numbers = done..<end
      let begun = sky
      sky = try write { db in
        var sky = begun
        let writer = try SyntheticWriter(db)
        for number in numbers {
          try writer.write(sky.exposure(number), levels: levels, row: first + 1 + Int64(number))
        }
        return sky
      }
      done = end
      progress(done * levels.count)
    }
    try write { db in for index in indexes { try db.execute(sql: index.sql) } }
  }
}

/// Writes made-up exposures inside one transaction.
private final class SyntheticWriter {
  private var observations: StatementBinder
  private var footprints: StatementBinder
  private var planes: PlaneWriter

  init(_ db: Database) throws {
    let names = [
      "\"row\"", "obsid", "objID", "obs_id", "obs_uuid", "typecode", "intentType", "obs_collection", "provenance_name",
      "instrument_name", "filters", "target_name", "s_ra", "s_dec", "proposal_id", "dataproduct_type", "calib_level",
      "t_min", "t_max", "t_exptime", "s_region", "dataRights",
    ]
    let parameters = Array(repeating: "?", count: names.count).joined(separator: ", ")
    observations = try StatementBinder(
      db, sql: "INSERT INTO observations (\(names.joined(separator: ", "))) VALUES (\(parameters))")
    footprints = try StatementBinder(
      db, sql: "INSERT INTO footprints (obsid, size, zone, ra, dec, radius) VALUES (?, ?, ?, ?, ?, ?)")
    planes = try PlaneWriter(db)
  }

  func write(_ exposure: SyntheticSky.Exposure, levels: [Int64], row: Int64) throws {
    let corners = exposure.corners.map { "\($0.ra.sixDecimals) \($0.dec.sixDecimals)" }.joined(separator: " ")
    var plane = Plane(key: 0, observationid: exposure.name, isPublic: exposure.isPublic)
    plane.max_cal_level = levels.max()
    plane.collection = "JWST"
    plane.intent = "science"
    plane.typecode = "S"
    plane.algorithm_name = "exposure"
    plane.instrument_name = exposure.instrument
    plane.detector = exposure.name.split(separator: "_").last.map { $0.uppercased() }
    plane.dataproducttype = "image"
    plane.energy_bandpassname = exposure.filter
    plane.energy_bounds_lower = 1e-6
    plane.energy_bounds_upper = 1.3e-6
    plane.energy_energybands = "Infrared"
    plane.data_rights = exposure.isPublic ? "PUBLIC" : "EXCLUSIVE_ACCESS"
    plane.target_name = "FIELD-\(exposure.program)"
    plane.target_moving = false
    plane.target_ra = exposure.centre.ra
    plane.target_dec = exposure.centre.dec
    plane.proposal_id = String(exposure.program)
    plane.proposal_title = "A survey of the whole sky that nobody made"
    plane.provenance_name = "CALJWST"
    plane.time_bounds_lower = exposure.start
    plane.time_bounds_upper = exposure.start + exposure.exposureTime / 86_400
    plane.time_exposure = exposure.exposureTime
    let radius = 0.0127
    plane.footprint = PlaneFootprint(
      text: "Polygon " + corners, area: 0.0126 * 0.0126 * 2,
      circle: SkyCircle(center: exposure.centre, radius: radius), size: 0,
      zone: FootprintEntry.zone(ofDeclination: exposure.centre.dec))
    try write(plane, row: row, region: "POLYGON " + corners)
    for level in levels {
      plane.key = Plane.key(row: row, level: level)
      plane.calibrationlevel = level
      plane.content_size = level * 40_000_000
      try planes.write(plane)
    }
  }

  private func write(_ plane: Plane, row: Int64, region: String) throws {
    observations.bind(row)
    observations.bind(row)
    observations.bind(row)
    observations.bind(plane.observationid)
    observations.bind(plane.obsid)
    observations.bind(plane.typecode)
    observations.bind(plane.intent)
    observations.bind(plane.collection)
    observations.bind(plane.provenance_name)
    observations.bind(plane.instrument_name)
    observations.bind(plane.energy_bandpassname)
    observations.bind(plane.target_name)
    observations.bind(plane.target_ra)
    observations.bind(plane.target_dec)
    observations.bind(plane.proposal_id)
    observations.bind(plane.dataproducttype)
    observations.bind(plane.max_cal_level)
    observations.bind(plane.time_bounds_lower)
    observations.bind(plane.time_bounds_upper)
    observations.bind(plane.time_exposure)
    observations.bind(region)
    observations.bind(plane.data_rights)
    try observations.run()
    guard let footprint = plane.footprint else { return }
    footprints.bind(row)
    footprints.bind(footprint.size)
    footprints.bind(footprint.zone)
    footprints.bind(footprint.circle.center.ra)
    footprints.bind(footprint.circle.center.dec)
    footprints.bind(footprint.circle.radius)
    try footprints.run()
  }
}

extension Double {
  /// An angle to a few thousandths of an arcsecond, which is enough for what is made up.
  fileprivate var sixDecimals: Double { (self * 1e6).rounded() / 1e6 }
}
