internal import Synchronization

/// The jobs at work and in line, and those who wait for a job to change.
final class JobQueue: Sendable {
  private struct State {
    var stops: [String: QueryStop] = [:]
    var watchers: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    var nextWatcher: UInt64 = 0
  }

  private let work: WorkQueue
  private let state = Mutex(State())

  init(width: Int, lineLimit: Int) { work = WorkQueue(width: width, lineLimit: lineLimit) }

  /// Puts a job in line.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - body: works on the job, on a thread of its own.
  /// - Returns: whether there was room.
  func submit(_ id: String, _ body: @escaping @Sendable (QueryStop) -> Void) -> Bool {
    let stop = QueryStop()
    state.withLock { $0.stops[id] = stop }
    let isTaken = work.submit {
      body(stop)
      self.state.withLock { $0.stops[id] = nil }
      self.noteChange(of: id)
    }
    if !isTaken { state.withLock { $0.stops[id] = nil } }
    return isTaken
  }

  /// Stops a job's query.
  func stop(_ id: String) {
    let stop = state.withLock { $0.stops[id] }
    stop?.stop()
  }

  /// Tells those who wait for a job that it changed.
  func noteChange(of id: String) {
    let watchers = state.withLock { $0.watchers[id].map { Array($0.values) } ?? [] }
    for watcher in watchers { watcher.yield() }
  }

  /// Waits for a change of a job.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - limit: the longest time.
  ///   - sleep: waits for a time.
  ///   - isStill: whether the job is as it was; asked once, after changes are being listened for.
  func wait(
    for id: String, atMost limit: Duration, sleep: @escaping @Sendable (Duration) async -> Void,
    while isStill: () async -> Bool
  ) async {
    let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.nextWatcher += 1
      state.watchers[id, default: [:]][state.nextWatcher] = continuation
      return state.nextWatcher
    }
    defer {
      state.withLock { state in
        state.watchers[id]?[number] = nil
        if state.watchers[id]?.isEmpty == true { state.watchers[id] = nil }
      }
    }
    guard await isStill() else { return }
    await withTaskGroup { group in
      group.addTask { for await _ in changes { return } }
      group.addTask { await sleep(limit) }
      await group.next()
      group.cancelAll()
    }
  }
}
