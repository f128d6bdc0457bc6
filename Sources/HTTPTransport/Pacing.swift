#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Time and chance as the retrying code sees them; tests put their own in place and need not wait.
public struct Pacing: Sendable {
  /// Waits; throws when the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// The time in seconds since 1970 UTC.
  public var unixTime: @Sendable () -> Int64
  /// A clock that only goes forward, from any zero.
  public var uptime: @Sendable () -> Duration
  /// A random number from 0 to 1.
  public var jitter: @Sendable () -> Double

  /// Describes a way to keep time.
  public init(
    sleep: @escaping @Sendable (Duration) async throws -> Void, unixTime: @escaping @Sendable () -> Int64,
    uptime: @escaping @Sendable () -> Duration, jitter: @escaping @Sendable () -> Double
  ) {
    self.sleep = sleep
    self.unixTime = unixTime
    self.uptime = uptime
    self.jitter = jitter
  }

  /// The machine's clocks and random numbers.
  public static let system: Pacing = {
    let start = ContinuousClock.now
    return Pacing(
      sleep: { try await Task.sleep(for: $0) },
      unixTime: { Int64(time(nil)) },
      uptime: { ContinuousClock.now - start },
      jitter: { Double.random(in: 0...1) })
  }()
}
