internal import Synchronization

/// Stops a query from another thread.
public final class QueryCancellation: Sendable {
  private let flag = Atomic(false)

  /// Not cancelled yet.
  public init() {}

  /// Lets the query end with an error of kind `cancelled`, within milliseconds when it is at work, otherwise when it is next asked.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether ``cancel()`` was called.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
