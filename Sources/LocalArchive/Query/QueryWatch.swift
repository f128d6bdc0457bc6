/// Decides, while the database works, whether it may go on.
///
/// One connection owns it and uses it on one thread at a time; only ``QueryCancellation`` is shared.
final class QueryWatch {
  /// Why a query was ended before its time.
  enum Reason {
    case timedOut, cancelled
  }

  private var cancellation: QueryCancellation?
  private var timeLeft: Duration?
  private var deadline: Duration?
  private(set) var reason: Reason?
  private let uptime: ArchiveStore.Uptime

  init(uptime: @escaping ArchiveStore.Uptime) { self.uptime = uptime }

  /// Watches over a query, or with `nil` over none.
  func begin(_ cancellation: QueryCancellation?, timeLimit: Duration?) {
    self.cancellation = cancellation
    timeLeft = timeLimit
    deadline = nil
    reason = nil
  }

  /// Runs work whose time counts.
  func timing<Value, Failure: Error>(_ work: () throws(Failure) -> Value) throws(Failure) -> Value {
    guard let timeLeft else { return try work() }
    let end = uptime() + timeLeft
    deadline = end
    defer {
      self.timeLeft = end - uptime()
      deadline = nil
    }
    return try work()
  }

  /// Whether the query has to end.
  func mustStop() -> Bool {
    if reason != nil { return true }
    if cancellation?.isCancelled == true { reason = .cancelled }
    if let deadline, uptime() >= deadline { reason = .timedOut }
    return reason != nil
  }

  /// Why the query had to end; `nil` when nothing ended it.
  func error(_ sql: String) -> LocalArchiveError? {
    switch reason {
    case nil: nil
    case .cancelled: LocalArchiveError(.cancelled, "The query was cancelled.", statement: sql)
    case .timedOut:
      LocalArchiveError(
        .timedOut, "The query took longer than it may. Ask for less, or let it run as a job with more time.",
        statement: sql)
    }
  }
}
