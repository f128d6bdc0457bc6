extension CatalogueView {
  /// Source: ObsCore 1.1, table 5 for the mandatory columns, appendix C for the others. Planned rows stay out, since the model knows levels
  /// from 0 to 4 alone; they are in ``obsPlan``.
  static let obsCore = CatalogueView(
    "ivoa.obscore", "The archive's planes as data products in the IVOA's model of observations.",
    utype: "ivo://ivoa.net/std/ObsCore#core-1.1",
    from: "planes p WHERE p.calibrationlevel BETWEEN 0 AND 4 AND p.collection IS NOT NULL",
    columns: mandatory + optional, isIndexedBySky: (("s_ra", "s_dec"), "s_region"))

  private static func obs(
    _ name: String, _ type: ArchiveSchema.ValueType, _ description: String, from source: String, unit: String? = nil,
    ucd: String, utype: String, indexed: Bool = false, principal: Bool = false
  ) -> Column {
    Column(
      column: ArchiveSchema.Column(
        name: name, type: type, unit: unit, ucd: ucd, utype: "obscore:" + utype, description: description,
        isIndexed: indexed, isPrincipal: principal, isStandard: true), source: source)
  }

  private static let bounds = "Char.SpatialAxis.Coverage."

  static let mandatory: [Column] = [
    obs(
      "dataproduct_type", .text, "Kind of data, in the words of the model.",
      from: "CASE WHEN p.dataproducttype IN ('image', 'cube', 'spectrum', 'sed', 'timeseries', 'visibility', 'event', "
        + "'measurements') THEN p.dataproducttype END",
      ucd: "meta.code.class", utype: "ObsDataset.dataProductType", principal: true),
    obs(
      "calib_level", .int, "How far the data are processed: 0 and 1 raw, 2 calibrated, 3 combined, 4 contributed.",
      from: "p.calibrationlevel", ucd: "meta.code;obs.calib", utype: "ObsDataset.calibLevel", principal: true),
    obs(
      "obs_collection", .text, "Name of the collection: JWST.", from: "p.collection", ucd: "meta.id",
      utype: "DataID.collection", principal: true),
    obs(
      "obs_id", .text, "Name of the observation.", from: "p.observationid", ucd: "meta.id",
      utype: "DataID.observationID", indexed: true, principal: true),
    obs(
      "obs_publisher_did", .text, "Identifier under which the plane is published.",
      from: "'\(CAOMIdentifier.publisher)?' || p.observationid || '/' || p.productid", ucd: "meta.ref.ivoid",
      utype: "Curation.publisherDID", principal: true),
    obs(
      "access_url", .text, "Where the links to the files of the plane are.",
      from:
        "(SELECT s.value FROM settings s WHERE s.name = 'service') || '/datalink/links?ID=\(CAOMIdentifier.publisher)?' "
        + "|| p.observationid || '/' || p.productid",
      ucd: "meta.ref.url", utype: "Access.reference", principal: true),
    obs(
      "access_format", .text, "Media type of what lies there.", from: "'application/x-votable+xml;content=datalink'",
      ucd: "meta.code.mime", utype: "Access.format", principal: true),
    obs(
      "access_estsize", .long, "Size of the plane's science files.", from: "(p.content_size + 999) / 1000",
      unit: "kbyte",
      ucd: "phys.size;meta.file", utype: "Access.size", principal: true),
    obs(
      "target_name", .text, "Name of the target as the programme gives it.", from: "p.target_name", ucd: "meta.id;src",
      utype: "Target.name", indexed: true, principal: true),
    obs(
      "s_ra", .double, "Right ascension of the target, ICRS.", from: "p.target_ra", unit: "deg", ucd: "pos.eq.ra",
      utype: bounds + "Location.Coord.Position2D.Value2.C1", indexed: true, principal: true),
    obs(
      "s_dec", .double, "Declination of the target, ICRS.", from: "p.target_dec", unit: "deg", ucd: "pos.eq.dec",
      utype: bounds + "Location.Coord.Position2D.Value2.C2", indexed: true, principal: true),
    obs(
      "s_fov", .double, "Diameter of a circle around the footprint.", from: "2 * p.bounds_radius", unit: "deg",
      ucd: "phys.angSize;instr.fov", utype: bounds + "Bounds.Extent.diameter", principal: true),
    obs(
      "s_region", .region, "Footprint in degrees ICRS.", from: "p.position_bounds_spoly", ucd: "pos.outline;obs.field",
      utype: bounds + "Support.Area", indexed: true, principal: true),
    obs(
      "s_resolution", .double, "Resolution on the sky.", from: "NULL", unit: "arcsec", ucd: "pos.angResolution",
      utype: "Char.SpatialAxis.Resolution.refval.value"),
    obs(
      "s_xel1", .long, "Pixels along the first axis on the sky.", from: "NULL", ucd: "meta.number",
      utype: "Char.SpatialAxis.numBins1"),
    obs(
      "s_xel2", .long, "Pixels along the second axis on the sky.", from: "NULL", ucd: "meta.number",
      utype: "Char.SpatialAxis.numBins2"),
    obs(
      "t_min", .double, "Start, Modified Julian Date in UTC.", from: "p.time_bounds_lower", unit: "d",
      ucd: "time.start;obs.exposure", utype: "Char.TimeAxis.Coverage.Bounds.Limits.StartTime", indexed: true,
      principal: true),
    obs(
      "t_max", .double, "End, Modified Julian Date in UTC.", from: "p.time_bounds_upper", unit: "d",
      ucd: "time.end;obs.exposure", utype: "Char.TimeAxis.Coverage.Bounds.Limits.StopTime", principal: true),
    obs(
      "t_exptime", .double, "Exposure time.", from: "p.time_exposure", unit: "s", ucd: "time.duration;obs.exposure",
      utype: "Char.TimeAxis.Coverage.Support.Extent", principal: true),
    obs(
      "t_resolution", .double, "Resolution in time.", from: "NULL", unit: "s", ucd: "time.resolution",
      utype: "Char.TimeAxis.Resolution.Refval.value"),
    obs("t_xel", .long, "Samples along time.", from: "NULL", ucd: "meta.number", utype: "Char.TimeAxis.numBins"),
    obs(
      "em_min", .double, "Shortest wavelength.", from: "p.energy_bounds_lower", unit: "m", ucd: "em.wl;stat.min",
      utype: "Char.SpectralAxis.Coverage.Bounds.Limits.LoLimit", principal: true),
    obs(
      "em_max", .double, "Longest wavelength.", from: "p.energy_bounds_upper", unit: "m", ucd: "em.wl;stat.max",
      utype: "Char.SpectralAxis.Coverage.Bounds.Limits.HiLimit", principal: true),
    obs(
      "em_res_power", .double, "Resolving power.", from: "NULL", ucd: "spect.resolution",
      utype: "Char.SpectralAxis.Resolution.ResolPower.refVal"),
    obs(
      "em_xel", .long, "Samples along wavelength.", from: "NULL", ucd: "meta.number",
      utype: "Char.SpectralAxis.numBins"),
    obs(
      "o_ucd", .text, "What the values of the data are.", from: "NULL", ucd: "meta.ucd",
      utype: "Char.ObservableAxis.ucd"),
    obs(
      "pol_states", .text, "Polarization states.", from: "NULL", ucd: "meta.code;phys.polarization",
      utype: "Char.PolarizationAxis.stateList"),
    obs(
      "pol_xel", .long, "Samples along polarization.", from: "NULL", ucd: "meta.number",
      utype: "Char.PolarizationAxis.numBins"),
    obs(
      "facility_name", .text, "Name of the telescope.", from: "'JWST'", ucd: "meta.id;instr.tel",
      utype: "Provenance.ObsConfig.Facility.name", principal: true),
    obs(
      "instrument_name", .text, "Instrument with its mode.", from: "p.instrument_name", ucd: "meta.id;instr",
      utype: "Provenance.ObsConfig.Instrument.name", principal: true),
  ]

  private static let optional: [Column] = [
    obs(
      "obs_title", .text, "Title of the programme.", from: "p.proposal_title", ucd: "meta.title;obs",
      utype: "DataID.title"),
    obs(
      "target_class", .text, "Words that classify the target, joined by |.", from: "p.target_keywords",
      ucd: "src.class",
      utype: "Target.class"),
    obs(
      "obs_release_date", .timestamp, "When the data become public, UTC.", from: "p.plane_datarelease",
      ucd: "time.release", utype: "Curation.releaseDate"),
    obs(
      "data_rights", .text, "public or proprietary.",
      from: "CASE p.public WHEN 1 THEN 'public' WHEN 0 THEN 'proprietary' END", ucd: "meta.code",
      utype: "Curation.rights"),
    obs(
      "proposal_id", .text, "Number of the programme, without leading zeros.", from: "p.proposal_id",
      ucd: "meta.id;obs.proposal", utype: "Provenance.Proposal.identifier", indexed: true),
  ]
}
