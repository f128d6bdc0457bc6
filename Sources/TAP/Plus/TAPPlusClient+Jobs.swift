import HTTPTransport

extension TAPPlusClient {
  /// Looks for jobs.
  /// - Parameter filter: which; `nil` is all of the user's.
  /// - Returns: the jobs with all that the service says of them.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func searchJobs(_ filter: JobFilter? = nil) async throws -> [UWSJob] {
    let response = try await connection.get("jobs/async", query: filter?.form ?? FormBody())
    return try UWSJob.list(reading: response.body, url: response.url)
  }

  /// Looks for a job by the name that it was given.
  /// - Returns: the first one of the service's list; `nil` when there is none.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func job(named name: String) async throws -> UWSJob? {
    try Self.require(name, "the job's name")
    var filter = JobFilter()
    filter.lookUpName = name
    return try await searchJobs(filter).first
  }

  /// Removes jobs and their results. An empty list asks for nothing.
  /// - Parameter ids: the jobs' identifiers.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func removeJobs(_ ids: [String]) async throws {
    guard !ids.isEmpty else { return }
    for id in ids where id.isEmpty || id.contains(",") {
      throw TAPError(.badRequest, "'\(id)' is no identifier of a job.", jobID: id)
    }
    _ = try await connection.post("deletejobs", form: FormBody(["JOB_IDS": ids.joined(separator: ",")]))
  }

  /// Lets the service match two tables by position and store the pairs in a table of the user's.
  /// - Parameters:
  ///   - match: what to match.
  ///   - table: the new table's name, without a schema.
  /// - Returns: the identifier of the job that does it.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func crossMatch(_ match: CrossMatch, into table: String) async throws -> String {
    try await TAPClient(connection).submit(match.storing(in: table))
  }
}
