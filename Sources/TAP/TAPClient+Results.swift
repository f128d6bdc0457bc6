import HTTPTransport

extension TAPClient {
  /// Fetches a result of a job. The phase is looked at first: an error document is never taken for a result.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - name: which result; TAP's is `result`.
  /// - Throws: ``TAPError``: `.jobFailed` with the service's message, `.jobAborted`, `.jobNotFinished`, `.notFound`;
  ///   `CancellationError` when the task is cancelled.
  public func result(of id: String, name: String = "result") async throws -> TAPResult {
    var phase = try await phase(of: id)
    if !phase.isTelling {
      let job = try await job(id)
      phase = job.phase
      if !job.isFinished { throw notFinished(id, phase) }
    } else if !phase.isFinished {
      throw notFinished(id, phase)
    }
    return try await result(of: id, name: name, in: phase, format: nil)
  }

  /// Waits for a job that was started earlier and fetches its result; the phase is asked for no oftener than the waiting takes.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - name: which result; TAP's is `result`.
  ///   - patience: how long to wait; `nil` is for ever.
  ///   - progress: called with each new phase.
  /// - Throws: ``TAPError``: `.jobFailed` with the service's message, `.jobAborted`, `.timedOut`, which leaves the job as it
  ///   is, `.notFound`; `CancellationError` when the task is cancelled.
  public func result(
    of id: String, name: String = "result", waitingAtMost patience: Duration?,
    progress: @Sendable (UWSPhase) -> Void = { _ in }
  ) async throws -> TAPResult {
    let phase = try await wait(for: id, patience: patience, progress: progress)
    return try await result(of: id, name: name, in: phase, format: nil)
  }

  /// Asks why a job failed: its error document, or else the summary in its description.
  /// - Returns: the service's message; `nil` when it says nothing.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func errorMessage(of id: String) async throws -> String? {
    do {
      let response = try await about(id) { try await connection.small(path(id, "error")) }
      let message = ServerMessage(response).text
      if !message.isEmpty { return message }
    } catch let error as TAPError where error.kind == .notFound || error.kind == .badAnswer || error.status == 500 {
      // What is not there, or not to be understood, leaves the summary.
    }
    return try await job(id).errorSummary?.message.map { ServerMessage.cleaned($0) }
  }

  /// Fetches a result of a job that is over.
  func result(
    of id: String, name: String = "result", in phase: UWSPhase, format: String?
  ) async throws -> TAPResult {
    switch phase {
    case .error:
      var failure = TAPError(
        .jobFailed, "The job failed, and the service does not say why.", url: try? connection.address(path(id)),
        jobID: id)
      do {
        if let message = try await errorMessage(of: id) { failure.message = message }
      } catch let error as TAPError {
        failure.message = "The job failed, and the reason cannot be had: \(error.message)"
        failure.cause = error
      }
      throw failure
    case .aborted:
      let reason = try? await job(id).errorSummary?.message
      throw TAPError(
        .jobAborted,
        "The job was aborted by its owner or, when it took too long, by the service."
          + (reason.map { " The service says: \(ServerMessage.cleaned($0))" } ?? ""),
        url: try? connection.address(path(id)), jobID: id)
    case .archived:
      throw TAPError(
        .notFound, "The service has removed the job's results; run the query again.",
        url: try? connection.address(path(id)), jobID: id)
    default: break
    }
    let result = try await about(id) {
      let request = HTTPRequest(.get, connection.address(try path(id, "results/" + PercentEncoding.encode(name))))
      do {
        return try await connection.result(request, .harmless, format: format)
      } catch let error as TAPError where error.kind == .notFound && error.status == 404 {
        // The name is the standard's; the job itself knows where its results are.
        guard let href = try await address(of: name, in: id), href != request.url else { throw error }
        return try await connection.result(HTTPRequest(.get, href), .harmless, format: format)
      }
    }
    return result.with(jobID: id)
  }

  private func address(of name: String, in id: String) async throws -> String? {
    let results = try await job(id).results
    let entry = results.first { $0.id == name } ?? (results.count == 1 ? results[0] : nil)
    guard let href = entry?.href else { return nil }
    return WebAddress.resolved(href, relativeTo: connection.address(try path(id, "results")))
  }

  private func notFinished(_ id: String, _ phase: UWSPhase) -> TAPError {
    TAPError(
      .jobNotFinished, "The job is not finished (\(phase)); wait for it, then ask for its result.",
      url: try? connection.address(path(id)), jobID: id)
  }
}
