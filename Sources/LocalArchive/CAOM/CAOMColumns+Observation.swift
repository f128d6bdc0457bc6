/// The columns of CAOM's entities, each described once for all views that have it.
enum CAOMColumns {}

extension CAOMColumns {
  /// What belongs to an observation as a whole. Names that a plane has as well begin with `obs_`.
  static let observation: [CatalogueView.Column] =
    [
      .plane(
        "observationid", .text, "Name of the observation: the root of its file names.", ucd: "meta.id;meta.main",
        utype: "Observation.observationID", principal: true),
      .plane(
        "observationuri", .text, "URI of the observation, caom:JWST/ and its name.",
        from: "'caom:JWST/' || p.observationid", ucd: "meta.ref.uri", utype: "Observation.uri"),
      .plane("obsid", .text, "Key of the observation.", ucd: "meta.id", utype: "Observation.id", size: "36"),
      .plane("collection", .text, "Name of the collection: JWST.", ucd: "meta.id", utype: "Observation.collection"),
      .plane(
        "intent", .text, "Whether the data were taken for science or for calibration.", ucd: "meta.code",
        utype: "Observation.intent", principal: true),
      .plane(
        "type", .text, "Whether the exposure was the prime one or made in parallel, in the observatory's words.",
        ucd: "meta.code", utype: "Observation.type"),
      .plane(
        "typecode", .text, "S for a simple observation, C for one combined from others.", ucd: "meta.code",
        utype: "Observation.typeCode", size: "1*"),
      .plane(
        "algorithm_name", .text, "How the observation came to be: exposure for a single one.", ucd: "meta.id",
        utype: "Observation.algorithm.name"),
      .plane(
        "members", .text, "URIs of the observations that were combined, with blanks between them.", ucd: "meta.ref.uri",
        utype: "DerivedObservation.members"),
      .plane("parenturi", .text, "URI of the combined observation that this one belongs to.", ucd: "meta.ref.uri"),
      .plane(
        "sequencenumber", .int, "Running number that the observatory gave.", ucd: "meta.number",
        utype: "Observation.sequenceNumber"),
      .plane(
        "proposal_id", .text, "Number of the programme, without leading zeros.", ucd: "meta.id;obs.proposal",
        utype: "Observation.proposal.id", principal: true),
      .plane(
        "proposal_pi", .text, "Principal investigator.", ucd: "meta.id.PI;obs.proposal",
        utype: "Observation.proposal.pi"),
      .plane(
        "proposal_project", .text, "Kind of the programme, such as GO, GTO, DD or CAL.", ucd: "meta.code;obs.proposal",
        utype: "Observation.proposal.project"),
      .plane(
        "proposal_title", .text, "Title of the programme.", ucd: "meta.title;obs.proposal",
        utype: "Observation.proposal.title"),
      .plane(
        "proposal_keywords", .text, "Keywords of the programme, joined by |.", ucd: "meta.note;obs.proposal",
        utype: "Observation.proposal.keywords"),
      .plane(
        "target_name", .text, "Name of the target as the programme gives it.", ucd: "meta.id;src",
        utype: "Observation.target.name", principal: true),
      .plane(
        "target_type", .text, "Whether the target is an object or a field.", ucd: "src.class",
        utype: "Observation.target.type"),
      .plane(
        "target_standard", .int, "1 where the target is a standard.", ucd: "meta.code",
        utype: "Observation.target.standard"),
      .plane(
        "target_redshift", .double, "Redshift of the target.", ucd: "src.redshift",
        utype: "Observation.target.redshift"),
      .plane(
        "target_keywords", .text, "Words that classify the target, joined by |.", ucd: "src.class",
        utype: "Observation.target.keywords"),
      .plane("target_moving", .int, "1 where the target moves.", ucd: "meta.code", utype: "Observation.target.moving"),
      .plane(
        "targetposition_coordsys", .text, "Frame of the target's position.", from: coordinateFrame("p.target_ra"),
        ucd: "pos.frame", utype: "Observation.targetPosition.coordsys"),
      .plane(
        "targetposition_equinox", .double, "Equinox of that frame.", unit: "yr", ucd: "time.equinox",
        utype: "Observation.targetPosition.equinox"),
      .plane(
        "telescope_name", .text, "Name of the telescope: JWST.", from: "'JWST'", ucd: "meta.id;instr.tel",
        utype: "Observation.telescope.name"),
      .plane(
        "telescope_keywords", .text, "Keywords of the telescope, joined by |.", ucd: "meta.note;instr.tel",
        utype: "Observation.telescope.keywords"),
      .plane(
        "telescope_geolocationx", .double, "Place of a telescope on the ground; empty in space.", unit: "m",
        ucd: "pos.geocentric", utype: "Observation.telescope.geoLocationX"),
      .plane(
        "telescope_geolocationy", .double, "Place of a telescope on the ground; empty in space.", unit: "m",
        ucd: "pos.geocentric", utype: "Observation.telescope.geoLocationY"),
      .plane(
        "telescope_geolocationz", .double, "Place of a telescope on the ground; empty in space.", unit: "m",
        ucd: "pos.geocentric", utype: "Observation.telescope.geoLocationZ"),
      .plane(
        "instrument_name", .text, "Instrument with its mode, such as NIRCAM/IMAGE.", ucd: "meta.id;instr",
        utype: "Observation.instrument.name", principal: true),
      .plane(
        "instrument_keywords", .text, "Keywords of the instrument, joined by |.", ucd: "meta.note;instr",
        utype: "Observation.instrument.keywords"),
      .plane(
        "environment_seeing", .double, "Seeing; empty in space.", unit: "arcsec", ucd: "instr.obsty.seeing",
        utype: "Observation.environment.seeing"),
      .plane(
        "environment_humidity", .double, "Humidity; empty in space.", ucd: "obs.atmos",
        utype: "Observation.environment.humidity"),
      .plane(
        "environment_elevation", .double, "Elevation of the telescope; empty in space.", unit: "deg",
        ucd: "pos.az.alt", utype: "Observation.environment.elevation"),
      .plane(
        "environment_tau", .double, "Opacity of the sky; empty in space.", ucd: "phys.absorption.opticalDepth",
        utype: "Observation.environment.tau"),
      .plane(
        "environment_wavelengthtau", .double, "Wavelength of that opacity; empty in space.", unit: "m", ucd: "em.wl",
        utype: "Observation.environment.wavelengthTau"),
      .plane(
        "environment_ambienttemp", .double, "Temperature of the air in degrees Celsius; empty in space.",
        ucd: "phys.temperature", utype: "Observation.environment.ambientTemp"),
      .plane(
        "environment_photometric", .int, "1 in photometric conditions; empty in space.", ucd: "meta.code",
        utype: "Observation.environment.photometric"),
      .plane(
        "requirements_flag", .text, "fail where the programme's requirements were not met.", ucd: "meta.code.qual",
        utype: "Observation.requirements.flag"),
    ] + bookkeeping("obs_", "observation", "Observation")

