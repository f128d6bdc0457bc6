import CCurl

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread that owns a libcurl multi handle, and the mailbox through which the others reach it.
///
/// The thread starts with the first job, holds the engine while it runs, and ends after `close()` when its last transfer is
/// over.
final class CurlEngine: Sendable {
  /// What other threads ask of the engine's.
  struct Mailbox: Sendable {
    var jobs: [CurlJob] = []
    var cancelled: [UInt64] = []
    var isRunning = false
    var isClosing = false
  }

  let configuration: CurlTransport.Configuration
  /// What all engines of a transport have to do.
  let schedule: Locked<CurlSchedule>
  let mailbox = Locked(Mailbox())
  /// Only the engine's thread uses the handle, but for `curl_multi_wakeup`, which libcurl allows from any thread. The handle is
  /// closed in `deinit`, when neither the thread nor a caller holds the engine any more.
  nonisolated(unsafe) let multi: UnsafeMutableRawPointer?

  // libcurl's global state must be set up once, before any other call.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(configuration: CurlTransport.Configuration, schedule: Locked<CurlSchedule>) {
    self.configuration = configuration
    self.schedule = schedule
    multi = Self.isLibraryReady ? curl_multi_init() : nil
  }

  deinit {
    if let multi { curl_multi_cleanup(multi) }
  }

  /// Hands a job to the thread; `false` when there is none.
  func submit(_ job: CurlJob) -> Bool {
    let isAccepted = mailbox.withLock { mailbox in
      guard multi != nil, !mailbox.isClosing else { return false }
      if !mailbox.isRunning { mailbox.isRunning = startThread() }
      guard mailbox.isRunning else { return false }
      mailbox.jobs.append(job)
      return true
    }
    if isAccepted { wake() }
    return isAccepted
  }

  /// Ends a job early; a job that is not there any more is left alone.
  func cancel(_ id: UInt64) {
    mailbox.withLock { $0.cancelled.append(id) }
    wake()
  }

  /// Lets the thread end when it has nothing to do.
  func close() {
    mailbox.withLock { $0.isClosing = true }
    wake()
  }

  private func wake() {
    if let multi { curl_multi_wakeup(multi) }
  }

  private func startThread() -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Sinks may parse on this thread; macOS gives only 512 kB without asking.
    pthread_attr_setstacksize(&attributes, 4 << 20)
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, &attributes, { CurlEngine.threadBody($0) }, context.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, { CurlEngine.threadBody($0) }, context.toOpaque())
    #endif
    if status != 0 { context.release() }
    return status == 0
  }

  private static func threadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // Signals belong to the program's own threads, and OpenSSL's writes may raise SIGPIPE on this one.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    let engine = Unmanaged<CurlEngine>.fromOpaque(context).takeRetainedValue()
    if let multi = engine.multi { CurlLoop(engine: engine, multi: multi).run() }
    return nil
  }
}
