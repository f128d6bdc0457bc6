extension CatalogueView {
  /// What the newer model adds to planes.
  static let planeExtras: [Column] =
    [
      .plane("metaproducer", .text, "What made the metadata.", ucd: "meta.id", utype: "Plane.metaProducer"),
      .plane(
        "metareadgroups", .text, "Groups that may read the metadata.", ucd: "meta.id", utype: "Plane.metaReadGroups"),
      .plane("datareadgroups", .text, "Groups that may read the data.", ucd: "meta.id", utype: "Plane.dataReadGroups"),
      .plane(
        "observable_ucd", .text, "What the values of the data are.", ucd: "meta.ucd", utype: "Plane.observable.ucd"),
      .plane(
        "metrics_samplesnr", .double, "Typical signal-to-noise ratio of a sample.", ucd: "stat.snr",
        utype: "Plane.metrics.sampleSNR"),
      .plane(
        "position_bounds", .region, "Footprint in degrees ICRS, as position_bounds_spoly.",
        from: "p.position_bounds_spoly", unit: "deg", ucd: "pos.outline;obs.field", utype: "Plane.position.bounds"),
      .plane(
        "position_bounds_samples", .text, "Parts of the footprint that hold data.", ucd: "pos.outline;obs.field",
        utype: "Plane.position.bounds.samples"),
      .plane(
        "energy_bounds_samples", .text, "Parts of the wavelength interval that hold data.", unit: "m", ucd: "em.wl",
        utype: "Plane.energy.bounds.samples"),
      .plane(
        "time_bounds_samples", .text, "Parts of the time interval that hold data.", unit: "d", ucd: "time.interval",
        utype: "Plane.time.bounds.samples"),
    ]
    + interval(
      "position_resolutionbounds", "resolution on the sky", "arcsec", "pos.angResolution",
      "Plane.position.resolutionBounds")
    + interval(
      "energy_resolvingpowerbounds", "resolving power", nil, "spect.resolution",
      "Plane.energy.resolvingPowerBounds")
    + interval("time_resolutionbounds", "resolution in time", "d", "time.resolution", "Plane.time.resolutionBounds") + [
      .plane(
        "custom_ctype", .text, "What an axis of the data's own counts.", ucd: "meta.code",
        utype: "Plane.custom.ctype")
    ] + interval("custom_bounds", "value along that axis", nil, "meta.number", "Plane.custom.bounds") + [
      .plane(
        "custom_bounds_width", .double, "Largest less smallest value along that axis.", ucd: "meta.number",
        utype: "Plane.custom.bounds.width"),
      .plane(
        "custom_bounds_samples", .text, "Parts of that axis that hold data.", ucd: "meta.number",
        utype: "Plane.custom.bounds.samples"),
      .plane(
        "custom_dimension", .long, "Samples along that axis.", ucd: "meta.number",
        utype: "Plane.custom.dimension"),
    ]

  private static func interval(
    _ name: String, _ what: String, _ unit: String?, _ ucd: String, _ utype: String
  ) -> [Column] {
    [
      .plane(name, .text, "Smallest and largest \(what).", unit: unit, ucd: ucd, utype: utype),
      .plane(
        name + "_lower", .double, "Smallest \(what).", unit: unit, ucd: ucd + ";stat.min", utype: utype + ".lower"),
      .plane(name + "_upper", .double, "Largest \(what).", unit: unit, ucd: ucd + ";stat.max", utype: utype + ".upper"),
    ]
  }

  static let artifact = CatalogueView(
    "jwst.artifact", "Files, each under the plane that it was made for.", utype: "caom2:Artifact", from: "artifacts a",
    columns: [
      file("artifactid", .text, "Key of the file.", ucd: "meta.id", utype: "id", size: "36", indexed: true),
      file("planeid", .text, "Key of the plane.", ucd: "meta.id", utype: "planeID", size: "36", indexed: true),
      file("obsid", .text, "Key of the observation.", ucd: "meta.id", utype: "obsID", size: "36", indexed: true),
      file("uri", .text, "Name of the file in MAST's archive.", ucd: "meta.ref.uri", utype: "uri", indexed: true),
      file("filename", .text, "Name of the file.", ucd: "meta.id;meta.file", indexed: true).isPrincipal,
      file(
        "producttype", .text, "What the file is for: science, auxiliary, info, preview or thumbnail.",
        ucd: "meta.code", utype: "productType"
      ).isPrincipal,
      file(
        "releasetype", .text, "Which date of release governs the file: data or meta.", from: "'data'",
        ucd: "meta.code", utype: "releaseType"),
      file("contenttype", .text, "Media type.", ucd: "meta.code.mime", utype: "contentType").isPrincipal,
      file("contentlength", .long, "Size.", unit: "byte", ucd: "phys.size;meta.file", utype: "contentLength")
        .isPrincipal,
      file(
        "contentchecksum", .text, "Checksum of the bytes: md5: and hexadecimal digits.", ucd: "meta.checksum",
        utype: "contentChecksum"),
      file(
        "contentrelease", .timestamp, "When the file becomes public, UTC.", ucd: "time.release",
        utype: "contentRelease"),
      file(
        "contentreadgroups", .text, "Groups that may read the file.", from: "NULL", ucd: "meta.id",
        utype: "contentReadGroups"),
      file("metaproducer", .text, "What made the metadata.", from: "NULL", ucd: "meta.id", utype: "metaProducer"),
    ] + CAOMColumns.bookkeeping("", "file", "Artifact").filter { $0.column.name != "metarelease" },
    foreignKeys: [
      .init(target: "jwst.plane", from: ["planeid"], to: ["planeid"]),
      .init(target: "jwst.observation", from: ["obsid"], to: ["obsid"]),
    ])

  private static func file(
    _ name: String, _ type: ArchiveSchema.ValueType, _ description: String, from source: String? = nil,
    unit: String? = nil, ucd: String? = nil, utype: String? = nil, size: String? = nil, indexed: Bool = false
  ) -> Column {
    Column.plane(
      name, type, description, unit: unit, ucd: ucd, utype: utype.map { "Artifact." + $0 }, size: size
    ).from(source ?? "a." + name, indexed: indexed)
  }

  static let observationMember = CatalogueView(
    "jwst.observationmember", "Which observations were combined into which.", utype: "caom2:ObservationMember",
    from: "members m",
    columns: [
      Column.plane(
        "parentid", .text, "Key of the combined observation.", ucd: "meta.id", utype: "ObservationMember.parentID",
        size: "36", principal: true
      ).from("m.parentid", indexed: true),
      Column.plane(
        "memberid", .text, "URI of the observation that went into it.", ucd: "meta.ref.uri",
        utype: "ObservationMember.memberID", principal: true
      ).from("m.memberid", indexed: true),
    ], foreignKeys: [.init(target: "jwst.observation", from: ["parentid"], to: ["obsid"])])

  static let planeInputs = CatalogueView(
    "jwst.plane_inputs", "Which planes were made from which.", utype: "caom2:ProvenanceInput", from: "inputs i",
    columns: [
      Column.plane(
        "outputid", .text, "Key of the plane that was made.", ucd: "meta.id", utype: "ProvenanceInput.outputID",
        size: "36", principal: true
      ).from("i.outputid", indexed: true),
      Column.plane(
        "inputid", .text, "URI of the plane that it was made from.", ucd: "meta.ref.uri",
        utype: "ProvenanceInput.inputID", principal: true
      ).from("i.inputid", indexed: true),
    ], foreignKeys: [.init(target: "jwst.plane", from: ["outputid"], to: ["planeid"])])
}
