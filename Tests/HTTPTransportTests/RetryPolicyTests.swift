import HTTPTransport
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(
    attempts: 4, firstPause: .seconds(1), longestPause: .seconds(3), longestServerPause: .seconds(60))

  @Test(arguments: [(1, 1), (2, 2), (3, 3)])
  func pausesGrowUpToTheLongest(attempt: Int, seconds: Int) {
    let failure = RetryPolicy.Failure.status(503, retryAfter: nil)
    #expect(policy.pause(afterAttempt: attempt, failure, now: 0, jitter: 1) == .seconds(seconds))
    #expect(policy.pause(afterAttempt: attempt, failure, now: 0, jitter: 0) == .milliseconds(seconds * 500))
  }

  @Test func theLastAttemptIsTheLast() {
    #expect(policy.pause(afterAttempt: 4, .status(503, retryAfter: nil), now: 0, jitter: 0) == nil)
    #expect(RetryPolicy.never.pause(afterAttempt: 1, .status(503, retryAfter: nil), now: 0, jitter: 0) == nil)
  }

  @Test func manyAttemptsDoNotOverflow() {
    let patient = RetryPolicy(attempts: .max)
    #expect(patient.pause(afterAttempt: 1_000_000, .transport(.connect), now: 0, jitter: 1) == .seconds(30))
  }

  @Test(arguments: [
    (200, false), (400, false), (401, false), (403, false), (404, false), (408, true), (410, false), (416, false),
    (429, true), (500, true), (501, false), (502, true), (503, true), (504, true),
  ])
  func statuses(status: Int, isRetryable: Bool) {
    #expect(RetryPolicy.isRetryable(.status(status, retryAfter: nil)) == isRetryable)
  }

  @Test(arguments: [
    (HTTPTransportError.Kind.connect, true), (.resolve, true), (.truncated, true), (.stalled, true),
    (.connectionLost, true), (.timedOut(.responseHead), true), (.timedOut(.total), false), (.cancelled, false),
    (.tls, false), (.sink, false), (.bodyTooLarge, false), (.insecureRedirect, false),
  ])
  func errors(kind: HTTPTransportError.Kind, isRetryable: Bool) {
    #expect(RetryPolicy.isRetryable(.transport(kind)) == isRetryable)
  }

  @Test(arguments: [
    ("7", 7), ("0", 1), ("9999999999999", 60), ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
    ("Sun, 06 Nov 1994 08:00:00 GMT", 1), ("soon", 1), ("-5", 1), ("", 1),
  ])
  func retryAfterIsHonouredAndCapped(text: String, seconds: Int) {
    let failure = RetryPolicy.Failure.status(429, retryAfter: text)
    #expect(policy.pause(afterAttempt: 1, failure, now: 784_111_777, jitter: 1) == .seconds(seconds))
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Sun, 06 Nov 1994 08:49:37 PST", nil),
      ("Sun, 06 Nov 1994 28:49:37 GMT", nil), ("", nil), ("1 2 3 4 5 6 7 8", nil),
    ] as [(String, Int64?)])
  func dates(text: String, seconds: Int64?) {
    #expect(HTTPDate.seconds(text) == seconds)
  }
}
