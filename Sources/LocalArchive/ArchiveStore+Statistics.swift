internal import GRDB
internal import Holdings

extension ArchiveStore {
  /// Counts what the archive holds.
  public func statistics() throws(LocalArchiveError) -> ArchiveStatistics {
    try read { db in
      var result = ArchiveStatistics()
      result.observations = try Int.fetchOne(db, sql: "SELECT count(*) FROM observations") ?? 0
      // The modes are cut off here: SQLite would have to search for the slash in every row.
      var instruments: [String: Int] = [:]
      for entry in try counts(of: "instrument_name", db) {
        instruments[String(entry.name.prefix { $0 != "/" }), default: 0] += entry.count
      }
      result.instruments = instruments.map { .init(name: $0.key, count: $0.value) }.sorted { $0.name < $1.name }
      result.programs = try counts(of: "ltrim(proposal_id, '0')", db)
        .sorted { (Int($0.name) ?? .max, $0.name) < (Int($1.name) ?? .max, $1.name) }
      result.levels = try counts(of: "calib_level", db).sorted { (Int($0.name) ?? 0) < (Int($1.name) ?? 0) }
      result.rights = try counts(of: "dataRights", db)
      if let row = try Row.fetchOne(db, sql: "SELECT min(t_min), max(t_max) FROM observations") {
        result.firstStart = row[0]
        result.lastEnd = row[1]
      }
      result.productRows = try Int.fetchOne(db, sql: "SELECT count(*) FROM products") ?? 0
      if let row = try Row.fetchOne(
        db,
        sql: "SELECT count(*), sum(size) FROM (SELECT max(size) AS size FROM products GROUP BY dataURI)")
      {
        result.distinctFiles = row[0]
        result.distinctFileBytes = row[1] ?? 0
      }
      if let row = try Row.fetchOne(db, sql: "SELECT count(*), sum(size) FROM files") {
        result.storedFiles = row[0]
        result.storedBytes = row[1] ?? 0
      }
      for service in KeywordService.allCases {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(ArchiveTable.keywords(service).quotedName)") ?? 0
        result.keywordRows.append(.init(name: service.rawValue, count: count))
      }
      result.fileVersions = try Int.fetchOne(db, sql: "SELECT count(*) FROM file_versions") ?? 0
      return result
    }
  }

  private func counts(of expression: String, _ db: Database) throws -> [ArchiveStatistics.Count] {
    try Row.fetchAll(
      db,
      sql: "SELECT \(expression) AS name, count(*) FROM observations WHERE name IS NOT NULL GROUP BY name ORDER BY name"
    ).map {
      let name: DatabaseValue = $0[0]
      return .init(name: String.fromDatabaseValue(name) ?? "\(Int64.fromDatabaseValue(name) ?? 0)", count: $0[1])
    }
  }
}
