internal import LocalArchive
internal import TableIO

/// Who answers queries: an archive, or in tests whatever gives rows.
protocol QuerySource: Sendable {
  /// Begins a query; may block.
  func rows(of query: ArchiveQuery) throws(LocalArchiveError) -> any ResultRows

  /// The tables that a user sees; `nil` is anybody.
  func schema(for user: String?) throws(LocalArchiveError) -> ArchiveSchema
}

/// The rows of a query, batch by batch.
protocol ResultRows: AnyObject {
  /// The columns.
  var metadata: TableMetadata { get }
  /// Whether rows beyond the limit were left out; known at the end.
  var isOverflow: Bool { get }
  /// Stops the query from another thread.
  var cancellation: QueryCancellation { get }

  /// At least one row, `nil` at the end.
  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch?

  /// Gives back what the query holds.
  func close()
}

extension QueryCursor: ResultRows {}
