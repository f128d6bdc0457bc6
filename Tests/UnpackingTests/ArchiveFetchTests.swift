import Downloads
import HTTPTransport
import TestSupport
import Testing

@testable import Unpacking

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Archives over a loopback socket, unpacked while they arrive.
@Suite struct ArchiveFetchTests {
  /// A large first member, so that it is complete long before the archive is.
  private static let large = UnpackFixture.content(700_000, seed: 21)
  private static let archive: [UInt8] = {
    var tar = TarText()
    tar.add("jw1/level_1/first.fits", large)
    for index in 2...5 { tar.add("jw1/level_2/\(index).fits", UnpackFixture.content(400_000, seed: UInt64(index))) }
    return tar.archive
  }()
  private static let names = ["jw1/level_1/first.fits"] + (2...5).map { "jw1/level_2/\($0).fits" }
  private static let form = FormBody(["RETRIEVAL_TYPE": "OBSERVATION", "planeid": "a,b"])

  private let fixture: UnpackFixture

  init() throws { fixture = try UnpackFixture() }

  private func fetch(keepsArchive: Bool = false, attempts: Int = 3) -> ArchiveFetch {
    var configuration = DownloadQueue.Configuration()
    configuration.retryPolicy.attempts = attempts
    configuration.timeouts = Timeouts(connect: .seconds(5), responseHead: .seconds(5), stall: .seconds(5))
    configuration.pacing = Pacing(
      sleep: { _ in try Task.checkCancellation() }, unixTime: { 784_111_777 }, uptime: { .zero }, jitter: { 1 })
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
    return ArchiveFetch(
      queue: DownloadQueue(transport: transport, configuration: configuration), unpacker: fixture.unpacker,
      keepsArchive: keepsArchive)
  }

  private func item(_ server: LoopbackServer, checksum: Checksum? = nil) -> DownloadItem {
    DownloadItem(
      url: server.url + "/data", form: Self.form, destination: fixture.folder.file("products"), checksum: checksum)
  }

  private func expectAllFiles(_ files: [UnpackedFile]) {
    #expect(files.map(\.name) == Self.names)
    #expect(fixture.files == Self.names)
    #expect(fixture.bytes(Self.names[0]) == Self.large)
    #expect(fixture.folder.names == ["out"])
  }

