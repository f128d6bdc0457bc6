internal import ADQL
internal import Synchronization

/// The connections for queries, opened when they are needed; a few are kept.
final class QueryPool: Sendable {
  let limits: QueryLimits
  let checked: CheckedQueries
  private let path: String
  private let uptime: ArchiveStore.Uptime
  private let readable = Mutex<Set<String>?>(nil)
  private let idle = Mutex<[QueryConnection]>([])

  /// - Parameters:
  ///   - path: the database.
  ///   - limits: how much a query may take.
  ///   - uptime: the clock by which queries have their time.
  init(path: String, limits: QueryLimits = QueryLimits(), uptime: @escaping ArchiveStore.Uptime) {
    self.path = path
    self.uptime = uptime
    self.limits = limits
    checked = CheckedQueries(limit: limits.checkedQueries)
  }

  /// A connection that nobody else uses.
  func take() throws(LocalArchiveError) -> QueryConnection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    return try QueryConnection(path: path, limits: limits, uptime: uptime)
  }

  /// Takes a connection back.
  func giveBack(_ connection: QueryConnection) {
    connection.watch.begin(nil, timeLimit: nil)
    idle.withLock { if $0.count < limits.idleConnections { $0.append(connection) } }
  }

  /// What queries over the archive's schema may read: its tables, and what the views among them are made of.
  func readable(_ schema: Schema, on connection: QueryConnection) throws(LocalArchiveError) -> Set<String> {
    if let known = readable.withLock({ $0 }) { return known }
    let tables = try connection.permissions.recording { () throws(LocalArchiveError) in
      for table in schema.tables {
        _ = try QueryStatement("SELECT * FROM \(ArchiveTable.quoted(table.sqlName))", on: connection)
      }
    }
    readable.withLock { $0 = tables }
    return tables
  }

  /// Closes the connections that no query uses.
  func close() { idle.withLock { $0.removeAll() } }
}
