import HTTPTransport
import TestSupport
import Testing

@testable import Downloads

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct DownloadQueueTests {
  @Test func oneFailureDoesNotStopTheRest() async throws {
    let fixture = try DownloadFixture(size: 20_000)
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      if request.path == "/7" { connection.respond(404) } else { connection.serve(bytes, request) }
    }
    let items = (0..<20).map { fixture.item(server, path: "/\($0)", name: "deep/er/\($0).fits", checksum: fixture.md5) }
    let outcomes = await fixture.run(items)
    #expect(outcomes.map(\.item.id) == items.map(\.id))
    #expect(outcomes.indices.filter { outcomes[$0].error != nil } == [7])
    for index in 0..<20 where index != 7 { #expect(fixture.folder.holds("deep/er/\(index).fits", bytes)) }
    let finished = fixture.events.withLock { $0.count { if case .finished = $0 { true } else { false } } }
    #expect(finished == 20)
  }

  @Test func noMoreAtATimeThanAllowed() async throws {
    var fixture = try DownloadFixture(size: 20_000)
    fixture.configuration.concurrency = 3
    let bytes = fixture.bytes
    let load = Locked((now: 0, most: 0))
    let server = try LoopbackServer { request, connection in
      load.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      connection.pause(milliseconds: 30)
      load.withLock { $0.now -= 1 }
      connection.serve(bytes, request)
    }
    let outcomes = await fixture.run((0..<9).map { fixture.item(server, path: "/\($0)", name: "\($0).fits") })
    #expect(outcomes.allSatisfy { $0.error == nil })
    #expect(load.withLock { $0.most } <= 3)
  }

  @Test func itemsThatCannotBeAreRefusedAtOnce() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    try fixture.folder.write("plain", [])
    let outcomes = await fixture.run([
      fixture.item(server, name: "n.fits"), fixture.item(server, name: "./n.fits"), fixture.item(server, name: ".."),
      fixture.item(server, name: "x.fits", checksum: .md5("None")), fixture.item(server, name: "plain/x.fits"),
      DownloadItem(url: "file:///etc/passwd", destination: fixture.folder.file("passwd")),
    ])
    let kinds: [DownloadsError.Kind?] = [
      nil, .duplicateDestination, .unsafeName, .wrongChecksum, .fileSystem, .transfer,
    ]
    #expect(outcomes.map { $0.error?.kind } == kinds)
    #expect(fixture.folder.names == ["n.fits", "plain"])
  }

  @Test func credentialsStayWithTheirServer() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let store = try LoopbackServer { $1.serve(bytes, $0) }
    let target = store.url + "/n.fits"
    let archive = try LoopbackServer { _, connection in connection.respond(302, ["Location": target]) }
    let credential = Credential(
      origin: Origin(url: archive.url)!, headers: ["Authorization": "token s", "Cookie": "mast_token=s"])
    let outcomes = await fixture.run([fixture.item(archive)], credentials: [credential])
    #expect(outcomes[0].error == nil)
    #expect(archive.requests.first?[header: "Authorization"] == "token s")
    #expect(store.requests.first?[header: "Authorization"] == nil)
    #expect(store.requests.first?[header: "Cookie"] == nil)
  }

  @Test func aRedirectLoopIsAFailure() async throws {
    let fixture = try DownloadFixture()
    let server = try LoopbackServer { _, connection in connection.respond(302, ["Location": "/n.fits"]) }
    let outcome = await fixture.run(fixture.item(server))
    #expect((outcome.error?.cause as? HTTPTransportError)?.kind == .tooManyRedirects)
    #expect(fixture.folder.names == [])
  }

  @Test func twoProgramsDoNotWriteOneFile() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let item = fixture.item(server)
    let other = try PartFile(DestinationPath(item.destination))
    #expect(await fixture.run(item).error?.kind == .busy)
    #expect(fixture.folder.names == ["n.fits.part"])
    withExtendedLifetime(other) {}
  }
}

@Suite struct DiskFullTests {
  @Test func aFullDiskStopsFurtherFilesAndKeepsTheParts() async throws {
    var fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    fixture.configuration.concurrency = 1
    fixture.configuration.writeFault = { _, offset in offset > 100_000 ? ENOSPC : nil }
    let items = (0..<3).map { fixture.item(server, path: "/\($0)", name: "\($0).fits", checksum: fixture.md5) }
    let outcomes = await fixture.run(items)
    #expect(outcomes.map { $0.error?.kind } == [.diskFull, .diskFull, .diskFull])
    #expect(outcomes.map(\.attempts) == [1, 0, 0])
    #expect(server.requests.count == 1)
    #expect(fixture.folder.names == ["0.fits.part", "0.fits.part.json"])
    let told = fixture.events.withLock { $0.count { if case .diskFull = $0 { true } else { false } } }
    #expect(told == 1)
    fixture.configuration.writeFault = { _, _ in nil }
    let again = await fixture.run(items)
    #expect(again.allSatisfy { $0.error == nil })
    #expect(again[0].success.map { $0.resumedFrom > 100_000 } == true)
    #expect(fixture.folder.holds("0.fits", bytes))
  }

  @Test func otherFaultsOfTheDiskConcernTheirFileOnly() async throws {
    var fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    fixture.configuration.concurrency = 1
    let writes = Locked(0)
    fixture.configuration.writeFault = { _, _ in
      writes.withLock {
        $0 += 1
        return $0 == 1 ? EIO : nil
      }
    }
    let outcomes = await fixture.run((0..<2).map { fixture.item(server, path: "/\($0)", name: "\($0).fits") })
    #expect(outcomes.map { $0.error?.kind } == [.fileSystem, nil])
    #expect(fixture.folder.names == ["1.fits"])
  }

  @Test func spaceIsCheckedBeforehand() async throws {
    var fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    fixture.configuration.freeSpace = { _ in 500_000 }
    let items = (0..<2).map { fixture.item(server, path: "/\($0)", name: "\($0).fits", size: bytes.count) }
    #expect(await fixture.run(items).map { $0.error?.kind } == [.diskFull, .diskFull])
    #expect(server.requests.isEmpty)
    #expect(fixture.folder.names == [])
    #expect(await fixture.run(items[0]).error == nil)
    // Where the catalogue gives no size, the server's counts.
    fixture.configuration.freeSpace = { _ in 300_000 }
    #expect(await fixture.run(fixture.item(server, name: "late.fits")).error?.kind == .diskFull)
    #expect(fixture.folder.names == ["0.fits"])
  }

  @Test func theSystemKnowsItsFreeSpace() throws {
    let folder = try ScratchFolder()
    #expect(FileSystem.freeSpace(folder.path).map { $0 > 0 } == true)
    #expect(FileSystem.freeSpace(folder.file("not/yet/there")) == FileSystem.freeSpace(folder.path))
  }
}
