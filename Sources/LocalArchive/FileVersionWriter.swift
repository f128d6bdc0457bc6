internal import GRDB
internal import Holdings

/// Writes the history of files inside one transaction.
final class FileVersionWriter {
  private let statement: Statement

  init(_ db: Database) throws {
    statement = try db.cachedStatement(
      sql: """
        INSERT INTO file_versions (filename, archiveFileID, checksum, size, cal_ver, crds_ctx, ingestCompletionDate_mjd)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET checksum = excluded.checksum, size = excluded.size,
        cal_ver = COALESCE(excluded.cal_ver, cal_ver), crds_ctx = COALESCE(excluded.crds_ctx, crds_ctx),
        ingestCompletionDate_mjd = COALESCE(excluded.ingestCompletionDate_mjd, ingestCompletionDate_mjd)
        """)
  }

  func write(_ version: FileVersion) throws {
    try statement.execute(arguments: [
      version.filename, version.archiveFileID, version.checksum, version.size, version.cal_ver, version.crds_ctx,
      version.ingestCompletionDate_mjd,
    ])
  }
}
