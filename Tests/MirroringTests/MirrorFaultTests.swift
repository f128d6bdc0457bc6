import Downloads
import HTTPTransport
import Mirroring
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A reprocessed file from a server that misbehaves: until the new version is whole, the old one stands; the next round ends in step.
@Suite struct MirrorFaultTests {
  enum Fault: CaseIterable, Sendable {
    case cutInMidFile, shortBody, webPage, serverError, tooManyRequests, stall, changedTag, lyingRange, wrongBytes

    /// Whether the round overcomes the fault.
    var isOvercome: Bool { [.cutInMidFile, .tooManyRequests, .changedTag, .lyingRange].contains(self) }
  }

  @Test(arguments: Fault.allCases)
  func theOldVersionStandsUntilTheNewOneIsWhole(fault: Fault) async throws {
    let fixture = try MirrorFixture()
    let (first, second) = (MirrorFixture.first, MirrorFixture.second)
    let old = try await fixture.entry(first, number: 1)
    let new = try await fixture.entry(second, number: 2)
    try await fixture.round([old], try MirrorFixture.good(first, etag: "\"1\""))
    #expect(fixture.folder.holds(fixture.path, first))

    let asked = Locked(0)
    let hostile = try LoopbackServer { request, connection in
      let count = asked.withLock { count in
        count += 1
        return count
      }
      Self.serve(second, fault, request, connection, isFirst: count == 1)
    }
    let report = try await fixture.round([new], hostile)
    #expect(report.isInStep == fault.isOvercome, "\(fault): \(report.changes)")
    #expect(fixture.folder.holds(fixture.path, fault.isOvercome ? second : first), "\(fault)")

    let good = try MirrorFixture.good(second, etag: "\"2\"")
    let next = try await fixture.round([new], good)
    #expect(next.isInStep)
    #expect(good.requests.count == (fault.isOvercome ? 0 : 1))
    #expect(fixture.folder.holds(fixture.path, second))
    #expect(fixture.names == [fixture.path])
  }

  private static func serve(
    _ bytes: [UInt8], _ fault: Fault, _ request: LoopbackServer.Request, _ connection: LoopbackServer.Connection,
    isFirst: Bool
  ) {
    func begin(_ count: Int) {
      connection.sendHead(200, ["ETag": "\"2\"", "Content-Length": "\(bytes.count)"])
      connection.send(bytes.prefix(count))
    }
    switch fault {
    case .cutInMidFile: isFirst ? begin(150_000) : connection.serve(bytes, request, etag: "\"2\"")
    case .shortBody: connection.respond(200, ["ETag": "\"2\""], body: bytes.prefix(300_000))
    case .webPage: connection.respond(200, ["Content-Type": "text/html"], text: "<html>Please log in</html>")
    case .serverError: connection.respond(500)
    case .tooManyRequests:
      isFirst ? connection.respond(429, ["Retry-After": "1"]) : connection.serve(bytes, request, etag: "\"2\"")
    case .stall:
      connection.sendHead(200, ["Content-Length": "\(bytes.count)"])
      connection.send(bytes.prefix(150_000))
      connection.waitForClient(toLeaveWithin: 5_000)
    case .changedTag: isFirst ? begin(150_000) : connection.serve(bytes, request, etag: "\"3\"")
    case .lyingRange:
      if isFirst { return begin(150_000) }
      guard let start = request.rangeStart else { return connection.serve(bytes, request, etag: "\"2\"") }
      connection.respond(
        206, ["ETag": "\"2\"", "Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
        body: MirrorFixture.first[start...])
    case .wrongBytes: connection.respond(200, ["ETag": "\"2\""], body: MirrorFixture.first)
    }
  }

  @Test func aFullDiskLeavesTheOldVersion() async throws {
    var fixture = try MirrorFixture()
    let old = try await fixture.entry(MirrorFixture.first, number: 1)
    let new = try await fixture.entry(MirrorFixture.second, number: 2)
    try await fixture.round([old], try MirrorFixture.good(MirrorFixture.first, etag: "\"1\""))
    let good = try MirrorFixture.good(MirrorFixture.second, etag: "\"2\"")
    let whole = fixture.configuration
    fixture.configuration.writeFault = { _, offset in offset > 100_000 ? ENOSPC : nil }
    let report = try await fixture.round([new], good) { $0.keepsVersions = true }
    #expect(!report.isInStep)
    #expect(report.changes.first?.reason?.contains("full") ?? false)
    #expect(fixture.folder.holds(fixture.path, MirrorFixture.first))
    // The version before has one name again, and what came of the new one is gone on with.
    #expect(fixture.names.filter { $0.contains(".v1") }.isEmpty)
    fixture.configuration = whole
    #expect(try await fixture.round([new], good).isInStep)
    #expect(fixture.folder.holds(fixture.path, MirrorFixture.second))
    #expect(good.requests.last?.rangeStart != nil)
    #expect(fixture.names == [fixture.path])
  }
}
