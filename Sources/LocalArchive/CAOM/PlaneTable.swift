internal import GRDB
internal import SkyGeometry

/// The table `planes`: its columns, listed once for making the table and for writing rows.
enum PlaneTable {
  struct Column: Sendable {
    var name: String
    var storage: String
    var bind: @Sendable (Plane, inout StatementBinder) -> Void

    static func text(_ name: String, _ value: @escaping @Sendable (Plane) -> String?) -> Column {
      Column(name: name, storage: "TEXT") { $1.bind(value($0)) }
    }
    static func integer(_ name: String, _ value: @escaping @Sendable (Plane) -> Int64?) -> Column {
      Column(name: name, storage: "INTEGER") { $1.bind(value($0)) }
    }
    static func real(_ name: String, _ value: @escaping @Sendable (Plane) -> Double?) -> Column {
      Column(name: name, storage: "REAL") { $1.bind(value($0)) }
    }
  }

  /// All columns but the key. The short ones that searches look at come first: SQLite walks a row from its start.
  static let columns: [Column] = [
    .integer("calibrationlevel") { $0.calibrationlevel },
    .integer("max_cal_level") { $0.max_cal_level },
    .integer("public") { $0.isPublic ? 1 : 0 },
    .real("target_ra") { $0.target_ra },
    .real("target_dec") { $0.target_dec },
    .integer("target_zone") { $0.targetZone.map(Int64.init) },
    .integer("bounds_class") { ($0.footprint?.size).map(Int64.init) },
    .integer("bounds_zone") { ($0.footprint?.zone).map(Int64.init) },
    .real("bounds_ra") { $0.footprint?.circle.center.ra },
    .real("bounds_dec") { $0.footprint?.circle.center.dec },
    .real("bounds_radius") { $0.footprint?.circle.radius },
    .text("observationid") { $0.observationid },
    .text("obsid") { $0.obsid },
    .text("planeid") { $0.planeid },
    .text("productid") { $0.productid },
    .text("instrument_name") { $0.instrument_name },
    .text("energy_bandpassname") { $0.energy_bandpassname },
    .text("dataproducttype") { $0.dataproducttype },
    .text("intent") { $0.intent },
    .text("proposal_id") { $0.proposal_id },
    .text("target_name") { $0.target_name },
    .real("time_bounds_lower") { $0.time_bounds_lower },
    .real("time_bounds_upper") { $0.time_bounds_upper },
    .real("time_exposure") { $0.time_exposure },
    .real("energy_bounds_lower") { $0.energy_bounds_lower },
    .real("energy_bounds_upper") { $0.energy_bounds_upper },
    .text("position_bounds_spoly") { $0.footprint?.text },
    .real("position_bounds_area") { $0.footprint?.area },
    .text("detector") { $0.detector },
    .text("template") { $0.template },
    .text("collection") { $0.collection },
    .text("typecode") { $0.typecode },
    .text("type") { $0.type },
    .text("algorithm_name") { $0.algorithm_name },
    .integer("sequencenumber") { $0.sequencenumber },
    .text("energy_energybands") { $0.energy_energybands },
    .text("data_rights") { $0.data_rights },
    .text("target_keywords") { $0.target_keywords },
    .integer("target_moving") { $0.target_moving.map { $0 ? 1 : 0 } },
    .text("proposal_pi") { $0.proposal_pi },
    .text("proposal_title") { $0.proposal_title },
    .text("proposal_project") { $0.proposal_project },
    .text("provenance_name") { $0.provenance_name },
    .text("provenance_project") { $0.provenance_project },
    .text("provenance_version") { $0.provenance_version },
    .text("provenance_lastexecuted") { $0.provenance_lastexecuted },
    .text("plane_datarelease") { $0.plane_datarelease },
    .integer("content_size") { $0.content_size },
    .text("members") { $0.members },
  ]

  static let creationSQL =
    "CREATE TABLE planes (\"key\" INTEGER PRIMARY KEY, "
    + columns.map { "\(ArchiveTable.quoted($0.name)) \($0.storage)" }.joined(separator: ", ") + ")"

  /// The indexes by name: positions and footprints are found by zone, and within a zone by right ascension.
  ///
  /// That of positions also holds what a list of observations shows first. Neighbours on the sky lie far apart in the table, where each
  /// costs a page; in the index they lie side by side.
  static let indexes: [(name: String, sql: String)] = [
    (
      "planes_position",
      "target_zone, target_ra, target_dec, observationid, calibrationlevel, collection, productid, instrument_name, "
        + "energy_bandpassname, dataproducttype, proposal_id, target_name"
    ),
    ("planes_footprint", "bounds_class, bounds_zone, bounds_ra, bounds_dec, bounds_radius"),
    ("planes_observationid", "observationid"), ("planes_obsid", "obsid"), ("planes_planeid", "planeid"),
    ("planes_proposal", "proposal_id"), ("planes_target", "target_name"), ("planes_time", "time_bounds_lower"),
  ].map { ($0, "CREATE INDEX \($0) ON planes (\($1))") }

  static let insertionSQL: String = {
    let names = ["\"key\""] + columns.map { ArchiveTable.quoted($0.name) }
    let parameters = Array(repeating: "?", count: names.count).joined(separator: ", ")
    let updates = columns.map { "\(ArchiveTable.quoted($0.name)) = excluded.\(ArchiveTable.quoted($0.name))" }
    return "INSERT INTO planes (\(names.joined(separator: ", "))) VALUES (\(parameters)) "
      + "ON CONFLICT (\"key\") DO UPDATE SET \(updates.joined(separator: ", "))"
  }()
}

/// Writes planes inside one transaction.
struct PlaneWriter: ~Copyable {
  private var binder: StatementBinder

  init(_ db: Database) throws { binder = try StatementBinder(db, sql: PlaneTable.insertionSQL) }

  /// Inserts a plane or brings it up to date.
  mutating func write(_ plane: Plane) throws {
    binder.bind(plane.key)
    for column in PlaneTable.columns { column.bind(plane, &binder) }
    try binder.run()
  }
}
