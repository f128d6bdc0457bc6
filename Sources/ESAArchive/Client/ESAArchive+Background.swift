import HTTPTransport
import TAP

extension ESAArchive {
  /// Starts a search as a job and does not wait for it; `tap.wait(for:)` and `tap.result(of:)` do.
  ///
  /// A job shows only when it runs whether its table is there, so the view is not detected here: it is the configured one, the one
  /// that an earlier question found, or `jwst.main`, which is then not taken for found.
  /// - Returns: the job's identifier.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria` before anything is asked; `TAPError`; `CancellationError`.
  public func startJob(_ search: ObservationSearch) async throws -> String {
    try search.validate()
    let layout = configuration.layout ?? foundLayout.withLock { $0 } ?? .main
    let statement = try search.statement(layout: layout)
    return try await tap.submit(TAPQuery(statement, maxRows: configuration.rowLimit, format: "votable"))
  }
}
