internal import Dispatch
internal import Synchronization

/// Blocking work on a bounded number of threads, off those that serve sockets; what finds no thread free waits in a bounded line.
final class WorkQueue: Sendable {
  private struct State {
    var running = 0
    var line: [@Sendable () -> Void] = []
  }

  /// How many pieces of work run at a time.
  let width: Int
  /// How many may wait.
  let lineLimit: Int
  private let state = Mutex(State())
  private let threads = DispatchQueue(label: "webb.work", attributes: .concurrent)

  init(width: Int, lineLimit: Int) {
    self.width = max(1, width)
    self.lineLimit = max(0, lineLimit)
  }

  /// Gives work to do.
  /// - Returns: whether there was room for it.
  func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    let decision: Bool? = state.withLock { state in
      if state.running < width {
        state.running += 1
        return true
      }
      guard state.line.count < lineLimit else { return nil }
      state.line.append(work)
      return false
    }
    guard let startsNow = decision else { return false }
    if startsNow { run(work) }
    return true
  }

  private func run(_ work: @escaping @Sendable () -> Void) {
    threads.async {
      work()
      let next: (@Sendable () -> Void)? = self.state.withLock { state in
        if state.line.isEmpty {
          state.running -= 1
          return nil
        }
        return state.line.removeFirst()
      }
      if let next { self.run(next) }
    }
  }
}
