internal import ADQL

/// A view of the database that queries see: its description, and where each column comes from.
struct CatalogueView {
  /// A column with the expression that makes it.
  struct Column {
    var column: ArchiveSchema.Column
    /// In SQL over the view's own table; `NULL` where the archive has nothing to tell.
    var source: String
  }

  var table: ArchiveSchema.Table
  /// Expressions of the columns, in the table's order.
  var sources: [String]
  /// The table or tables below, with a condition where one holds.
  var from: String
  /// Hidden columns for the spatial indexes.
  var hidden: [(name: String, source: String)] = []

  init(
    _ name: String, _ description: String, utype: String? = nil, from: String, columns: [Column],
    foreignKeys: [ArchiveSchema.ForeignKey] = [],
    isIndexedBySky: (position: (String, String)?, footprint: String)? = nil
  ) {
    var indexes: [SpatialIndex] = []
    if let sky = isIndexedBySky {
      hidden = [(Self.key, "p.\"key\"")]
      indexes = [
        SpatialIndex(name: "planes_footprint", kind: .footprint(region: sky.footprint), key: Self.key)
      ]
      if let (longitude, latitude) = sky.position {
        hidden.append((Self.zone, "p.target_zone"))
        indexes.append(
          SpatialIndex(
            name: "planes_position", kind: .position(longitude: longitude, latitude: latitude), key: Self.zone))
      }
    }
    table = ArchiveSchema.Table(
      name: name, isView: true, description: description, utype: utype, columns: columns.map(\.column),
      foreignKeys: foreignKeys, spatialIndexes: indexes)
    sources = columns.map(\.source)
    self.from = from
  }

  /// The hidden column by which the index of footprints names rows.
  static let key = "_key"

  /// The hidden column with the declination zone of the position, where the index of positions is entered.
  static let zone = "_zone"

  /// The statement that makes the view.
  var creationSQL: String {
    let columns = zip(sources, table.columns).map { "\($0) AS \(ArchiveTable.quoted($1.name))" }
    let hidden = hidden.map { "\($0.source) AS \(ArchiveTable.quoted($0.name))" }
    return "CREATE VIEW \(ArchiveTable.quoted(table.name)) AS SELECT \((columns + hidden).joined(separator: ", ")) "
      + "FROM \(from)"
  }

  /// All views, in the order in which they are shown.
  static let all = [
    main, archive, observation, plane, artifact, observationMember, planeInputs, obsCore, obsPlan,
  ]

  static let groups = [
    ArchiveSchema.Group(
      name: "jwst",
      description: "Observations of JWST in the Common Archive Observation Model: observations, planes, files.",
      utype: "caom2"),
    ArchiveSchema.Group(
      name: "ivoa",
      description:
        "The archive's data products in the IVOA's common model of observations, ObsCore 1.1, and what is planned."),
  ]
}

extension CatalogueView.Column {
  private static let stored = Set(PlaneTable.columns.map(\.name))
  private static let indexed: Set<String> = [
    "target_ra", "target_dec", "position_bounds_spoly", "observationid", "obsid", "planeid", "proposal_id",
    "target_name",
    "time_bounds_lower",
  ]

  /// A column over the table of planes: what the table has under the same name, or nothing.
  static func plane(
    _ name: String, _ type: ArchiveSchema.ValueType, _ description: String, from source: String? = nil,
    unit: String? = nil, ucd: String? = nil, utype: String? = nil, size: String? = nil, principal: Bool = false
  ) -> Self {
    let source = source ?? (stored.contains(name) ? "p." + ArchiveTable.quoted(name) : "NULL")
    return Self(
      column: ArchiveSchema.Column(
        name: name, type: type, arraySize: size, unit: unit, ucd: ucd, utype: utype.map { "caom2:" + $0 },
        description: description, isIndexed: indexed.contains(name), isPrincipal: principal), source: source)
  }

  /// The same column under another name, as an entity that shows it alone has it.
  func renamed(_ name: String) -> Self {
    var copy = self
    copy.column.name = name
    return copy
  }

  /// The same column from another place.
  func from(_ source: String, indexed: Bool = false) -> Self {
    var copy = self
    copy.source = source
    copy.column.isIndexed = indexed
    return copy
  }

  var isPrincipal: Self {
    var copy = self
    copy.column.isPrincipal = true
    return copy
  }
}
