extension Transport {
  /// Fetches an answer and tries again where the policy allows.
  ///
  /// The last answer is returned also when its status is one that was worth retrying.
  /// - Parameters:
  ///   - request: what to ask; it must be harmless to send twice.
  ///   - bodyLimit: the largest body to take, bytes.
  ///   - policy: how often and when to try again.
  ///   - pacing: time and chance.
  /// - Throws: `HTTPTransportError`, that of the last attempt.
  public func send(
    _ request: HTTPRequest, bodyLimit: Int, retrying policy: RetryPolicy, pacing: Pacing = .system
  ) async throws -> HTTPResponse {
    var attempt = 1
    while true {
      let pause: Duration?
      let result: Result<HTTPResponse, any Error>
      do {
        let response = try await send(request, bodyLimit: bodyLimit)
        let failure = RetryPolicy.Failure.status(response.status, retryAfter: response.headers["Retry-After"])
        pause = policy.pause(afterAttempt: attempt, failure, now: pacing.unixTime(), jitter: pacing.jitter())
        result = .success(response)
      } catch let error as HTTPTransportError {
        pause = policy.pause(
          afterAttempt: attempt, .transport(error.kind), now: pacing.unixTime(), jitter: pacing.jitter())
        result = .failure(error)
      }
      guard let pause else { return try result.get() }
      do {
        try await pacing.sleep(pause)
      } catch is CancellationError {
        throw HTTPTransportError.cancelled(url: request.url)
      }
      attempt += 1
    }
  }
}
