/// Notices that a transfer has taken too long or has stopped.
///
/// libcurl's own low-speed limit reacts late (2 s fired at 6), so the engine shows the counters to this clock a few times
/// per second.
struct ProgressClock: Sendable {
  /// What libcurl knows about a transfer at one moment.
  struct Counters: Sendable, Equatable {
    /// Whether the connection stands and the request is on its way.
    var isConnected = false
    /// Bytes of the body sent.
    var sent: Int64 = 0
    /// Bytes of head received.
    var head: Int64 = 0
    /// Bytes of body received.
    var body: Int64 = 0
  }

  private let timeouts: Timeouts
  private let deadline: Duration?
  private var last = Counters()
  private var lastChange: Duration

  /// - Parameters:
  ///   - timeouts: the limits.
  ///   - deadline: when the whole request must be over, on the clock that `observe` is given.
  ///   - now: the time of the start.
  init(timeouts: Timeouts, deadline: Duration?, now: Duration) {
    self.timeouts = timeouts
    self.deadline = deadline
    lastChange = now
  }

  /// Looks at the counters and says which limit has passed.
  mutating func observe(_ counters: Counters, now: Duration) -> HTTPTransportError.Kind? {
    if counters != last {
      last = counters
      lastChange = now
    }
    if let deadline, now >= deadline { return .timedOut(.total) }
    // libcurl itself limits the time for connecting.
    guard counters.isConnected else { return nil }
    let limit = counters.head == 0 ? timeouts.responseHead : timeouts.stall
    guard let limit, now - lastChange >= limit else { return nil }
    return counters.head == 0 ? .timedOut(.responseHead) : .stalled
  }
}
