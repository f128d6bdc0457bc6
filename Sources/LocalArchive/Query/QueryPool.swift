internal import Synchronization

/// The connections for queries, opened when they are needed; a few are kept.
final class QueryPool: Sendable {
  let limits: QueryLimits
  private let path: String
  private let idle = Mutex<[QueryConnection]>([])

  init(path: String, limits: QueryLimits = QueryLimits()) {
    self.path = path
    self.limits = limits
  }

  /// A connection that nobody else uses.
  func take() throws(LocalArchiveError) -> QueryConnection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    return try QueryConnection(path: path, limits: limits)
  }

  /// Takes a connection back.
  func giveBack(_ connection: QueryConnection) {
    connection.watch.begin(nil, timeLimit: nil)
    idle.withLock { if $0.count < limits.idleConnections { $0.append(connection) } }
  }

  /// Closes the connections that no query uses.
  func close() { idle.withLock { $0.removeAll() } }
}
