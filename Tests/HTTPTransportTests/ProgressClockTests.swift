import Testing

@testable import HTTPTransport

@Suite struct ProgressClockTests {
  private let timeouts = Timeouts(responseHead: .seconds(10), stall: .seconds(5))

  @Test func waitsForTheHead() {
    var clock = ProgressClock(timeouts: timeouts, deadline: nil, now: .zero)
    #expect(clock.observe(.init(), now: .seconds(100)) == nil, "connecting is libcurl's to limit")
    #expect(clock.observe(.init(isConnected: true), now: .seconds(101)) == nil)
    #expect(clock.observe(.init(isConnected: true, sent: 5), now: .seconds(110)) == nil)
    #expect(clock.observe(.init(isConnected: true, sent: 5), now: .seconds(119)) == nil)
    #expect(clock.observe(.init(isConnected: true, sent: 5), now: .seconds(120)) == .timedOut(.responseHead))
  }

  @Test func noticesAStall() {
    var clock = ProgressClock(timeouts: timeouts, deadline: nil, now: .zero)
    for second in 0..<20 {
      let counters = ProgressClock.Counters(isConnected: true, head: 10, body: Int64(second))
      #expect(clock.observe(counters, now: .seconds(second * 4)) == nil)
    }
    let counters = ProgressClock.Counters(isConnected: true, head: 10, body: 19)
    #expect(clock.observe(counters, now: .seconds(81)) == .stalled)
  }

  @Test func theWholeHasALimit() {
    var clock = ProgressClock(timeouts: timeouts, deadline: .seconds(3), now: .zero)
    #expect(clock.observe(.init(), now: .seconds(2)) == nil)
    #expect(clock.observe(.init(isConnected: true, head: 1, body: 1), now: .seconds(3)) == .timedOut(.total))
  }

  @Test func withoutLimitsNothingPasses() {
    var clock = ProgressClock(timeouts: Timeouts(responseHead: nil, stall: nil), deadline: nil, now: .zero)
    #expect(clock.observe(.init(isConnected: true), now: .seconds(1_000_000)) == nil)
  }
}
