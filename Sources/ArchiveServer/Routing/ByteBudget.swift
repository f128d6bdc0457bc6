internal import Synchronization

/// How many bytes may be in memory at a time for all clients together.
final class ByteBudget: Sendable {
  private let free: Mutex<Int>

  init(_ count: Int) { free = Mutex(count) }

  /// A part of the budget, given back when nobody holds it any more.
  final class Share: Sendable {
    private let budget: ByteBudget
    private let count = Mutex(0)

    fileprivate init(_ budget: ByteBudget) { self.budget = budget }

    deinit { budget.giveBack(count.withLock { $0 }) }

    /// Takes more.
    /// - Returns: whether there was so much.
    func grow(by more: Int) -> Bool {
      guard budget.take(more) else { return false }
      count.withLock { $0 += more }
      return true
    }
  }

  /// A share of nothing, to be grown.
  func share() -> Share { Share(self) }

  private func take(_ count: Int) -> Bool {
    free.withLock { free in
      guard count <= free else { return false }
      free -= count
      return true
    }
  }

  private func giveBack(_ count: Int) { free.withLock { $0 += count } }
}
