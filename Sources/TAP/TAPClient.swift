/// A client of a TAP service: queries, jobs, tables, capabilities. Source: TAP 1.1.
///
///     let client = TAPClient(connection)
///     let result = try await client.query(TAPQuery("SELECT TOP 10 * FROM ivoa.obscore"))
///     var reader = try result.reader()
///
/// A result is put aside whole before it is returned, so that half a table is never taken for one.
public struct TAPClient: Sendable {
  /// The way to the service.
  public var connection: TAPConnection
  /// How jobs are watched.
  public var polling: JobPolling

  /// A client of the service behind a connection.
  public init(_ connection: TAPConnection, polling: JobPolling = JobPolling()) {
    self.connection = connection
    self.polling = polling
  }

  /// Asks a question and waits for the answer in one request (`sync`).
  ///
  /// The request is sent again only when the service surely has not begun: after status 429 or 503, or without a connection.
  /// - Throws: ``TAPError`` with the service's message also when that comes with status 200; `CancellationError` when the
  ///   task is cancelled.
  public func query(_ query: TAPQuery) async throws -> TAPResult {
    let form = try query.form(.sync, for: connection.configuration)
    do {
      return try await connection.result(
        form.request(to: connection.address("sync")), .ifNotBegun, format: query.format)
    } catch var error as TAPError {
      error.statement = query.statement.text
      throw error
    }
  }

  /// Asks a question as a job, waits for its end and fetches the result.
  /// - Parameters:
  ///   - query: the question.
  ///   - patience: how long to wait; `nil` is for ever.
  ///   - deletesJob: whether the job is removed from the service when its result is here.
  ///   - progress: called with each new phase, and the job's identifier.
  /// - Throws: ``TAPError``: `.jobFailed` with the service's message, `.jobAborted`, `.timedOut`; the identifier of the job
  ///   is in it, and the job stays with the service. `CancellationError` when the task is cancelled; the job stays then too.
  public func runAsync(
    _ query: TAPQuery, patience: Duration? = nil, deletesJob: Bool = false,
    progress: @Sendable (String, UWSPhase) -> Void = { _, _ in }
  ) async throws -> TAPResult {
    let id = try await submit(query)
    do {
      let phase = try await wait(for: id, patience: patience) { progress(id, $0) }
      let result = try await result(of: id, in: phase, format: query.format)
      // The result is here; a job that stays does no harm.
      if deletesJob { try? await delete(id) }
      return result
    } catch var error as TAPError {
      error.jobID = id
      error.statement = query.statement.text
      throw error
    }
  }
}
