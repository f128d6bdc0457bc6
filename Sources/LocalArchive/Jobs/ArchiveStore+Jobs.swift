internal import GRDB

extension ArchiveStore {
  /// Remembers a new job.
  public func add(_ job: StoredJob) throws(LocalArchiveError) { try write { try job.save($0) } }

  /// Looks up a job.
  /// - Returns: `nil` when there is none of this identifier.
  public func job(_ id: String) throws(LocalArchiveError) -> StoredJob? { try read { try Self.job(id, $0) } }

  /// Lists jobs without their parameters, which are long.
  public func jobList(_ selection: JobSelection) throws(LocalArchiveError) -> [JobSummary] {
    try read { db in
      try Row.fetchAll(db, selection.request(for: "id, owner, phase, created, run_id")).map { row in
        JobSummary(
          id: row[0], owner: row[1], phase: JobPhase(rawValue: row[2]), created: row[3], runID: row[4])
      }
    }
  }

  /// Lists jobs, whole.
  public func jobs(_ selection: JobSelection) throws(LocalArchiveError) -> [StoredJob] {
    try read { try Row.fetchAll($0, selection.request(for: "*")).map(StoredJob.init(row:)) }
  }

  /// Counts jobs that a user has, or that have none.
  public func jobCount(owner: String?) throws(LocalArchiveError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM jobs WHERE owner IS ?", arguments: [owner]) ?? 0 }
  }

  /// Changes a job in one step: nobody else changes it meanwhile.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - change: makes the change and says whether it is to be kept.
  /// - Returns: the job afterwards, changed or not, and what `change` said; `nil` when there is no such job.
  public func updateJob(
    _ id: String, _ change: (inout StoredJob) -> Bool
  ) throws(LocalArchiveError) -> (job: StoredJob, isChanged: Bool)? {
    try write { db in
      guard var job = try Self.job(id, db) else { return nil }
      let before = job
      guard change(&job) else { return (before, false) }
      try job.save(db)
      return (job, true)
    }
  }

  /// Counts jobs without user that a client has.
  public func jobCount(client: String) throws(LocalArchiveError) -> Int {
    try read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM jobs WHERE owner IS NULL AND client = ?", arguments: [client])
        ?? 0
    }
  }

  /// Forgets a job and removes its files.
  /// - Returns: whether there was one.
  @discardableResult
  public func deleteJob(_ id: String) throws(LocalArchiveError) -> Bool {
    let found = try write { db in
      try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [id])
      return db.changesCount > 0
    }
    if found { removeFolder(ofJob: id) }
    return found
  }

  /// The jobs whose time has come to be removed.
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - unstarted: jobs without user that were made before this time and not started, milliseconds since 1970.
  public func expiredJobs(now: Int64, unstartedSince unstarted: Int64 = .min) throws(LocalArchiveError) -> [String] {
    try read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT id FROM jobs WHERE destruction <= ?
          UNION SELECT id FROM jobs WHERE owner IS NULL AND phase = 'PENDING' AND created < ? LIMIT 10000
          """, arguments: [now, unstarted])
    }
  }

  /// Tidies up after a server that stopped: what was at work failed, what waited still waits.
  /// - Parameter now: milliseconds since 1970.
  /// - Returns: the jobs that wait, oldest first.
  public func recoverJobs(now: Int64) throws(LocalArchiveError) -> [StoredJob] {
    try write { db in
      try db.execute(
        sql: "UPDATE jobs SET phase = 'ERROR', ended = ?, error = ? WHERE phase = 'EXECUTING'",
        arguments: [now, "The service was stopped while the job was at work. Run the query again."])
      return try Row.fetchAll(db, sql: "SELECT * FROM jobs WHERE phase = 'QUEUED' ORDER BY created, id").map(
        StoredJob.init(row:))
    }
  }

  static func job(_ id: String, _ db: Database) throws -> StoredJob? {
    try Row.fetchOne(db, sql: "SELECT * FROM jobs WHERE id = ?", arguments: [id]).map(StoredJob.init(row:))
  }
}

extension JobSelection {
  /// What is asked of the database for some columns of the jobs.
  fileprivate func request(for columns: String) -> SQLRequest<Row> {
    let (condition, arguments) = condition
    let order = isNewestFirst ? "created DESC, id DESC" : "created, id"
    return SQLRequest(
      sql: "SELECT \(columns) FROM jobs WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
      arguments: arguments + [max(0, limit), max(0, offset)])
  }

  private var condition: (sql: String, arguments: StatementArguments) {
    var parts = ["owner IS ?"]
    var arguments: StatementArguments = [owner]
    if let client {
      parts.append("client = ?")
      arguments += [client]
    }
    if !phases.isEmpty {
      parts.append("phase IN (\(phases.map { _ in "?" }.joined(separator: ", ")))")
      arguments += StatementArguments(phases.map(\.rawValue))
    }
    if let createdAfter {
      parts.append("created > ?")
      arguments += [createdAfter]
    }
    if let id {
      parts.append("id = ?")
      arguments += [id]
    }
    if let name {
      parts.append("name = ?")
      arguments += [name]
    }
    if let query {
      parts.append("instr(lower(query), lower(?)) > 0")
      arguments += [query]
    }
    for (column, range) in [("started", started), ("ended", ended)] {
      guard let range else { continue }
      parts.append("\(column) BETWEEN ? AND ?")
      arguments += [range.lowerBound, range.upperBound]
    }
    return (parts.joined(separator: " AND "), arguments)
  }
}
