internal import GRDB
internal import Holdings
internal import SkyGeometry

/// Writes observations and their footprints inside one transaction.
final class ObservationWriter {
  private let db: Database
  private let columns = ArchiveTable.observations.columns
  private var nextNumber: Int64

  private static let sql: [ArchiveTable.Conflict: String] = Dictionary(
    uniqueKeysWithValues: [ArchiveTable.Conflict.replace, .keepKnown].map {
      let table = ArchiveTable.observations
      return ($0, table.insertionSQL(columns: table.columns, onConflict: $0))
    })

  init(_ db: Database) throws {
    self.db = db
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
  func write(
    _ observation: Observation, onConflict conflict: ArchiveTable.Conflict, on day: ModifiedJulianDate? = nil
  ) throws -> Int64 {
    guard let name = observation.obs_id else {
      throw LocalArchiveError(.invalidRow, "An observation without obs_id cannot be kept.")
    }
    var observation = observation
    let known = try number(of: name)
    let number = observation.obsid ?? known ?? allocate()
    observation.obsid = number
    if let known, known != number { try renumber(known, to: number) }
    let statement = try db.cachedStatement(sql: Self.sql[conflict]!)
    let values = zip(columns, Observation.columns).map { $0.databaseValue($1.cell(observation)) }
    let isNews = observation.calib_level == -1 ? try !isPlanned(values) : false
    try statement.execute(arguments: StatementArguments(values))
    if isNews {
      try db.cachedStatement(sql: "UPDATE observations SET planned_on = ? WHERE obsid = ?")
        .execute(arguments: [day?.rawValue, number])
    }
    nextNumber = max(nextNumber, number + 1)
    try writeFootprint(of: observation, number: number)
    return number
  }

  private static let plannedSQL: String = {
    let columns = ArchiveTable.observations.columns.map { ArchiveTable.quoted($0.name) }
    let values = columns.map { _ in "?" }
    return "SELECT count(*) FROM observations WHERE obs_id = ? AND planned_on IS NOT NULL "
      + "AND (\(columns.joined(separator: ", "))) IS (\(values.joined(separator: ", ")))"
  }()

  /// Whether the plan has a row as it is, and since when.
  private func isPlanned(_ values: [DatabaseValue]) throws -> Bool {
    guard let name = columns.firstIndex(where: { $0.name == "obs_id" }) else { return false }
    let statement = try db.cachedStatement(sql: Self.plannedSQL)
    return try Int.fetchOne(statement, arguments: StatementArguments([values[name]] + values)) == 1
  }

  private func allocate() -> Int64 {
    defer { nextNumber += 1 }
    return nextNumber
  }

  /// MAST's number takes the place of one that was allocated here.
  private func renumber(_ old: Int64, to new: Int64) throws {
    for sql in [
      "UPDATE products SET parent_obsid = :new WHERE parent_obsid = :old",
      "UPDATE products SET obsID = :new WHERE obsID = :old",
      "UPDATE observations SET obsid = :new WHERE obsid = :old",
      "DELETE FROM footprints WHERE obsid = :old",
    ] {
      try db.execute(sql: sql, arguments: ["old": old, "new": new].filter { sql.contains(":" + $0.key) }.arguments)
    }
  }

  private func writeFootprint(of observation: Observation, number: Int64) throws {
    guard let entry = FootprintEntry(observation) else { return }
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO footprints (obsid, size, zone, ra, dec, radius) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      number, entry.size, entry.zone, entry.circle.center.ra, entry.circle.center.dec, entry.circle.radius,
    ])
  }
}

extension Dictionary where Key == String, Value == Int64 {
  fileprivate var arguments: StatementArguments { StatementArguments(self) }
}
