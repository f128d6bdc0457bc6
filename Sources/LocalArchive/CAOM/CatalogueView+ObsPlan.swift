extension CatalogueView {
  /// What is planned and not yet made. Source: ObsLocTAP 1.0, section 3: the columns of ObsCore that a plan can have, and those of its own.
  static let obsPlan = CatalogueView(
    "ivoa.obsplan", "Planned observations in the IVOA's model of observing plans.",
    utype: "ivo://ivoa.net/std/obsloctap#table-1.0", from: "planes p WHERE p.calibrationlevel = -1", columns: plan,
    isIndexedBySky: (("s_ra", "s_dec"), "s_region"))

  /// In the order of the standard's table.
  private static let plan: [Column] =
    [
      own(
        "t_planning", .double, "When the archive got the row, new or changed, Modified Julian Date in UTC.",
        from: "(SELECT o.planned_on FROM observations o WHERE o.\"row\" = p.\"key\" / 8)", unit: "d")
    ]
    + shared(["target_name", "obs_id", "obs_collection", "s_ra", "s_dec", "s_fov", "s_region", "s_resolution"])
    + shared(["t_min", "t_max", "t_exptime", "t_resolution", "em_min", "em_max", "em_res_power", "o_ucd"])
    + shared(["pol_states", "pol_xel", "facility_name", "instrument_name"]) + [
      own(
        "t_plan_exptime", .double, "Exposure time that is planned.", from: "p.time_exposure", unit: "s",
        ucd: "time.duration;obs.exposure", utype: "Char.TimeAxis.Coverage.Support.Extent"),
      own(
        "category", .text, "Fixed, Coordinated, Window or Other; MAST's plan does not tell, so that it is Other.",
        from: "'Other'"),
      own(
        "priority", .int, "From 0, easily moved, to 2, hardly moved; MAST's plan does not tell, so that it is 1.",
        from: "1"),
      own(
        "execution_status", .text, "Planned: what is done or was given up leaves the plan.", from: "'Planned'"),
      own(
        "tracking_type", .text, "Sidereal or Solar-system-object-tracking.",
        from: "CASE p.target_moving WHEN 1 THEN 'Solar-system-object-tracking' ELSE 'Sidereal' END"),
      Column(
        column: ArchiveSchema.Column(
          name: "proposal_id", type: .text, ucd: "meta.id;obs.proposal", utype: "Provenance.Proposal.identifier",
          description: "Number of the programme, without leading zeros.", isIndexed: true), source: "p.proposal_id"),
    ]

  private static func own(
    _ name: String, _ type: ArchiveSchema.ValueType, _ description: String, from source: String, unit: String? = nil,
    ucd: String? = nil, utype: String? = nil
  ) -> Column {
    Column(
      column: ArchiveSchema.Column(
        name: name, type: type, unit: unit, ucd: ucd, utype: utype, description: description, isPrincipal: true,
        isStandard: true), source: source)
  }

  /// Columns of ObsCore, which mean the same here.
  private static func shared(_ names: [String]) -> [Column] {
    names.compactMap { name in
      guard var found = mandatory.first(where: { $0.column.name == name }) else { return nil }
      found.column.utype = found.column.utype.map { String($0.dropFirst("obscore:".count)) }
      // Nothing was exposed yet.
      if name == "t_exptime" { found.source = "NULL" }
      return found
    }
  }
}
