public import TableIO

/// The rows of a query, given batch by batch in bounded memory.
///
/// A cursor belongs to one task at a time. While it is open it keeps a state of the database alive, so it should not be left lying.
public final class QueryCursor {
  /// The columns, with units, descriptions and all else that the archive's tables say of them.
  public let metadata: TableMetadata
  /// The statement that the database runs.
  public let sql: String
  /// Stops the query from another thread.
  public let cancellation: QueryCancellation
  /// Whether there were more rows than the query's `maxRows`; known when ``next(maxRows:)`` has given `nil`.
  public private(set) var isOverflow = false
  private var rows: (any QueryRows)?
  private var rowsLeft: Int?

  init(
    metadata: TableMetadata, sql: String, rows: any QueryRows, maxRows: Int?, cancellation: QueryCancellation
  ) {
    self.metadata = metadata
    self.sql = sql
    self.rows = rows
    self.cancellation = cancellation
    rowsLeft = maxRows.map { max(0, $0) }
  }

  /// Gives the next rows.
  /// - Parameter maxRows: the most rows of the batch.
  /// - Returns: at least one row; `nil` at the end, or when the query's limit is reached.
  /// - Throws: ``LocalArchiveError`` of kind `timedOut`, `cancelled`, `tooLarge` or `database`; there are no more rows then.
  public func next(maxRows: Int = TableBatch.defaultRowCount) throws(LocalArchiveError) -> TableBatch? {
    guard let rows else { return nil }
    let wanted = min(max(1, maxRows), rowsLeft ?? .max)
    do throws(LocalArchiveError) {
      if wanted == 0 {
        isOverflow = try rows.next(maxRows: 1) != nil
        close()
        return nil
      }
      guard let batch = try rows.next(maxRows: wanted) else {
        close()
        return nil
      }
      rowsLeft = rowsLeft.map { $0 - batch.rowCount }
      return batch
    } catch {
      close()
      throw error
    }
  }

  /// Ends the query; there are no more rows. A cursor that is let go of closes itself.
  public func close() {
    rows?.close()
    rows = nil
  }

  deinit { rows?.close() }
}

/// Where a cursor's rows come from.
protocol QueryRows: AnyObject {
  /// At least one row, `nil` at the end.
  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch?

  /// Gives back what the query holds of the database.
  func close()
}
