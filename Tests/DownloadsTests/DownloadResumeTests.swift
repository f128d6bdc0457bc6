import HTTPTransport
import TestSupport
import Testing

@testable import Downloads

/// Going on where an earlier run stopped, and not going on where that would mix two files.
@Suite struct DownloadResumeTests {
  private let old = DownloadFixture.file(400_000, seed: 3)

  /// Leaves a part of `count` bytes as a run that was killed would.
  private func leavePart(
    _ fixture: DownloadFixture, _ item: DownloadItem, _ bytes: [UInt8], _ count: Int,
    etag: String? = DownloadFixture.etag
  ) throws {
    try fixture.folder.write("n.fits.part", bytes.prefix(count))
    let head = HTTPResponse(status: 200, headers: etag.map { ["ETag": $0] } ?? [:])
    try fixture.folder.write("n.fits.part.json", Journal(item: item, head: head, total: Int64(bytes.count)).encoded())
  }

  private func expectFile(
    _ fixture: DownloadFixture, _ outcome: DownloadOutcome, resumedFrom: Int64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.error == nil, sourceLocation: sourceLocation)
    #expect(outcome.success?.resumedFrom == resumedFrom, sourceLocation: sourceLocation)
    #expect(fixture.folder.holds("n.fits", fixture.bytes), sourceLocation: sourceLocation)
    #expect(fixture.folder.names == ["n.fits"], sourceLocation: sourceLocation)
  }

  @Test(arguments: [64, 100_000, 399_999])
  func anEarlierRunIsContinued(count: Int) async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let item = fixture.item(server, checksum: fixture.md5)
    try leavePart(fixture, item, bytes, count)
    expectFile(fixture, await fixture.run(item), resumedFrom: Int64(count))
    #expect(server.requests.map { $0[header: "Range"] } == ["bytes=\(count)-"])
  }

  @Test func aChangedFileStartsOver() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0, etag: "\"new\"") }
    let item = fixture.item(server)
    try leavePart(fixture, item, old, 100_000)
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
  }

  @Test func aServerWithoutRangesStartsOver() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { _, connection in connection.respond(body: bytes) }
    let item = fixture.item(server)
    try leavePart(fixture, item, old, 100_000)
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
  }

  @Test(arguments: ["bytes 99999-399999/400000", "bytes 100000-399999/400001", "bytes 0-299999/400000", "nonsense"])
  func aLyingRangeIsNotSpliced(range: String) async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serve(bytes, request)
      } else {
        connection.respond(206, ["Content-Range": range], body: bytes[100_000...])
      }
    }
    let item = fixture.item(server)
    try leavePart(fixture, item, old, 100_000)
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
    #expect(server.requests.count == 2)
  }

  @Test func anUnsatisfiableRangeStartsOver() async throws {
    let fixture = try DownloadFixture(size: 50_000)
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let item = fixture.item(server)
    try leavePart(fixture, item, old, 100_000)
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
    #expect(server.requests.count == 2)
  }

  @Test func aPartThatIsTheWholeFileNeedsNoMoreBytes() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let item = fixture.item(server, checksum: fixture.md5)
    try leavePart(fixture, item, bytes, bytes.count)
    expectFile(fixture, await fixture.run(item), resumedFrom: Int64(bytes.count))
  }

  @Test func aRottenPartIsFoundOutAndReplaced() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let item = fixture.item(server, checksum: fixture.md5)
    try leavePart(fixture, item, old, 100_000)
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
  }

  @Test func aPartWithoutValidatorOrJournalIsThrownAway() async throws {
    for leavesJournal in [true, false] {
      let fixture = try DownloadFixture()
      let bytes = fixture.bytes
      let server = try LoopbackServer { $1.serve(bytes, $0) }
      let item = fixture.item(server)
      if leavesJournal {
        try leavePart(fixture, item, old, 100_000, etag: "W/\"weak\"")
      } else {
        try fixture.folder.write("n.fits.part", old)
        try fixture.folder.write("n.fits.part.json", "{\"url\":".utf8)
      }
      expectFile(fixture, await fixture.run(item), resumedFrom: 0)
      #expect(server.requests.map { $0[header: "Range"] } == [nil])
    }
  }

  @Test func aPartOfAnotherAddressOrVersionIsThrownAway() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    try leavePart(fixture, fixture.item(server, path: "/other.fits"), old, 100_000)
    expectFile(fixture, await fixture.run(fixture.item(server)), resumedFrom: 0)
    try leavePart(fixture, fixture.item(server, checksum: DownloadFixture.md5(old)), old, 100_000)
    expectFile(fixture, await fixture.run(fixture.item(server, checksum: fixture.md5)), resumedFrom: 0)
    #expect(server.requests.allSatisfy { $0[header: "Range"] == nil })
  }

  @Test func cancellationLeavesWhatALaterRunGoesOnWith() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let isPatient = Locked(false)
    let server = try LoopbackServer { request, connection in
      if isPatient.withLock({ $0 }) { return connection.serve(bytes, request) }
      connection.serveBeginning(bytes, 150_000)
      connection.waitForClient()
    }
    var slow = fixture
    slow.configuration.timeouts = Timeouts()
    slow.configuration.concurrency = 1
    let (first, second) = (
      fixture.item(server), DownloadItem(url: server.url + "/2.fits", destination: fixture.folder.file("2.fits"))
    )
    let task = Task { [slow] in await slow.run([first, second]) }
    while fixture.folder.bytes("n.fits.part")?.count != 150_000 { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let outcomes = await task.value
    #expect(outcomes.map { $0.error?.kind } == [.cancelled, .cancelled])
    #expect(fixture.folder.names == ["n.fits.part", "n.fits.part.json"])
    isPatient.withLock { $0 = true }
    expectFile(fixture, await fixture.run(first), resumedFrom: 150_000)
  }

  /// A run that is killed cannot write a journal any more: a large part has one already.
  @Test func aLargePartHasItsJournalWhileItGrows() async throws {
    var fixture = try DownloadFixture(size: 6 << 20)
    fixture.configuration.timeouts = Timeouts()
    let (bytes, count) = (fixture.bytes, 5 << 20)
    let server = try LoopbackServer { request, connection in
      if request.rangeStart != nil { return connection.serve(bytes, request) }
      connection.serveBeginning(bytes, count)
      connection.waitForClient()
    }
    let item = fixture.item(server, checksum: fixture.md5)
    let task = Task { [fixture] in await fixture.run(item) }
    while fixture.folder.bytes("n.fits.part")?.count != count { try await Task.sleep(for: .milliseconds(5)) }
    let (part, journal) = (fixture.folder.bytes("n.fits.part"), fixture.folder.bytes("n.fits.part.json"))
    task.cancel()
    _ = await task.value
    #expect(journal.flatMap { Journal($0) }?.belongs(to: item) == true)
    try fixture.folder.write("n.fits.part", try #require(part))
    try fixture.folder.write("n.fits.part.json", try #require(journal))
    expectFile(fixture, await fixture.run(item), resumedFrom: Int64(count))
  }

  @Test func aSmallPartGetsItsJournalWhenItIsLeft() async throws {
    var fixture = try DownloadFixture()
    fixture.configuration.timeouts = Timeouts()
    let bytes = fixture.bytes
    let server = try LoopbackServer { _, connection in
      connection.serveBeginning(bytes, 150_000)
      connection.waitForClient()
    }
    let item = fixture.item(server)
    let task = Task { [fixture] in await fixture.run(item) }
    while fixture.folder.bytes("n.fits.part")?.count != 150_000 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(fixture.folder.names == ["n.fits.part"])
    task.cancel()
    _ = await task.value
    #expect(fixture.folder.bytes("n.fits.part.json").flatMap { Journal($0) }?.belongs(to: item) == true)
  }

  @Test func anExistingFileStaysUntilTheNewOneIsWhole() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let isWell = Locked(false)
    let server = try LoopbackServer { request, connection in
      if isWell.withLock({ $0 }) { return connection.serve(bytes, request) }
      connection.respond(404)
    }
    try fixture.folder.write("n.fits", old)
    let item = fixture.item(server, checksum: fixture.md5)
    #expect(await fixture.run(item).error?.kind == .notFound)
    #expect(fixture.folder.holds("n.fits", old))
    isWell.withLock { $0 = true }
    expectFile(fixture, await fixture.run(item), resumedFrom: 0)
  }
}
