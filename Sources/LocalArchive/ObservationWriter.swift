internal import GRDB
internal import Holdings
internal import SkyGeometry

/// Writes observations and their footprints inside one transaction.
final class ObservationWriter {
  private let db: Database
  private let columns = ArchiveTable.observations.columns
  private let insertion: Statement
  private let planned: PlannedRow
  private var nextNumber: Int64

  init(_ db: Database, onConflict conflict: ArchiveTable.Conflict) throws {
    self.db = db
    let sql = ArchiveTable.observations.insertionSQL(columns: columns, onConflict: conflict)
    insertion = try db.cachedStatement(sql: sql + " RETURNING s_region, s_ra, s_dec")
    planned = try PlannedRow(db, onConflict: conflict)
    // Above every number in use, so that rows of our own making never meet those that MAST numbered.
    nextNumber = max(try Int64.fetchOne(db, sql: "SELECT max(obsid) FROM observations") ?? 0, 100_000_000) + 1
  }

  /// The number of the observation with a name.
  func number(of name: String) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT obsid FROM observations WHERE obs_id = ?"), arguments: [name])
  }

  /// Inserts or updates an observation and its footprint.
  /// - Parameter day: when the row came.
  /// - Returns: its number, newly allocated when it had none.
  func write(_ observation: Observation, on day: ModifiedJulianDate? = nil) throws -> Int64 {
    guard let name = observation.obs_id else {
      throw LocalArchiveError(.invalidRow, "An observation without obs_id cannot be kept.")
    }
    var observation = observation
    let known = try number(of: name)
    let number = observation.obsid ?? known ?? allocate()
    observation.obsid = number
    if let known, known != number { try renumber(known, to: number) }
    let values = zip(columns, Observation.columns).map { $0.databaseValue($1.cell(observation)) }
    let isNews = try planned.isChanged(by: observation, values)
    let stored = try Row.fetchOne(insertion, arguments: StatementArguments(values))
    if isNews {
      try db.cachedStatement(sql: "UPDATE observations SET planned_on = ? WHERE obsid = ? AND calib_level = -1")
        .execute(arguments: [day?.rawValue, number])
    }
    nextNumber = max(nextNumber, number + 1)
    // The index follows what the row has become, whatever the new one was silent about.
    var merged = Observation()
    if let stored {
      merged.s_region = stored[0]
      merged.s_ra = stored[1]
      merged.s_dec = stored[2]
    }
    try writeFootprint(of: merged, number: number)
    return number
  }

  private func allocate() -> Int64 {
    defer { nextNumber += 1 }
    return nextNumber
  }

  /// MAST's number takes the place of one that was allocated here. Of files that both list, the new number's row stays, with the
  /// rights of the other where it has none.
  private func renumber(_ old: Int64, to new: Int64) throws {
    for sql in [
      """
      UPDATE products SET dataRights = (SELECT p.dataRights FROM products p
        WHERE p.dataURI = products.dataURI AND p.parent_obsid = :old) WHERE parent_obsid = :new AND dataRights IS NULL
      """,
      """
      DELETE FROM products WHERE parent_obsid = :old
        AND dataURI IN (SELECT p.dataURI FROM products p WHERE p.parent_obsid = :new)
      """,
      "UPDATE products SET parent_obsid = :new WHERE parent_obsid = :old",
      "UPDATE products SET obsID = :new WHERE obsID = :old",
      "UPDATE observations SET obsid = :new WHERE obsid = :old",
      "DELETE FROM footprints WHERE obsid = :old",
    ] {
      try db.execute(sql: sql, arguments: ["old": old, "new": new].filter { sql.contains(":" + $0.key) }.arguments)
    }
  }

  private func writeFootprint(of observation: Observation, number: Int64) throws {
    guard let entry = FootprintEntry(observation) else {
      try db.cachedStatement(sql: "DELETE FROM footprints WHERE obsid = ?").execute(arguments: [number])
      return
    }
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO footprints (obsid, size, zone, ra, dec, radius) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      number, entry.size, entry.zone, entry.circle.center.ra, entry.circle.center.dec, entry.circle.radius,
    ])
  }
}

/// Tells whether a row changes what the plan says of its observation, as far as the row says anything.
private struct PlannedRow {
  private let statement: Statement
  /// Places of the columns that are compared.
  private let places: [Int]
  private let name: Int
  private let saysLevel: Bool

  init(_ db: Database, onConflict conflict: ArchiveTable.Conflict) throws {
    let table = ArchiveTable.observations
    var terms: [String] = []
    var places: [Int] = []
    for (place, column) in table.columns.enumerated() {
      guard let value = table.merged(column, with: "?", onConflict: conflict) else { continue }
      terms.append("\(ArchiveTable.quoted(column.name)) IS \(value)")
      places.append(place)
    }
    self.places = places
    name = table.columns.firstIndex { $0.name == "obs_id" } ?? 0
    saysLevel = places.contains { table.columns[$0].name == "calib_level" }
    let condition = (["obs_id = ?", "planned_on IS NOT NULL"] + terms).joined(separator: " AND ")
    statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM observations WHERE \(condition))")
  }

  /// Whether an observation that may be planned is not known so since some day.
  func isChanged(by observation: Observation, _ values: [DatabaseValue]) throws -> Bool {
    guard observation.calib_level == -1 || !saysLevel else { return false }
    let arguments = StatementArguments([values[name]] + places.map { values[$0] })
    return try Bool.fetchOne(statement, arguments: arguments) != true
  }
}

extension Dictionary where Key == String, Value == Int64 {
  fileprivate var arguments: StatementArguments { StatementArguments(self) }
}
