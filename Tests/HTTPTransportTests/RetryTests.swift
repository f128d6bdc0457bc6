import HTTPTransport
import TestSupport
import Testing

@Suite struct RetryTests {
  @Test func triesAgainWithTheServersPause() async throws {
    let count = Locked(0)
    let server = try LoopbackServer { _, connection in
      let turn = count.withLock {
        $0 += 1
        return $0
      }
      switch turn {
      case 1: connection.respond(429, ["Retry-After": "17"])
      case 2: connection.reset()
      default: connection.respond(text: "at last")
      }
    }
    let pauses = Locked<[Duration]>([])
    let pacing = Pacing(
      sleep: { pause in pauses.withLock { $0.append(pause) } }, unixTime: { 0 }, uptime: { .zero }, jitter: { 1 })
    let response = try await CurlTransport(configuration: .init(userAgent: "webb/test"))
      .send(HTTPRequest(.get, server.url), bodyLimit: 100, retrying: RetryPolicy(), pacing: pacing)
    #expect(response.text == "at last")
    #expect(pauses.withLock { $0 } == [.seconds(17), .seconds(1)])
  }

  @Test func theLastAnswerIsReturned() async throws {
    let server = try LoopbackServer { _, connection in connection.respond(503, text: "maintenance") }
    let pacing = Pacing(sleep: { _ in }, unixTime: { 0 }, uptime: { .zero }, jitter: { 1 })
    let response = try await CurlTransport(configuration: .init(userAgent: "webb/test"))
      .send(HTTPRequest(.get, server.url), bodyLimit: 100, retrying: RetryPolicy(attempts: 3), pacing: pacing)
    #expect(response.status == 503)
    #expect(server.requests.count == 3)
  }

  @Test func aRefusalIsFinal() async throws {
    let server = try LoopbackServer { _, connection in connection.respond(404) }
    let response = try await CurlTransport(configuration: .init(userAgent: "webb/test"))
      .send(HTTPRequest(.get, server.url), bodyLimit: 100, retrying: RetryPolicy())
    #expect(response.status == 404)
    #expect(server.requests.count == 1)
  }
}
