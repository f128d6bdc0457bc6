#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread for work that waits, which Swift's own pool must not do.
final class OwnThread: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Runs the body; `false` when there is no thread to be had, and the body then never runs.
  func start() -> Bool {
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, nil, { OwnThread.run($0) }, context.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { OwnThread.run($0) }, context.toOpaque())
    #endif
    if status != 0 { context.release() }
    return status == 0
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // Nobody waits for the thread's end, and signals belong to the program's own threads.
    pthread_detach(pthread_self())
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    Unmanaged<OwnThread>.fromOpaque(context).takeRetainedValue().body()
    return nil
  }
}
