internal import GRDB
internal import Holdings
internal import SkyGeometry

/// Makes the rows of CAOM's model (planes, artifacts, members, inputs) from those of MAST's, observation by observation.
///
/// What follows from an observation is made anew as a whole, so that running twice, or after any change, gives the same rows.
final class CAOMDerivation {
  private let db: Database
  private var planes: PlaneWriter
  private var artifacts: ArtifactWriter
  private let observation: Statement
  private let known: Statement
  private let naming: Statement
  private var listings: [KeywordService?: Statement] = [:]

  init(_ db: Database) throws {
    self.db = db
    planes = try PlaneWriter(db)
    artifacts = try ArtifactWriter(db)
    let columns = ArchiveTable.observations.columns.map { ArchiveTable.quoted($0.name) }.joined(separator: ", ")
    observation = try db.makeStatement(sql: "SELECT \(columns), \"row\" FROM observations WHERE obsid = ?")
    known = try db.makeStatement(sql: "SELECT \"key\" FROM planes WHERE \"key\" BETWEEN ? AND ?")
    naming = try db.makeStatement(sql: "UPDATE observations SET obs_uuid = ?, typecode = ? WHERE \"row\" = ?")
  }

  /// Derives all rows of some observations; numbers without observation are passed over.
  /// - Parameter numbers: MAST's numbers of the observations (`obsid`).
  func derive(_ numbers: some Sequence<Int64>) throws {
    for number in numbers { try derive(number) }
  }

  /// Derives everything from scratch.
  func deriveAll() throws {
    for table in ["planes", "artifacts", "members", "inputs"] { try db.execute(sql: "DELETE FROM \(table)") }
    var last: Int64 = -1
    // In portions: a cursor would stay open on the table that is being written.
    while true {
      let rows = try Row.fetchAll(
        db, sql: "SELECT \"row\", obsid FROM observations WHERE \"row\" > ? ORDER BY \"row\" LIMIT 5000",
        arguments: [last])
      guard let end = rows.last else { return }
      last = end[0]
      try derive(rows.compactMap { $0[1] as Int64? })
    }
  }

  private func derive(_ number: Int64) throws {
    let columns = ArchiveTable.observations.columns
    guard let row = try Row.fetchOne(observation, arguments: [number]) else { return }
    let observation = Observation(row: row, columns: columns)
    guard let name = observation.obs_id else { return }
    let files = try files(of: observation, number: number, name: name)
    let content = ObservationContent(observation, name: name, row: row[columns.count], files: files)
    try naming.execute(arguments: [content.obsid, content.typecode, content.row])
    try write(content)
  }

  private func files(of observation: Observation, number: Int64, name: String) throws -> [ListedFile] {
    let word = observation.instrument_name.map { String($0.prefix { $0 != "/" }).lowercased() }
    let service = word.flatMap(Instrument.init(rawValue:)).map(KeywordService.init)
    let statement: Statement
    if let made = listings[service] {
      statement = made
    } else {
      statement = try db.makeStatement(sql: ListedFile.selectionSQL(service))
      listings[service] = statement
    }
    return try Row.fetchAll(statement, arguments: ["number": number, "name": name]).map(ListedFile.init)
  }

  private func write(_ content: ObservationContent) throws {
    let keys = Plane.keys(row: content.row)
    let before = try Int64.fetchAll(known, arguments: [keys.lowerBound, keys.upperBound])
    let planes = content.planes
    for plane in planes { try self.planes.write(plane) }
    for artifact in content.artifacts { try artifacts.write(artifact) }
    let gone = Set(before).subtracting(planes.map(\.key))
    for key in gone {
      try db.execute(sql: "DELETE FROM planes WHERE \"key\" = ?", arguments: [key])
      try db.execute(sql: "DELETE FROM artifacts WHERE plane = ?", arguments: [key])
    }
    guard content.typecode == "C" || !before.isEmpty else { return }
    try db.cachedStatement(sql: "DELETE FROM members WHERE parent = ?").execute(arguments: [content.row])
    try db.cachedStatement(sql: "DELETE FROM inputs WHERE plane BETWEEN ? AND ?")
      .execute(arguments: [keys.lowerBound, keys.upperBound])
    for member in content.members {
      try db.cachedStatement(sql: "INSERT INTO members (parent, parentid, memberid) VALUES (?, ?, ?)")
        .execute(arguments: [content.row, content.obsid, member])
    }
    guard let product = content.combinedPlane else { return }
    for input in content.inputs {
      try db.cachedStatement(sql: "INSERT INTO inputs (plane, outputid, inputid) VALUES (?, ?, ?)")
        .execute(arguments: [product.key, product.planeid, input])
    }
  }
}
