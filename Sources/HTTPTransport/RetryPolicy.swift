/// Decides whether a failed request is tried again, and after which pause.
public struct RetryPolicy: Sendable, Hashable {
  /// What came instead of the answer that was wanted.
  public enum Failure: Sendable, Hashable {
    /// An answer with an error status, and its `Retry-After` field.
    case status(Int, retryAfter: String?)
    /// No complete answer.
    case transport(HTTPTransportError.Kind)
  }

  /// How often a request is tried in all.
  public var attempts: Int
  /// The pause after the first failure; each further one is twice as long.
  public var firstPause: Duration
  /// The longest pause that this side chooses.
  public var longestPause: Duration
  /// The longest pause that the server may ask for with `Retry-After`; a longer wish is cut to this.
  public var longestServerPause: Duration

  /// Describes a policy.
  public init(
    attempts: Int = 5, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(30),
    longestServerPause: Duration = .seconds(300)
  ) {
    self.attempts = max(1, attempts)
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.longestServerPause = longestServerPause
  }

  /// Never tries again.
  public static let never = RetryPolicy(attempts: 1)

  /// The pause before the next attempt; `nil` to give up.
  /// - Parameters:
  ///   - attempt: how many attempts have failed, from 1.
  ///   - failure: how the last one failed.
  ///   - now: the time in seconds since 1970 UTC, for a `Retry-After` that is a date.
  ///   - jitter: a random number from 0 to 1, which spreads many clients' pauses over their second half.
  public func pause(afterAttempt attempt: Int, _ failure: Failure, now: Int64, jitter: Double) -> Duration? {
    guard attempt < attempts, Self.isRetryable(failure) else { return nil }
    let doublings = min(max(attempt - 1, 0), 20)
    let full = min(firstPause * (1 << doublings), longestPause)
    let own = full * (0.5 + 0.5 * min(max(jitter, 0), 1))
    guard case .status(_, let text?) = failure, let asked = Self.retryAfter(text, now: now) else { return own }
    return max(own, min(asked, longestServerPause))
  }

  /// Whether another attempt can help.
  public static func isRetryable(_ failure: Failure) -> Bool {
    switch failure {
    case .status(let status, _): [408, 429, 500, 502, 503, 504].contains(status)
    case .transport(let kind):
      switch kind {
      case .resolve, .connect, .connectionLost, .truncated, .stalled, .timedOut(.connect), .timedOut(.responseHead):
        true
      case .timedOut(.total), .badURL, .badRequest, .forbiddenAddress, .tls, .tooManyRedirects, .insecureRedirect,
        .bodyTooLarge,
        .cancelled,
        .sink, .badAnswer, .system:
        false
      }
    }
  }

  /// Reads a `Retry-After` field, seconds or a date; `nil` when it is neither.
  public static func retryAfter(_ text: String, now: Int64) -> Duration? {
    if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 1 << 31)) }
    return HTTPDate.seconds(text).map { .seconds(max(0, $0 - now)) }
  }
}
