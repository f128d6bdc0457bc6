internal import LocalArchive
internal import TableIO

/// Writes the rows of a query in the format asked for, batch by batch. Source: TAP 1.1, section 3.2; DALI 1.1, section 4.4.
struct ResultWriter {
  /// What was written.
  struct Outcome: Sendable {
    var rowCount = 0
    var isOverflow = false
    /// Why the rows end early; the document says so too.
    var failure: TAPFault?

    /// The notes after the table.
    fileprivate var infos: [Info] {
      if let failure { return [Info(name: "QUERY_STATUS", value: "ERROR", content: failure.message)] }
      return isOverflow ? [Info(name: "QUERY_STATUS", value: "OVERFLOW")] : []
    }
  }

  /// How rows are written.
  let format: ResponseFormat
  /// The query, for the document.
  let query: String
  /// Who answers, for the document.
  let server: String
  /// What the client is told of an error of the archive.
  var fault: (LocalArchiveError) -> TAPFault = { TAPFault($0) }

  /// Writes all rows and closes them.
  /// - Parameters:
  ///   - rows: the query's rows, none of which was taken.
  ///   - maxRows: the most rows; the rows end there by themselves, 0 takes none at all.
  ///   - target: where the bytes go; flushed at the end.
  /// - Throws: ``TAPFault`` when the table cannot be written so; what failed after the first rows stands in the outcome.
  func write(_ rows: any ResultRows, maxRows: Int, to target: any ByteSink) throws(TAPFault) -> Outcome {
    defer { rows.close() }
    let rowsAtOnce = Self.rowsAtOnce(columnCount: rows.metadata.columns.count)
    // The first rows are there before anything is written: what goes wrong until then is a plain error.
    var batch: TableBatch?
    do throws(LocalArchiveError) {
      if maxRows > 0 { batch = try rows.next(maxRows: rowsAtOnce) }
    } catch {
      throw fault(error)
    }
    do throws(TableIOError) {
      let gzip = format.isCompressed ? try GzipByteSink(target, level: 4) : nil
      var writer = try format.table.writer(sink: gzip ?? target)
      var outcome = Outcome()
      try writer.begin(metadata(rows.metadata))
      while let present = batch {
        try writer.write(present)
        outcome.rowCount += present.rowCount
        do throws(LocalArchiveError) {
          batch = try rows.next(maxRows: rowsAtOnce)
        } catch {
          outcome.failure = fault(error)
          batch = nil
        }
      }
      outcome.isOverflow = outcome.failure == nil && (maxRows == 0 || rows.isOverflow)
      try writer.end(infos: outcome.infos)
      try gzip?.finish()
      return outcome
    } catch {
      throw TAPFault(error.message, status: error.kind == .unsupported ? 400 : 500)
    }
  }

  /// Rows of a batch: fewer where there are many columns, so that queries side by side need little memory.
  static func rowsAtOnce(columnCount: Int) -> Int {
    max(64, min(TableBatch.defaultRowCount, cellsAtOnce / max(1, columnCount)))
  }

  private static let cellsAtOnce = 1 << 15

  private func metadata(_ given: TableMetadata) -> TableMetadata {
    var metadata = given
    // An array of one is written as what it is: `arraysize="1"` is no longer used (VOTable 1.3, erratum 3).
    for index in metadata.columns.indices where metadata.columns[index].shape == ArrayShape(dimensions: [1]) {
      metadata.columns[index].shape = .scalar
    }
    metadata.infos =
      [
        Info(name: "QUERY_STATUS", value: "OK"), Info(name: "QUERY", value: query), Info(name: "server", value: server),
      ] + given.infos.filter { $0.name.uppercased() != "QUERY_STATUS" }
    return metadata
  }
}
