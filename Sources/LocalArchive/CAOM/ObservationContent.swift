internal import Holdings
internal import SkyGeometry

/// What CAOM's model makes of an observation and the files that it lists. A pure function of both.
struct ObservationContent {
  /// Key of the observation's row.
  let row: Int64
  let name: String
  let obsid: String
  /// `C` for what was combined from other observations, else `S`.
  let typecode: String
  /// URIs of the observations that were combined.
  let members: [String]
  /// URIs of the planes that were combined.
  let inputs: [String]
  let planes: [Plane]
  let artifacts: [Artifact]

  init(_ observation: Observation, name: String, row: Int64, files: [ListedFile]) {
    self.row = row
    self.name = name
    obsid = CAOMIdentifier.uuid(CAOMIdentifier.observationURI(name))
    let parsed = JWSTName(name)
    let isCombined = parsed.map { $0.kind == .level3 } ?? ((observation.calib_level ?? 0) >= 3)
    typecode = isCombined ? "C" : "S"
    let foreign = isCombined ? files.filter(\.isMembers) : []
    members = Set(foreign.compactMap(\.owner)).sorted().map(CAOMIdentifier.observationURI)
    inputs = Set(foreign.filter { $0.level == 2 && $0.isScience }.compactMap(\.owner)).sorted()
      .map { CAOMIdentifier.planeURI($0, level: 2) }

    let own = files.filter(\.isOwn)
    let ownLevel = observation.calib_level.flatMap(Plane.knownLevel) ?? own.compactMap(\.level).max()
    let levels = Set(own.map { $0.level ?? ownLevel } + [ownLevel])
    let highest = levels.compactMap { $0 }.max()
    var general = Plane(observation, name: name)
    general.detector = parsed?.detector?.rawValue.uppercased()
    general.typecode = typecode
    general.algorithm_name = isCombined ? nil : "exposure"
    general.max_cal_level = highest
    general.members = members.isEmpty ? nil : members.joined(separator: " ")
    general.footprint = PlaneFootprint(observation)
    planes = levels.sorted { ($0 ?? .max) < ($1 ?? .max) }.map { level in
      var plane = general
      plane.key = Plane.key(row: row, level: level)
      plane.calibrationlevel = level
      plane.take(own.filter { ($0.level ?? ownLevel) == level }, all: own)
      return plane
    }
    var places: [Int64?: (key: Int64, planeid: String)] = [:]
    for plane in planes { places[plane.calibrationlevel] = (plane.key, plane.planeid) }
    let release = general.plane_datarelease
    let obsid = obsid
    artifacts = files.compactMap { file in
      guard file.isFirstClaim, !file.isMembers else { return nil }
      guard let place = places[file.level] ?? places[ownLevel] else { return nil }
      return Artifact(file, plane: place, obsid: obsid, release: release)
    }
  }

  /// The plane that holds what was combined.
  var combinedPlane: Plane? { planes.last { ($0.calibrationlevel ?? 0) >= 3 } }
}

extension Plane {
  /// What an observation says about each of its planes.
  fileprivate init(_ row: Observation, name: String) {
    key = 0
    observationid = name
    collection = row.obs_collection
    intent = row.intentType
    sequencenumber = row.sequence_number
    instrument_name = row.instrument_name
    dataproducttype = row.dataproduct_type
    energy_bandpassname = row.filters
    energy_bounds_lower = row.em_min.map { $0 / 1e9 }
    energy_bounds_upper = row.em_max.map { $0 / 1e9 }
    energy_energybands = row.wavelength_region.map { Self.words($0) { $0.prefix(1) + $0.dropFirst().lowercased() } }
    data_rights = row.dataRights
    isPublic = row.dataRights.map { $0.uppercased() == "PUBLIC" } ?? true
    target_name = row.target_name
    target_keywords = row.target_classification.map { Self.words($0) { String($0) } }
    target_moving = row.mtFlag
    target_ra = row.s_ra
    target_dec = row.s_dec
    proposal_id = row.proposal_id.map { String($0.drop { $0 == "0" }) }
    proposal_pi = row.proposal_pi
    proposal_title = row.obs_title
    proposal_project = row.proposal_type
    provenance_name = row.provenance_name
    provenance_project = row.project
    plane_datarelease = row.t_obs_release.map { ModifiedJulianDate(rawValue: $0).isoText() }
    time_bounds_lower = row.t_min
    time_bounds_upper = row.t_max
    time_exposure = row.t_exptime
  }

  /// Adds what the observation's own files say: those of the plane's level, or any where these are silent.
  fileprivate mutating func take(_ here: [ListedFile], all files: [ListedFile]) {
    if let held = here.first(where: { !$0.isPublic }) {
      isPublic = false
      data_rights = held.rights
    }
    if let found = here.lazy.compactMap(\.detector).first { detector = found }
    template = (here.lazy.compactMap(\.template).first ?? files.lazy.compactMap(\.template).first)
    type = (here.lazy.compactMap(\.parallel).first ?? files.lazy.compactMap(\.parallel).first)
    provenance_version = here.lazy.filter(\.isScience).compactMap(\.version).max()
    provenance_lastexecuted = here.compactMap(\.made).max().map { ModifiedJulianDate(rawValue: $0).isoText() }
    let sizes = here.filter(\.isScience).compactMap(\.size)
    content_size = sizes.isEmpty ? nil : sizes.reduce(0) { $0.addingReportingOverflow($1).partialValue }
  }

  /// Parts between semicolons, joined as CAOM joins keywords.
  private static func words(_ text: String, _ change: (Substring) -> String) -> String {
    text.split(separator: ";").map { change($0.drop { $0 == " " }) }.joined(separator: "|")
  }
}

extension Artifact {
  fileprivate init(_ file: ListedFile, plane: (key: Int64, planeid: String), obsid: String, release: String?) {
    uri = file.uri
    self.plane = plane.key
    self.obsid = obsid
    planeid = plane.planeid
    filename = file.filename ?? file.uri.split(separator: "/").last.map(String.init)
    producttype = file.productType?.lowercased()
    contenttype = filename.flatMap(ContentType.mediaType)
    contentlength = file.size
    contentchecksum = file.md5.map { "md5:" + $0.lowercased() }
    contentrelease = file.release.map { ModifiedJulianDate(rawValue: $0).isoText() } ?? release
  }
}

/// Media types of the files that the archive holds.
enum ContentType {
  /// The media type that the ending of a name tells; `nil` for endings that JWST files do not have.
  static func mediaType(of filename: String) -> String? {
    guard let dot = filename.lastIndex(of: ".") else { return nil }
    return types[filename[filename.index(after: dot)...].lowercased()]
  }

  private static let types = [
    "fits": "application/fits", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "json": "application/json", "csv": "text/csv", "ecsv": "text/csv", "txt": "text/plain", "gz": "application/gzip",
    "asdf": "application/x-asdf",
  ]
}
