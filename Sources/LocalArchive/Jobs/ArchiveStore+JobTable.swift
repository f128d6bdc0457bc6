internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ArchiveStore {
  /// Makes the table of jobs.
  static func createJobs(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE jobs (
          id TEXT PRIMARY KEY, owner TEXT, phase TEXT NOT NULL, created INTEGER NOT NULL, started INTEGER, ended INTEGER,
          execution_duration INTEGER NOT NULL, destruction INTEGER, name TEXT, query TEXT,
          parameters TEXT NOT NULL, parts TEXT NOT NULL, result TEXT, error TEXT
        ) WITHOUT ROWID;
        CREATE INDEX jobs_owner ON jobs (owner, created);
        CREATE INDEX jobs_destruction ON jobs (destruction);
        """)
  }

  /// Makes what lists of jobs need an index of its own: parameters are long, and lists need none but one.
  static func addJobList(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE jobs ADD COLUMN run_id TEXT;
        ALTER TABLE jobs ADD COLUMN client TEXT;
        DROP INDEX jobs_owner;
        CREATE INDEX jobs_list ON jobs (owner, created, phase, run_id, client);
        """)
    for id in try String.fetchAll(db, sql: "SELECT id FROM jobs") {
      if let job = try job(id, db), job.parameter("RUNID") != nil { try job.save(db) }
    }
  }
}

extension StoredJob {
  init(row: Row) throws {
    self.init(
      id: row["id"], owner: row["owner"], created: row["created"], executionDuration: row["execution_duration"],
      destruction: row["destruction"], parameters: try Self.decoded(row["parameters"]),
      parts: try Self.decoded(row["parts"]))
    phase = JobPhase(rawValue: row["phase"])
    started = row["started"]
    ended = row["ended"]
    result = try (row["result"] as String?).map { try Self.decoded($0) }
    errorMessage = row["error"]
    client = row["client"]
  }

  func save(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO jobs (id, owner, phase, created, started, ended, execution_duration, destruction, name, query,
          parameters, parts, result, error, run_id, client) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, owner, phase.rawValue, created, started, ended, executionDuration, destruction, parameter("jobname"),
        parameter("query"), try Self.encoded(parameters), try Self.encoded(parts), try result.map(Self.encoded),
        errorMessage, parameter("RUNID"), client,
      ])
  }

  private static func decoded<Value: Decodable>(_ text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  private static func encoded(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}
