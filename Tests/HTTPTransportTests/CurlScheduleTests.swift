import TestSupport
import Testing

@testable import HTTPTransport

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct CurlScheduleTests {
  private func job(_ id: UInt64, host: String = "a", deadline: Duration? = nil) throws -> CurlJob {
    let url = "http://\(host)/\(id)"
    return CurlJob(
      id: id, request: HTTPRequest(.get, url), address: try WebAddress(url), sink: RecordingSink(), isCollected: false,
      deadline: deadline
    ) { _ in }
  }

  @Test func jobsGoWhereLeastIsToDo() throws {
    var schedule = CurlSchedule(engines: 2, connectionsPerHost: 8)
    #expect(try (1...4).map { schedule.add(try job($0)) } == [0, 1, 0, 1])
    #expect(schedule.finish(2) == nil)
    #expect(schedule.add(try job(5)) == 1)
  }

  @Test func oneAfterTheOtherStaysWithOneEngine() throws {
    var schedule = CurlSchedule(engines: 4, connectionsPerHost: 8)
    for id in 1...5 as ClosedRange<UInt64> {
      #expect(schedule.add(try job(id)) == 0)
      #expect(schedule.finish(id) == nil)
    }
  }

  @Test func aFullServerMakesItsJobsWaitAndNoOthers() throws {
    var schedule = CurlSchedule(engines: 2, connectionsPerHost: 2)
    #expect(try (1...4).map { schedule.add(try job($0)) } == [0, 1, nil, nil])
    #expect(schedule.add(try job(5, host: "b")) == 0)
    #expect(schedule.finish(5) == nil)
    // The place that comes free goes to the one who has waited longest, on the thread with the open connection.
    #expect(schedule.finish(2)?.id == 3)
    #expect(schedule.finish(3)?.id == 4)
    #expect(schedule.finish(4) == nil)
    #expect(schedule.finish(4) == nil)
    #expect(schedule.add(try job(6)) == 1)
    #expect(schedule.add(try job(7)) == nil)
  }

  @Test func cancellingFindsTheJob() throws {
    var schedule = CurlSchedule(engines: 2, connectionsPerHost: 1)
    _ = schedule.add(try job(1))
    _ = schedule.add(try job(2))
    guard case .engine(0)? = schedule.cancel(1), case .queue(let waiting)? = schedule.cancel(2) else {
      Issue.record("not found")
      return
    }
    #expect(waiting.id == 2)
    #expect(schedule.cancel(2) == nil)
    #expect(schedule.finish(1) == nil)
    #expect(schedule.cancel(1) == nil)
  }

  @Test func whoWaitsTooLongIsTakenOut() throws {
    var schedule = CurlSchedule(engines: 1, connectionsPerHost: 1)
    _ = schedule.add(try job(1, deadline: .seconds(1)))
    _ = schedule.add(try job(2, deadline: .seconds(5)))
    _ = schedule.add(try job(3))
    #expect(schedule.expire(now: .seconds(4)).isEmpty)
    #expect(schedule.expire(now: .seconds(5)).map(\.id) == [2])
    #expect(schedule.finish(1)?.id == 3)
  }
}

/// The same over sockets.
@Suite struct SpreadTransferTests {
  @Test func oneSlowSinkDoesNotHoldUpTheOthers() async throws {
    let server = try LoopbackServer { request, connection in connection.respond(text: request.path) }
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test", threads: 2))
    let (slow, quick) = (PatientSink(), RecordingSink())
    async let first = transport.stream(.init(.get, server.url + "/slow"), to: slow)
    while !slow.hasBegun.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
    _ = try await transport.stream(.init(.get, server.url + "/quick"), to: quick)
    slow.mayEnd.withLock { $0 = true }
    _ = try await first
    #expect(quick.bytes == Array("/quick".utf8))
    #expect(slow.wasReleased.withLock { $0 })
  }

  @Test func aServerIsNotAskedMoreThanAllowed() async throws {
    let load = Locked((now: 0, most: 0))
    let server = try LoopbackServer { request, connection in
      load.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      connection.pause(milliseconds: 10)
      load.withLock { $0.now -= 1 }
      connection.respond(text: request.path)
    }
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test", connectionsPerHost: 3, threads: 4))
    let texts = await withTaskGroup(of: String?.self) { group in
      for index in 0..<20 {
        group.addTask { try? await transport.send(.init(.get, server.url + "/\(index)"), bodyLimit: 100).text }
      }
      return await group.reduce(into: Set<String>()) { if let text = $1 { $0.insert(text) } }
    }
    #expect(texts == Set((0..<20).map { "/\($0)" }))
    #expect(load.withLock { $0.most } <= 3)
  }
}

/// Holds its thread until it is released, or for ten seconds.
private final class PatientSink: BodySink {
  let hasBegun = Locked(false)
  let mayEnd = Locked(false)
  let wasReleased = Locked(false)

  func receive(head: HTTPResponse) -> BodyDisposition { .accept }

  func receive(bytes: UnsafeRawBufferPointer) {
    hasBegun.withLock { $0 = true }
    // Other tests may keep the one who says so waiting for minutes.
    for _ in 0..<1_200_000 where !mayEnd.withLock({ $0 }) { usleep(1000) }
    let isReleased = mayEnd.withLock { $0 }
    wasReleased.withLock { $0 = isReleased }
  }
}
