internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Blocking work on a bounded number of threads of its own; what finds none free waits in a bounded line.
///
/// Neither the threads that serve sockets nor those of Swift's tasks may work here: there are as many as processors, and a few long
/// queries would hold up everybody.
final class WorkQueue: Sendable {
  /// A piece of work.
  typealias Work = @Sendable () -> Void

  private struct State {
    var running = 0
    var line: [Work] = []
  }

  /// How many pieces of work run at a time.
  let width: Int
  /// How many may wait.
  let lineLimit: Int
  private let state = Mutex(State())

  init(width: Int, lineLimit: Int) {
    self.width = max(1, width)
    self.lineLimit = max(0, lineLimit)
  }

  /// Gives work to do.
  /// - Returns: whether there was room for it.
  func submit(_ work: @escaping Work) -> Bool {
    let startsNow: Bool? = state.withLock { state in
      if state.running < width {
        state.running += 1
        return true
      }
      guard state.line.count < lineLimit else { return nil }
      state.line.append(work)
      return false
    }
    guard let startsNow else { return false }
    guard startsNow else { return true }
    let isStarted = Self.startThread { [self] in
      work()
      while let next = next() { next() }
    }
    if !isStarted { state.withLock { $0.running -= 1 } }
    return isStarted
  }

  /// Does work and waits for it without holding a thread.
  /// - Returns: what the work gave; `nil` when there was no room for it.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
    await withCheckedContinuation { continuation in
      if !submit({ continuation.resume(returning: work()) }) { continuation.resume(returning: nil) }
    }
  }

  /// The next piece in the line; without one the thread ends.
  private func next() -> Work? {
    state.withLock { state in
      if state.line.isEmpty {
        state.running -= 1
        return nil
      }
      return state.line.removeFirst()
    }
  }

  private final class Body: Sendable {
    let work: Work
    init(_ work: @escaping Work) { self.work = work }
  }

  private static func startThread(_ work: @escaping Work) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Queries are parsed on this thread; macOS gives only 512 kB without asking.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let context = Unmanaged.passRetained(Body(work))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, &attributes, { WorkQueue.run($0) }, context.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, { WorkQueue.run($0) }, context.toOpaque())
    #endif
    if status != 0 { context.release() }
    return status == 0
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // Signals belong to the program's own threads.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().work()
    return nil
  }
}
