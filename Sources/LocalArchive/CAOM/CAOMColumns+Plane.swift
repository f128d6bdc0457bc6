extension CAOMColumns {
  /// What belongs to a plane. Names that an observation has as well begin with `plane_`.
  static let plane: [CatalogueView.Column] =
    [
      .plane("planeid", .text, "Key of the plane.", ucd: "meta.id", utype: "Plane.id", size: "36"),
      .plane(
        "planeuri", .text, "URI of the plane: that of its observation and its own name.",
        from: "'caom:JWST/' || p.observationid || '/' || p.productid", ucd: "meta.ref.uri", utype: "Plane.uri"),
      .plane(
        "publisherid", .text, "Identifier under which the plane is published.",
        from: "'\(CAOMIdentifier.publisher)?' || p.observationid || '/' || p.productid", ucd: "meta.ref.ivoid",
        utype: "Plane.publisherID"),
      .plane("creatorid", .text, "Identifier that the producer gave.", ucd: "meta.id", utype: "Plane.creatorID"),
      .plane("productid", .text, "Name of the plane inside its observation.", ucd: "meta.id", utype: "Plane.productID"),
      .plane(
        "public", .boolean, "Whether anybody may fetch the data, as the archive was told when it took them in.",
        ucd: "meta.code.status", principal: true),
      .plane(
        "calibrationlevel", .int,
        "How far the data are processed: -1 planned, 0 raw, 1 uncalibrated, 2 calibrated, 3 combined, 4 contributed.",
        ucd: "meta.code;obs.calib", utype: "Plane.calibrationLevel", principal: true),
      .plane(
        "dataproducttype", .text, "Kind of data: image, spectrum, cube, timeseries or measurements.",
        ucd: "meta.code.class", utype: "Plane.dataProductType", principal: true),
      .plane(
        "plane_datarelease", .timestamp, "When the data become public, UTC.", ucd: "time.release",
        utype: "Plane.dataRelease"),

      .plane(
        "provenance_name", .text, "What made the data, in MAST's words.", ucd: "meta.id;meta.software",
        utype: "Plane.provenance.name"),
      .plane(
        "provenance_version", .text, "Version of the calibration pipeline.", ucd: "meta.version;meta.software",
        utype: "Plane.provenance.version"),
      .plane(
        "provenance_project", .text, "Project that made the data.", ucd: "meta.id", utype: "Plane.provenance.project"),
      .plane("provenance_producer", .text, "Who made the data.", ucd: "meta.id", utype: "Plane.provenance.producer"),
      .plane("provenance_runid", .text, "Which run made the data.", ucd: "meta.id", utype: "Plane.provenance.runID"),
      .plane(
        "provenance_reference", .text, "Where the making is described.", ucd: "meta.ref.url",
        utype: "Plane.provenance.reference"),
      .plane(
        "provenance_lastexecuted", .timestamp, "When the newest of the files was made, UTC.",
        ucd: "time.processing", utype: "Plane.provenance.lastExecuted"),
      .plane(
        "provenance_keywords", .text, "Keywords of the making, joined by |.", ucd: "meta.note",
        utype: "Plane.provenance.keywords"),
      .plane(
        "provenance_inputs", .text, "URIs of the planes that were combined, with blanks between them.",
        from: "(SELECT group_concat(i.inputid, ' ') FROM inputs i WHERE i.plane = p.\"key\")", ucd: "meta.ref.uri",
        utype: "Plane.provenance.inputs"),

      .plane(
        "metrics_sourcenumberdensity", .double, "Sources per area.", unit: "deg**-2", ucd: "src.density",
        utype: "Plane.metrics.sourceNumberDensity"),
      .plane(
        "metrics_background", .double, "Level of the background.", unit: "Jy/pix", ucd: "instr.background",
        utype: "Plane.metrics.background"),
      .plane(
        "metrics_backgroundstddev", .double, "Scatter of the background.", unit: "Jy/pix",
        ucd: "stat.stdev;instr.background", utype: "Plane.metrics.backgroundStddev"),
      .plane(
        "metrics_fluxdensitylimit", .double, "Faintest point source, five sigma, as flux density.", unit: "Jy",
        ucd: "phot.flux.density;stat.min", utype: "Plane.metrics.fluxDensityLimit"),
      .plane(
        "metrics_maglimit", .double, "Faintest point source, five sigma, as AB magnitude.", unit: "mag",
        ucd: "phot.mag;stat.max", utype: "Plane.metrics.magLimit"),
      .plane(
        "quality_flag", .text, "junk where the data are marked as bad.", ucd: "meta.code.qual",
        utype: "Plane.quality.flag"),

      .plane(
        "position_bounds_spoly", .region,
        "Footprint in degrees ICRS: Polygon ra dec ..., or Circle ra dec radius; several follow each other.",
        unit: "deg",
        ucd: "pos.outline;obs.field", utype: "Plane.position.bounds", principal: true),
      .plane(
        "position_bounds_center", .region, "Centre of a circle around the footprint.",
        from: "'Position ' || p.bounds_ra || ' ' || p.bounds_dec", unit: "deg", ucd: "pos.eq;obs.field",
        utype: "Plane.position.bounds.center", principal: true),
      .plane(
        "position_bounds_area", .double, "Area of the footprint; where parts overlap it counts twice.",
        unit: "deg**2", ucd: "phys.angArea;obs.field", utype: "Plane.position.bounds.area"),
      .plane(
        "position_bounds_size", .double, "Diameter of a circle around the footprint.", from: "2 * p.bounds_radius",
        unit: "deg", ucd: "phys.angSize;obs.field", utype: "Plane.position.bounds.size"),
      .plane(
        "position_dimension_naxis1", .long, "Pixels along the first axis on the sky.", ucd: "meta.number",
        utype: "Plane.position.dimension.naxis1"),
      .plane(
        "position_dimension_naxis2", .long, "Pixels along the second axis on the sky.", ucd: "meta.number",
        utype: "Plane.position.dimension.naxis2"),
      .plane(
        "position_resolution", .double, "Typical resolution on the sky.", unit: "arcsec", ucd: "pos.angResolution",
        utype: "Plane.position.resolution"),
      .plane(
        "position_samplesize", .double, "Typical size of a pixel.", unit: "arcsec", ucd: "phys.angSize;instr.pixel",
        utype: "Plane.position.sampleSize"),
      .plane(
        "position_timedependent", .int, "1 where the pointing changes during the exposure.", ucd: "meta.code",
        utype: "Plane.position.timeDependent"),

      .plane(
        "energy_bounds", .text, "Shortest and longest wavelength, with a blank between them. They are in metres.",
        from: pair("p.energy_bounds_lower", "p.energy_bounds_upper"), unit: "m", ucd: "em.wl",
        utype: "Plane.energy.bounds"),
      .plane(
        "energy_bounds_lower", .double, "Shortest wavelength. It is in metres.", unit: "m", ucd: "em.wl;stat.min",
        utype: "Plane.energy.bounds.lower"),
      .plane(
        "energy_bounds_upper", .double, "Longest wavelength. It is in metres.", unit: "m", ucd: "em.wl;stat.max",
        utype: "Plane.energy.bounds.upper"),
      .plane(
        "energy_bounds_width", .double, "Longest wavelength less the shortest. It is in metres.",
        from: "p.energy_bounds_upper - p.energy_bounds_lower", unit: "m", ucd: "instr.bandwidth",
        utype: "Plane.energy.bounds.width"),
      .plane(
        "energy_bandpassname", .text, "Filters and gratings, joined by ;", ucd: "meta.id;instr.bandpass",
        utype: "Plane.energy.bandpassName", principal: true),
      .plane(
        "energy_energybands", .text, "Parts of the spectrum, such as Infrared, joined by |.", ucd: "meta.code;em",
        utype: "Plane.energy.energyBands"),
      .plane(
        "energy_dimension", .long, "Samples along wavelength.", ucd: "meta.number;em",
        utype: "Plane.energy.dimension"),
      .plane(
        "energy_samplesize", .double, "Typical size of a sample in wavelength.", unit: "m", ucd: "em.wl;spect.binSize",
        utype: "Plane.energy.sampleSize"),
      .plane(
        "energy_freqwidth", .double, "Width of the interval in frequency.", unit: "Hz", ucd: "instr.bandwidth",
        utype: "Plane.energy.freqWidth"),
      .plane(
        "energy_freqsamplesize", .double, "Typical size of a sample in frequency.", unit: "Hz",
        ucd: "em.freq;spect.binSize", utype: "Plane.energy.freqSampleSize"),
      .plane(
        "energy_resolvingpower", .double, "Typical resolving power.", ucd: "spect.resolution",
        utype: "Plane.energy.resolvingPower"),
      .plane(
        "energy_restwav", .double, "Wavelength of a line at rest.", unit: "m", ucd: "em.wl",
        utype: "Plane.energy.restwav"),
      .plane(
        "energy_transition_species", .text, "What makes that line.", ucd: "meta.id;phys.atmol",
        utype: "Plane.energy.transition.species"),
      .plane(
        "energy_transition_transition", .text, "The transition of that line.", ucd: "phys.atmol.transition",
        utype: "Plane.energy.transition.transition"),

      .plane(
        "time_bounds", .text, "Start and end, Modified Julian Dates in UTC, with a blank between them.",
        from: pair("p.time_bounds_lower", "p.time_bounds_upper"), unit: "d", ucd: "time.interval",
        utype: "Plane.time.bounds"),
      .plane(
        "time_bounds_lower", .double, "Start, Modified Julian Date in UTC.", unit: "d", ucd: "time.start;obs.exposure",
        utype: "Plane.time.bounds.lower"),
      .plane(
        "time_bounds_upper", .double, "End, Modified Julian Date in UTC.", unit: "d", ucd: "time.end;obs.exposure",
        utype: "Plane.time.bounds.upper"),
      .plane(
        "time_bounds_width", .double, "Time from start to end.", from: "p.time_bounds_upper - p.time_bounds_lower",
        unit: "d", ucd: "time.duration", utype: "Plane.time.bounds.width"),
      .plane("time_dimension", .long, "Samples along time.", ucd: "meta.number;time", utype: "Plane.time.dimension"),
      .plane(
        "time_exposure", .double, "Exposure time.", unit: "s", ucd: "time.duration;obs.exposure",
        utype: "Plane.time.exposure"),
      .plane(
        "time_resolution", .double, "Typical resolution in time.", unit: "d", ucd: "time.resolution",
        utype: "Plane.time.resolution"),
      .plane(
        "time_samplesize", .double, "Typical length of a sample in time.", unit: "d", ucd: "time.duration",
        utype: "Plane.time.sampleSize"),

      .plane(
        "polarization_dimension", .int, "Samples along polarization.", ucd: "meta.number;phys.polarization",
        utype: "Plane.polarization.dimension"),
      .plane(
        "polarization_states", .text, "Polarization states, joined by /.", ucd: "meta.code;phys.polarization",
        utype: "Plane.polarization.states"),
    ] + bookkeeping("plane_", "plane", "Plane")

  /// Two numbers as text, where both are known.
  private static func pair(_ lower: String, _ upper: String) -> String { "\(lower) || ' ' || \(upper)" }

  /// What ESA adds to both.
  static let additions: [CatalogueView.Column] = [
    .plane(
      "max_cal_level", .int, "Highest calibration level among the planes of the observation.",
      ucd: "meta.code;obs.calib;stat.max"),
    .plane(
      "target_ra", .double, "Right ascension of the target, ICRS.", unit: "deg", ucd: "pos.eq.ra;meta.main",
      utype: "Observation.targetPosition.coordinates.cval1", principal: true),
    .plane(
      "target_dec", .double, "Declination of the target, ICRS.", unit: "deg", ucd: "pos.eq.dec;meta.main",
      utype: "Observation.targetPosition.coordinates.cval2", principal: true),
  ]

  /// A column of either list.
  static func column(_ name: String) -> CatalogueView.Column {
    // The lists are fixed: a missing name is found by the first test that opens an archive.
    (observation + plane + additions).first { $0.column.name == name }!
  }
}
