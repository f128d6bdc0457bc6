extension CatalogueView {
  /// One row per plane with everything about it and its observation.
  static let main = CatalogueView(
    "jwst.main", "Planes with their observations: one row for each calibration level of each observation.", utype: nil,
    from: "planes p",
    columns: (CAOMColumns.observation + CAOMColumns.plane + CAOMColumns.additions)
      .sorted { $0.column.name < $1.column.name },
    foreignKeys: [
      .init(target: "jwst.observation", from: ["obsid"], to: ["obsid"]),
      .init(target: "jwst.plane", from: ["planeid"], to: ["planeid"]),
    ], isIndexedBySky: (("target_ra", "target_dec"), "position_bounds_spoly"))

  /// The same rows with fewer columns, and some that say what can be seen.
  static let archive = CatalogueView(
    "jwst.archive", "Planes in brief: one row for each calibration level of each observation.", from: "planes p",
    columns: [
      "observationid", "calibrationlevel", "public", "intent", "collection", "dataproducttype", "instrument_name",
    ].map(CAOMColumns.column) + [
      .plane("detector", .text, "Detector, MULTIPLE where several were combined.", ucd: "meta.id;instr.det"),
      .plane("template", .text, "Template of the proposal tool by which the observation was made.", ucd: "meta.id"),
    ]
      + [
        "energy_bandpassname", "energy_bounds_lower", "energy_bounds_upper", "energy_bounds_width",
      ].map(CAOMColumns.column) + [
        .plane(
          "wave_central", .double, "Centre of the band. It is in micrometres.",
          from: "(p.energy_bounds_lower + p.energy_bounds_upper) * 5e5", unit: "um", ucd: "em.wl.central")
      ]
      + [
        "target_name", "proposal_id", "proposal_pi", "proposal_title", "max_cal_level", "members", "obsid", "planeid",
        "planeuri", "observationuri", "publisherid", "plane_datarelease", "position_bounds_spoly",
        "position_bounds_center",
      ].map(CAOMColumns.column) + [
        CAOMColumns.column("target_ra").renamed("targetposition_coordinates_cval1"),
        CAOMColumns.column("target_dec").renamed("targetposition_coordinates_cval2"),
      ] + ["time_bounds_lower", "time_bounds_upper", "time_exposure"].map(CAOMColumns.column) + [
        .plane(
          "vis_cube", .boolean, "Whether the plane holds a cube that can be looked at.",
          from: "p.calibrationlevel >= 2 AND p.dataproducttype IS 'cube'", ucd: "meta.code"),
        .plane(
          "vis_image", .boolean, "Whether the plane holds an image that can be looked at.",
          from: "p.calibrationlevel >= 2 AND p.dataproducttype IS 'image'", ucd: "meta.code"),
      ],
    foreignKeys: [.init(target: "jwst.plane", from: ["planeid"], to: ["planeid"])],
    isIndexedBySky: (
      ("targetposition_coordinates_cval1", "targetposition_coordinates_cval2"), "position_bounds_spoly"
    ))

  static let observation = CatalogueView(
    "jwst.observation", "Observations: exposures on one detector, and what was combined from several.",
    utype: "caom2:Observation", from: "observations o WHERE o.obs_uuid IS NOT NULL",
    columns: CAOMColumns.observation.filter { !["parenturi"].contains($0.column.name) }.map { column in
      let name = column.column.name
      return (name.hasPrefix("obs_") ? column.renamed(String(name.dropFirst(4))) : column)
        .from(observationSources[name] ?? "NULL", indexed: ["obsid", "observationid"].contains(name))
    } + [
      CAOMColumns.column("target_ra").renamed("targetposition_coordinates_cval1").from("o.s_ra"),
      CAOMColumns.column("target_dec").renamed("targetposition_coordinates_cval2").from("o.s_dec"),
      .plane(
        "target_targetid", .text, "Identifier of the target.", ucd: "meta.id;src",
        utype: "Observation.target.targetID"),
      .plane("metaproducer", .text, "What made the metadata.", ucd: "meta.id", utype: "Observation.metaProducer"),
      .plane(
        "metareadgroups", .text, "Groups that may read the metadata.", ucd: "meta.id",
        utype: "Observation.metaReadGroups"),
    ])

  private static let observationSources: [String: String] = [
    "observationid": "o.obs_id", "observationuri": "'caom:JWST/' || o.obs_id", "obsid": "o.obs_uuid",
    "collection": "o.obs_collection", "intent": "o.intentType", "typecode": "o.typecode",
    "type": "(SELECT p.type FROM planes p WHERE p.\"key\" BETWEEN o.\"row\" * 8 AND o.\"row\" * 8 + 7 LIMIT 1)",
    "algorithm_name": "CASE WHEN o.typecode = 'S' THEN 'exposure' END",
    "members": "(SELECT group_concat(m.memberid, ' ') FROM members m WHERE m.parent = o.\"row\")",
    "sequencenumber": "o.sequence_number", "proposal_id": "ltrim(o.proposal_id, '0')", "proposal_pi": "o.proposal_pi",
    "proposal_project": "o.proposal_type", "proposal_title": "o.obs_title", "target_name": "o.target_name",
    "target_keywords": "replace(replace(o.target_classification, '; ', '|'), ';', '|')", "target_moving": "o.mtFlag",
    "targetposition_coordsys": CAOMColumns.coordinateFrame("o.s_ra"), "telescope_name": "'JWST'",
    "instrument_name": "o.instrument_name",
  ]

  static let plane = CatalogueView(
    "jwst.plane", "Planes: the calibration levels of each observation.", utype: "caom2:Plane", from: "planes p",
    columns: [CAOMColumns.column("obsid")]
      + CAOMColumns.plane.map { column in
        let name = column.column.name
        return name.hasPrefix("plane_") ? column.renamed(String(name.dropFirst(6))) : column
      } + planeExtras,
    foreignKeys: [.init(target: "jwst.observation", from: ["obsid"], to: ["obsid"])],
    isIndexedBySky: (nil, "position_bounds_spoly"))
}
