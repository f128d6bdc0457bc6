internal import Synchronization

/// How many may fetch tables from elsewhere at a time; others wait in a bounded line.
final class FetchGate: Sendable {
  /// A place, free again when nobody holds it any more: who keeps in memory what was fetched keeps the place.
  final class Place: Sendable {
    private let gate: FetchGate
    fileprivate init(_ gate: FetchGate) { self.gate = gate }
    deinit { gate.leave() }
  }

  private struct State {
    var free: Int
    var line: [CheckedContinuation<Bool, Never>] = []
  }

  private let lineLimit: Int
  private let state: Mutex<State>

  init(width: Int, lineLimit: Int) {
    self.lineLimit = lineLimit
    state = Mutex(State(free: max(1, width)))
  }

  /// Waits for a place.
  /// - Returns: `nil` when too many wait already.
  func enter() async -> Place? {
    let isIn = await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        guard state.line.count < lineLimit else { return false }
        state.line.append(continuation)
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
    return isIn ? Place(self) : nil
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      if !state.line.isEmpty { return state.line.removeFirst() }
      state.free += 1
      return nil
    }
    next?.resume(returning: true)
  }
}
