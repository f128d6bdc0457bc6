internal import LocalArchive
internal import Synchronization

/// Stops a query that may not have begun yet.
final class QueryStop: Sendable {
  private let state = Mutex<(isStopped: Bool, query: QueryCancellation?)>((false, nil))

  /// Whether ``stop()`` was called.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Names the query, once there is one.
  func attach(_ query: QueryCancellation) {
    let isStopped = state.withLock { state in
      state.query = query
      return state.isStopped
    }
    if isStopped { query.cancel() }
  }

  /// Stops the query, now or as soon as it begins.
  func stop() {
    let query = state.withLock { state in
      state.isStopped = true
      return state.query
    }
    query?.cancel()
  }
}
