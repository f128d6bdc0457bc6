internal import GRDB
internal import Holdings

/// Writes keyword rows inside one transaction, newer versions of a file over older ones.
final class KeywordWriter {
  private let db: Database

  private var comparisons: [KeywordService: Statement] = [:]

  init(_ db: Database) { self.db = db }

  func write(_ row: KeywordRow) throws {
    guard let filename = row.filename, !filename.isEmpty else {
      throw LocalArchiveError(.invalidRow, "A keyword row without \(row.service.filenameColumn) cannot be kept.")
    }
    if let version = FileVersion(row) { try FileVersionWriter(db).write(version) }
    let mark = FileVersionMark(
      archiveFileID: row.cells["ArchiveFileID"]?.integerValue,
      ingestCompletionDate: row.cells["ingestCompletionDate_mjd"]?.realValue)
    let relation = try relation(of: filename, service: row.service, mark: mark)
    guard relation != .older else { return }
    if relation == .newer { try remove(filename, service: row.service) }
    let table = ArchiveTable.keywords(row.service)
    // In the table's order, so that rows with the same columns share one statement.
    let columns = table.columns.filter { row.cells[$0.name] != nil }
    let statement = try db.cachedStatement(sql: table.insertionSQL(columns: columns, onConflict: .keepKnown))
    try statement.execute(arguments: StatementArguments(columns.map { $0.databaseValue(row.cells[$0.name] ?? .null) }))
  }

  /// Compares a row with the one that is there; `nil` when there is none.
  func relation(of filename: String, service: KeywordService, mark: FileVersionMark) throws -> FileVersionMark.Relation?
  {
    let known = try Row.fetchOne(comparison(service), arguments: [filename])
    return known.map { mark.relation(to: FileVersionMark(archiveFileID: $0[0], ingestCompletionDate: $0[1])) }
  }

  private func comparison(_ service: KeywordService) throws -> Statement {
    if let statement = comparisons[service] { return statement }
    let table = ArchiveTable.keywords(service).quotedName
    let name = ArchiveTable.quoted(service.filenameColumn)
    let statement = try db.makeStatement(
      sql: "SELECT ArchiveFileID, ingestCompletionDate_mjd FROM \(table) WHERE \(name) = ?")
    comparisons[service] = statement
    return statement
  }

  /// Makes room for a newer version.
  func remove(_ filename: String, service: KeywordService) throws {
    let name = ArchiveTable.quoted(service.filenameColumn)
    try db.cachedStatement(sql: "DELETE FROM \(ArchiveTable.keywords(service).quotedName) WHERE \(name) = ?")
      .execute(arguments: [filename])
  }
}

extension FileVersion {
  /// The version a keyword row tells of; `nil` when it lacks number, checksum or size.
  init?(_ row: KeywordRow) {
    guard let name = row.filename, let number = row.cells["ArchiveFileID"]?.integerValue,
      let checksum = row.cells["checksum"]?.textValue, !checksum.isEmpty, let size = row.cells["fileSize"]?.integerValue
    else { return nil }
    self.init(
      filename: name, archiveFileID: number, checksum: checksum, size: size, cal_ver: row.cells["cal_ver"]?.textValue,
      crds_ctx: row.cells["crds_ctx"]?.textValue,
      ingestCompletionDate_mjd: row.cells["ingestCompletionDate_mjd"]?.realValue)
  }
}
