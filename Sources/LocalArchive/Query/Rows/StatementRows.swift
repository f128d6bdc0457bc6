internal import TableIO

/// The rows of a prepared statement, straight from SQLite's machine into column buffers.
final class StatementRows: QueryRows {
  private let connection: QueryConnection
  private let pool: QueryPool
  private var statement: QueryStatement?
  private var cells: [ResultCells]
  private let uploads: [UploadTable]
  /// SQLite would begin again if it were asked for a row after the last.
  private var isAtEnd = false

  /// - Parameters:
  ///   - statement: prepared on `connection`, which is given back to `pool` at the end.
  ///   - uploads: tables to drop at the end.
  init(
    _ statement: QueryStatement, columns: [Column], uploads: [UploadTable], on connection: QueryConnection,
    of pool: QueryPool
  ) {
    self.connection = connection
    self.pool = pool
    self.statement = statement
    self.uploads = uploads
    cells = columns.enumerated().map { ResultCells($1, at: $0) }
  }

  /// At least one row, `nil` at the end. The batch also ends when its cells take as many bytes as the limits say.
  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch? {
    guard let statement, !isAtEnd else { return nil }
    var (rowCount, byteCount) = (0, 0)
    try connection.watch.timing { () throws(LocalArchiveError) in
      if connection.watch.mustStop(), let error = connection.watch.error(statement.sql) { throw error }
      while rowCount < maxRows, byteCount < connection.limits.batchBytes {
        guard try statement.step() else {
          isAtEnd = true
          break
        }
        for index in cells.indices { byteCount += try cells[index].take(statement.handle) }
        rowCount += 1
      }
    }
    guard rowCount > 0 else { return nil }
    var batch = TableBatch(columns: [])
    batch.columns = cells.indices.map { cells[$0].give() }
    batch.rowCount = rowCount
    return batch
  }

  func close() {
    guard let statement else { return }
    self.statement = nil
    if uploads.isEmpty {
      connection.keep(statement)
    } else {
      statement.reset()
      // A connection whose tables cannot be dropped is not used again.
      guard (try? UploadTable.drop(uploads, from: connection)) != nil else { return }
    }
    pool.giveBack(connection)
  }
}