  @Test func membersAreUnpackedWhileTheArchiveArrives() async throws {
    let fixture = fixture
    let wasThere = Locked(false)
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "\(Self.archive.count)", "Content-Type": "application/x-tar"])
      let half = Self.archive.count / 2
      connection.send(Self.archive[..<half])
      // The second half follows only when the first member stands in the hidden folder, or after ten seconds.
      for _ in 0..<1000 where !wasThere.withLock({ $0 }) {
        connection.pause(milliseconds: 10)
        let staged = fixture.tree.first { $0.hasPrefix(".webb-unpack-") && $0.hasSuffix("/level_1/first.fits") }
        wasThere.withLock { $0 = staged.map { fixture.bytes($0) == Self.large } ?? false }
      }
      connection.send(Self.archive[half...])
    }
    let files = try await fetch().run(item(server), into: fixture.destination)
    #expect(wasThere.withLock { $0 })
    expectAllFiles(files)
    #expect(server.requests.map(\.method) == ["POST"])
    #expect(server.requests[0].text == Self.form.text)
  }

  @Test func aCutIsResumedWithTheSameForm() async throws {
    let server = try LoopbackServer { request, connection in
      switch request.rangeStart {
      case nil: connection.serveBeginning(Self.archive, 900_000)
      case let start? where start < 1_500_000: connection.serveRest(Self.archive, from: start, count: 700_000)
      case let start?: connection.serveRest(Self.archive, from: start)
      }
    }
    let files = try await fetch().run(item(server), into: fixture.destination)
    expectAllFiles(files)
    #expect(server.requests.map { $0[header: "Range"] } == [nil, "bytes=900000-", "bytes=1600000-"])
    #expect(server.requests.allSatisfy { $0.method == "POST" && $0.text == Self.form.text })
    #expect(server.requests.dropFirst().allSatisfy { $0[header: "If-Range"] == "\"v1\"" })
  }

  @Test func anotherVersionAfterACutBeginsAgain() async throws {
    var tar = TarText()
    tar.add("new.fits", UnpackFixture.content(600_000, seed: 30))
    let new = tar.archive
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serveBeginning(Self.archive, 1_200_000)
      } else {
        connection.respond(200, ["ETag": "\"v2\""], body: new)
      }
    }
    let files = try await fetch().run(item(server), into: fixture.destination)
    #expect(files.map(\.name) == ["new.fits"])
    #expect(fixture.tree == ["new.fits"])
    #expect(fixture.bytes("new.fits") == UnpackFixture.content(600_000, seed: 30))
  }

  @Test func aFailedTransferLeavesNoMemberAndALaterRunGoesOn() async throws {
    let isWell = Locked(false)
    let server = try LoopbackServer { request, connection in
      if isWell.withLock({ $0 }), let start = request.rangeStart {
        connection.serveRest(Self.archive, from: start)
      } else if request.rangeStart == nil {
        connection.serveBeginning(Self.archive, 1_200_000)
      } else {
        connection.respond(503)
      }
    }
    let error = await #expect(throws: DownloadsError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .status)
    #expect(fixture.tree == [])
    #expect(fixture.folder.names == ["out", "products.part", "products.part.json"])
    isWell.withLock { $0 = true }
    let files = try await fetch().run(item(server), into: fixture.destination)
    expectAllFiles(files)
    #expect(server.requests.last?[header: "Range"] == "bytes=1200000-")
  }

  @Test(arguments: [404, 403])
  func refusalsComeThrough(status: Int) async throws {
    let server = try LoopbackServer { $1.respond(status, text: "no") }
    let error = await #expect(throws: DownloadsError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == (status == 404 ? .notFound : .notAuthorized))
    #expect(fixture.folder.names == ["out"])
    #expect(fixture.tree == [])
  }

  @Test func aHostileMemberEndsTheTransfer() async throws {
    var tar = TarText()
    tar.add("../evil", [1])
    let beginning = tar.bytes + [UInt8](repeating: 0, count: 400_000)
    let server = try LoopbackServer { _, connection in
      connection.sendHead(200, ["Content-Length": "90000000", "ETag": "\"v1\""])
      connection.send(beginning)
      connection.waitForClient()
    }
    let error = await #expect(throws: UnpackingError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .unsafeName)
    #expect(fixture.folder.names == ["out"])
    #expect(fixture.tree == [])
  }

  @Test func anArchiveThatIsCutAtTheServer() async throws {
    let server = try LoopbackServer { $1.respond(body: Self.archive.prefix(1_000_000)) }
    let error = await #expect(throws: UnpackingError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .truncated)
    #expect(fixture.folder.names == ["out"])
    #expect(fixture.tree == [])
  }

  @Test func aWrongDigestOfTheWholeLeavesNothing() async throws {
    let server = try LoopbackServer { $1.respond(body: Self.archive) }
    let error = await #expect(throws: DownloadsError.self) {
      try await fetch().run(item(server, checksum: UnpackFixture.md5([1])), into: fixture.destination)
    }
    #expect(error?.kind == .wrongChecksum)
    #expect(fixture.folder.names == ["out"])
    #expect(fixture.tree == [])
  }

  @Test func cancellationLeavesWhatALaterRunGoesOnWith() async throws {
    let fixture = fixture
    let server = try LoopbackServer { _, connection in
      connection.serveBeginning(Self.archive, 1_000_000)
      connection.waitForClient()
    }
    let (fetch, item) = (fetch(), item(server))
    let task = Task { try await fetch.run(item, into: fixture.destination) }
    while fixture.folder.bytes("products.part")?.count != 1_000_000 { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let error = await #expect(throws: DownloadsError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(fixture.tree == [])
    #expect(fixture.folder.names == ["out", "products.part", "products.part.json"])
  }

  /// Runs with a file standing where a folder must go: a fault here, which leaves the complete archive.
  private func runInTheWay(_ server: LoopbackServer) async throws {
    try fixture.folder.makeFolder("out")
    try fixture.folder.write("out/jw1", [1])
    let error = await #expect(throws: UnpackingError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .occupied)
    #expect(fixture.folder.names == ["out", "products", "products.kept.json"])
    #expect(fixture.tree == ["jw1"])
    try fixture.folder.remove("out/jw1")
  }

  @Test func whatCouldNotBeUnpackedIsNotFetchedAgain() async throws {
    let server = try LoopbackServer { $1.respond(body: Self.archive) }
    try await runInTheWay(server)
    let held = Locked<[Int64]>([])
    let files = try await fetch().run(item(server), into: fixture.destination) { event in
      if case .finished(let outcome) = event, case .downloaded(_, _, let from) = outcome.result {
        held.withLock { $0.append(from) }
      }
    }
    expectAllFiles(files)
    #expect(server.requests.count == 1)
    #expect(held.withLock { $0 } == [Int64(Self.archive.count)])
  }

  @Test func aSingleFileThatIsKeptHasItsName() async throws {
    let fits = Array("SIMPLE  =                    T".utf8) + UnpackFixture.content(5000, seed: 5)
    let server = try LoopbackServer {
      $1.respond(200, ["Content-Disposition": "attachment;filename=\"jw1\""], body: fits)
    }
    try fixture.folder.makeFolder("out")
    try fixture.folder.makeFolder("out/jw1")
    await #expect(throws: UnpackingError.self) { try await fetch().run(item(server), into: fixture.destination) }
    try fixture.folder.remove("out/jw1")
    #expect(try await fetch().run(item(server), into: fixture.destination).map(\.name) == ["jw1"])
    #expect(fixture.bytes("jw1") == fits)
    #expect(server.requests.count == 1)
    #expect(fixture.folder.names == ["out"])
  }

  @Test(arguments: ["another question", "another size", "other bytes"])
  func aKeptArchiveThatIsOfNoUseIsRemoved(fault: String) async throws {
    let server = try LoopbackServer { $1.respond(body: Self.archive) }
    try await runInTheWay(server)
    var item = item(server)
    switch fault {
    case "another question": item.form = FormBody(["planeid": "c"])
    case "another size": try fixture.folder.write("products", Self.archive.dropLast(512))
    default: try fixture.folder.write("products", [UInt8](repeating: 7, count: 2000) + Self.archive.dropFirst(2000))
    }
    var strict = fetch()
    strict.acceptsSingleFile = false
    expectAllFiles(try await strict.run(item, into: fixture.destination))
    #expect(server.requests.count == 2)
  }

  @Test func aFileAtTheDestinationThatNobodyKnowsStaysUntilTheArchiveIsThere() async throws {
    try fixture.folder.write("products", [1, 2, 3])
    let server = try LoopbackServer { $1.respond(404, text: "no") }
    await #expect(throws: DownloadsError.self) { try await fetch().run(item(server), into: fixture.destination) }
    #expect(fixture.folder.holds("products", [1, 2, 3]))
  }

  @Test func theArchiveMayBeKept() async throws {
    let server = try LoopbackServer { $1.respond(body: Self.archive) }
    _ = try await fetch(keepsArchive: true).run(item(server), into: fixture.destination)
    #expect(fixture.folder.holds("products", Self.archive))
    #expect(fixture.files == Self.names)
  }

  @Test func aSingleFileGetsTheServersName() async throws {
    let fits = Array("SIMPLE  =                    T".utf8) + UnpackFixture.content(5000, seed: 5)
    let packed = try gzipped(fits)
    let cases: [([UInt8], String?, String)] = [
      (fits, "jw1_cal.fits", "jw1_cal.fits"), (packed, "jw1_cal.fits.gz", "jw1_cal.fits.gz"),
      (packed, "jw2.fits", "jw2.fits.gz"),
      (fits, nil, "products"), (fits, "../.hidden", "products"), (try gzipped([1, 2]), "x_asn.json", "x_asn.json.gz"),
    ]
    for (bytes, serverName, name) in cases {
      let server = try LoopbackServer { _, connection in
        connection.respond(
          200, ["Content-Disposition": serverName.map { "attachment;filename=\"\($0)\"" } ?? "attachment"], body: bytes)
      }
      let files = try await fetch().run(item(server), into: fixture.destination)
      #expect(files.map(\.name) == [name])
      #expect(files.map(\.checksum) == [UnpackFixture.md5(bytes)])
      #expect(fixture.bytes(name) == bytes)
      #expect(fixture.folder.names == ["out"])
    }
    let server = try LoopbackServer { $1.respond(body: fits) }
    // The destination of the archive and the place of the file are the same.
    let files = try await fetch().run(item(server), into: fixture.folder.path + "/.")
    #expect(files.map(\.name) == ["products"])
    #expect(fixture.folder.holds("products", fits))
    var strict = fetch()
    strict.acceptsSingleFile = false
    let error = await #expect(throws: UnpackingError.self) {
      try await strict.run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .notAnArchive)
  }

  @Test func anEmptyAnswerIsNoFile() async throws {
    let server = try LoopbackServer { $1.respond(200, ["Content-Type": "application/x-tar"], text: "") }
    let error = await #expect(throws: UnpackingError.self) {
      try await fetch().run(item(server), into: fixture.destination)
    }
    #expect(error?.kind == .notAnArchive)
    #expect(fixture.folder.names == ["out"])
  }
}

extension ScratchFolder {
  fileprivate func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: true)
  }

  fileprivate func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }
}

extension LoopbackServer.Connection {
  /// Announces an archive, sends its first bytes and breaks off.
  fileprivate func serveBeginning(_ bytes: [UInt8], _ count: Int) {
    sendHead(200, ["ETag": "\"v1\"", "Content-Length": "\(bytes.count)"])
    send(bytes.prefix(count))
  }

  /// Answers a range, all of it or its first bytes.
  fileprivate func serveRest(_ bytes: [UInt8], from start: Int, count: Int = .max) {
    sendHead(
      206,
      [
        "ETag": "\"v1\"", "Content-Length": "\(bytes.count - start)",
        "Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)",
      ])
    send(bytes[start...].prefix(count))
  }
}