  /// The frame where there is a position, since all positions of the archive are in the same.
  static func coordinateFrame(_ position: String) -> String { "CASE WHEN \(position) IS NOT NULL THEN 'ICRS' END" }

  /// The columns by which the archive's database keeps track of an entity.
  static func bookkeeping(
    _ prefix: String, _ entity: String, _ utype: String
  ) -> [CatalogueView.Column] {
    [
      .plane(
        prefix + "metarelease", .timestamp, "When the metadata of the \(entity) became public.",
        ucd: "time.release", utype: utype + ".metaRelease"),
      .plane(
        prefix + "lastmodified", .timestamp, "Last change of the \(entity)'s row.", ucd: "time.processing",
        utype: utype + ".lastModified"),
      .plane(
        prefix + "maxlastmodified", .timestamp, "Last change of the \(entity) or anything below it.",
        ucd: "time.processing", utype: utype + ".maxLastModified"),
      .plane(
        prefix + "metachecksum", .text, "Checksum of the \(entity)'s metadata.", ucd: "meta.checksum",
        utype: utype + ".metaChecksum"),
      .plane(
        prefix + "accmetachecksum", .text, "Checksum of the metadata of the \(entity) and all below it.",
        ucd: "meta.checksum", utype: utype + ".accMetaChecksum"),
    ]
  }
}
