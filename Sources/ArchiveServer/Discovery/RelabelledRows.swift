internal import LocalArchive
internal import TableIO

/// The rows of a query whose columns are described in another protocol's words.
final class RelabelledRows: ResultRows {
  let metadata: TableMetadata
  private let rows: any ResultRows

  /// Describes rows anew.
  /// - Parameters:
  ///   - rows: the rows.
  ///   - change: changes the description; the columns stay as many and of their types.
  init(_ rows: any ResultRows, _ change: (inout TableMetadata) -> Void) {
    var metadata = rows.metadata
    change(&metadata)
    self.metadata = metadata
    self.rows = rows
  }

  var isOverflow: Bool { rows.isOverflow }
  var cancellation: QueryCancellation { rows.cancellation }
  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch? { try rows.next(maxRows: maxRows) }
  func close() { rows.close() }
}
