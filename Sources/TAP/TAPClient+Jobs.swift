import HTTPTransport

extension TAPClient {
  /// Makes a job. Never sent twice, and the answer's redirect is read, not followed.
  /// - Parameters:
  ///   - query: the question.
  ///   - runs: whether the service is to start it at once (`PHASE=RUN`).
  /// - Returns: the job's identifier.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func submit(_ query: TAPQuery, runs: Bool = true) async throws -> String {
    let form = try query.form(.job(runs: runs), for: connection.configuration)
    do {
      var request = form.request(to: connection.address("async"))
      request.followsRedirects = false
      return try JobLocation.id(in: try await connection.document(request, .never))
    } catch var error as TAPError {
      error.statement = query.statement.text
      throw error
    }
  }

  /// Asks what the service says of a job.
  /// - Parameter id: the job's identifier.
  /// - Throws: ``TAPError``, `.notFound` when there is no such job; `CancellationError` when the task is cancelled.
  public func job(_ id: String) async throws -> UWSJob { try await job(id, held: nil) }

  /// Asks for the phase of a job.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func phase(of id: String) async throws -> UWSPhase {
    let response = try await about(id) { try await connection.small(path(id, "phase")) }
    let phase = UWSPhase(rawValue: String(response.text.prefix(200)))
    guard (1...40).contains(phase.rawValue.count), phase.rawValue.utf8.allSatisfy(Self.isWordByte) else {
      throw TAPError(
        .badAnswer, "The service's answer is no phase of a job: \(ServerMessage(response).text.prefix(200))",
        url: response.url, jobID: id)
    }
    return phase
  }

  /// Starts a job that is pending.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func run(_ id: String) async throws { try await change(id, "phase", "PHASE", "RUN") }

  /// Ends a job, whatever it is doing.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func abort(_ id: String) async throws { try await change(id, "phase", "PHASE", "ABORT") }

  /// Sets a parameter of a job that is pending.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func setParameter(_ name: String, to value: String, of id: String) async throws {
    // TAP+ takes parameters at the job itself.
    try await change(id, connection.configuration.dialect == .tapPlus ? nil : "parameters", name, value)
  }

  /// Asks for a time at which the service removes the job; it may choose another.
  /// - Parameters:
  ///   - time: ISO 8601 UTC, `2026-02-28T12:00:00Z`.
  ///   - id: the job's identifier.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func setDestruction(_ time: String, of id: String) async throws {
    try await change(id, "destruction", "DESTRUCTION", time)
  }

  /// Asks for a limit on the time that the job may run; the service may choose another.
  /// - Parameters:
  ///   - seconds: the limit; 0 is without limit.
  ///   - id: the job's identifier.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func setExecutionDuration(_ seconds: Int, of id: String) async throws {
    try await change(id, "executionduration", "EXECUTIONDURATION", String(seconds))
  }

  /// Removes a job and its results: by DELETE, or by POST where a service or a proxy does not allow that.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func delete(_ id: String) async throws {
    do {
      try await about(id) { _ = try await connection.delete(path(id)) }
    } catch let error as TAPError where [400, 405, 501].contains(error.status) {
      try await change(id, nil, "ACTION", "DELETE")
    }
  }

  /// Lists the jobs that the service shows to this user. Source: UWS 1.1, section 2.2.2.1.
  /// - Parameters:
  ///   - phases: only jobs in one of these phases; none asks for all but archived ones.
  ///   - after: only jobs made later than this, ISO 8601.
  ///   - last: only so many of the newest.
  /// - Returns: the jobs, as far as a list describes them: identifier, phase, and what the service adds.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func jobs(phases: [UWSPhase] = [], after: String? = nil, last: Int? = nil) async throws -> [UWSJob] {
    var query = FormBody()
    for phase in phases { query.append("PHASE", phase.rawValue) }
    if let after { query.append("AFTER", after) }
    if let last { query.append("LAST", String(last)) }
    let response = try await connection.get("async", query: query)
    return try UWSJob.list(reading: response.body, url: response.url)
  }
}

extension TAPClient {
  /// Asks for a job's document.
  /// - Parameter held: with UWS 1.1, the phase that must change before the service answers, and the longest wait in seconds.
  func job(_ id: String, held: (phase: UWSPhase, seconds: Int)?) async throws -> UWSJob {
    var query = FormBody()
    var timeouts = connection.configuration.timeouts
    if let held {
      query = FormBody(["WAIT": String(held.seconds), "PHASE": held.phase.rawValue])
      timeouts.responseHead = timeouts.responseHead.map { $0 + .seconds(held.seconds) }
    }
    let request = HTTPRequest(.get, query.query(on: connection.address(try path(id))))
    let response = try await about(id) {
      try await connection.document(
        request, .harmless, timeouts: timeouts, limit: connection.configuration.smallDocumentLimit)
    }
    return try UWSJob.job(reading: response.body, url: response.url)
  }

  /// The path of a job or of something in it; an identifier is one segment of it, whatever it holds.
  func path(_ id: String, _ rest: String? = nil) throws(TAPError) -> String {
    // A server would take these for the list of jobs or what is above it.
    guard !["", ".", ".."].contains(id) else {
      throw TAPError(.badRequest, "\"\(id)\" is no identifier of a job.", jobID: id)
    }
    return "async/" + PercentEncoding.encode(id) + (rest.map { "/" + $0 } ?? "")
  }

  /// Adds the job to the errors of what is done about it.
  func about<Value>(_ id: String, _ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch var error as TAPError {
      error.jobID = id
      throw error
    }
  }

  /// Posts one field to a job. The standard's answer is a redirect to the job, which needs no following.
  private func change(_ id: String, _ resource: String?, _ name: String, _ value: String) async throws {
    var form = FormBody()
    form.append(name, value)
    try await about(id) { [form] in
      _ = try await connection.post(path(id, resource), form: form, redirects: .delivered)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
