import Synchronization

/// A sum that several threads add to.
final class Tally: Sendable {
  private let sum = Atomic<Int64>(0)

  /// Adds, and tells what it comes to.
  func add(_ count: Int64) -> Int64 { sum.wrappingAdd(count, ordering: .relaxed).newValue }
}
