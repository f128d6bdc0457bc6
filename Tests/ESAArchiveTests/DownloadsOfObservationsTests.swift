import Downloads
import ESAArchive
import Foundation
import TAP
import TestSupport
import Testing

/// The data of observations and programmes: archives, single files, refusals and hostile answers.
@Suite struct DownloadsOfObservationsTests {
  private static let planes = FakeArchive.Reply.table(
    ["planeid", "calibrationlevel:int"], [["p1", "1"], ["p2", "2"]])
  private static let fits = "SIMPLE  =                    T" + String(repeating: " ", count: 2850)
  private static let tar = FakeArchive.Reply.file(
    TarText.archive(["jw1/level_2/a_cal.fits": fits, "jw1/level_1/a_uncal.fits": "x"]), type: "application/x-tar",
    name: "products.tar")

  /// A service with one observation of level 2 and these data.
  private static func service(_ data: @escaping @Sendable (FakeArchive.Call, Int) -> FakeArchive.Reply) throws
    -> FakeArchive
  {
    try FakeArchive { call, number in
      if call.path == "/server/data" { return data(call, number) }
      if call.statement.contains("product_planeid") {
        return .table(["product_planeid"], call.statement.contains("sp.planeid") ? [["p1"], ["p2"]] : [])
      }
      return call.statement.contains("select distinct m.planeid") ? planes : .text("?", status: 404)
    }
  }

  private func download(
    _ service: FakeArchive, into scratch: ScratchFolder, level: ProductLevel = .level(2), types: [ArtifactType] = []
  ) async throws -> ObservationDownload {
    try await service.client().downloadObservation("jw1_obs", level: level, types: types, into: scratch.path)
  }

  private func relative(_ download: ObservationDownload, _ scratch: ScratchFolder) -> [String] {
    download.files.map { String($0.path.dropFirst(scratch.path.count + 1)) }
  }

  @Test func anArchiveIsUnpacked() async throws {
    let service = try Self.service { _, _ in Self.tar }
    let scratch = try ScratchFolder()
    let download = try await download(service, into: scratch, level: .all, types: [.science, .preview])
    #expect(relative(download, scratch) == ["jw1_obs/jw1/level_2/a_cal.fits", "jw1_obs/jw1/level_1/a_uncal.fits"])
    #expect(scratch.holds("jw1_obs/jw1/level_2/a_cal.fits", Array(Self.fits.utf8)))
    #expect(try ScratchFolder.names(in: scratch.file("jw1_obs")) == [".webb-observation.json", "jw1"])
    let call = try #require(service.calls.last)
    #expect(call.method == "POST" && call.path == "/server/data")
    #expect(
      call.fields == [
        "RETRIEVAL_TYPE": "OBSERVATION", "TAPCLIENT": "WEBB", "planeid": "p1,p2", "calibrationlevel": "ALL",
        "product_type": "science,preview",
      ])
  }

  @Test(arguments: [
    (ProductLevel.level(2), "SELECTED", "p2"), (.level(1), "LEVEL1ONLY", "p1,p2"), (.all, "ALL", "p1,p2"),
  ])
  func levels(level: ProductLevel, word: String, planes: String) async throws {
    let service = try Self.service { _, _ in Self.tar }
    _ = try await download(service, into: try ScratchFolder(), level: level)
    #expect(service.calls.last?.fields["calibrationlevel"] == word)
    #expect(service.calls.last?.fields["planeid"] == planes)
    #expect(service.calls.last?.fields["product_type"] == nil)
  }

  @Test(arguments: [
    (FakeArchive.Reply.file(Array(fits.utf8), type: "application/fits", name: "a_cal.fits"), "a_cal.fits"),
    (.file(Array(fits.utf8), type: "application/fits"), "jw1_obs.fits"),
    (.file(Array(fits.utf8), type: "application/fits", name: "../../evil.fits"), "evil.fits"),
    (
      .file([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], type: "application/gzip"), "jw1_obs.gz"
    ),
    (
      .file([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], type: "x", name: "a_cal.fits"),
      "a_cal.fits.gz"
    ),
  ])
  func aSingleFileKeepsItsName(reply: FakeArchive.Reply, name: String) async throws {
    let service = try Self.service { _, _ in reply }
    let scratch = try ScratchFolder()
    let download = try await download(service, into: scratch)
    #expect(relative(download, scratch) == ["jw1_obs/\(name)"])
    #expect(download.files.first?.size == Int64(reply.body.count))
    #expect(scratch.holds("jw1_obs/\(name)", reply.body))
    #expect(try ScratchFolder.names(in: scratch.file("jw1_obs")) == [".webb-observation.json", name])
    #expect(scratch.names == ["jw1_obs"])
  }

  @Test func privateDataAreToldApart() async throws {
    let service = try Self.service { _, _ in
      .page("Private file(s) requested: MAST token required for authentication.", status: 403)
    }
    let scratch = try ScratchFolder()
    let error = await expect(.privateData) { try await download(service, into: scratch) }
    #expect(error?.message.contains("Private file(s) requested: MAST token required for authentication.") == true)
    #expect(error?.status == 403)
    #expect(error?.subject == "jw1_obs")
    #expect(scratch.names.isEmpty, "not even a folder is left")
  }

  @Test(arguments: [
    (FakeArchive.Reply.page("no such plane", status: 404), ESAArchiveError.Kind.notFound),
    (.page("out of order", status: 400), .download), (.page("Please log in", status: 200), .download),
    (.file([], type: "application/x-tar"), .notFound),
    (.file(TarText.archive([:]), type: "application/x-tar"), .notFound),
    (
      .file(TarText.archive([.init(name: "../up.fits", body: [1])]), type: "application/x-tar"), .unsafeName
    ),
    (
      .file(
        TarText.archive([.init(name: "a.fits", body: [1]), .init(name: "l", type: "2", link: "/etc/passwd")]),
        type: "application/x-tar"), .unsafeName
    ),
    (.file(Array(tar.body.prefix(4000)), type: "application/x-tar"), .download),
  ])
  func whatIsRefusedLeavesNothing(reply: FakeArchive.Reply, kind: ESAArchiveError.Kind) async throws {
    let service = try Self.service { _, _ in reply }
    let scratch = try ScratchFolder()
    await expect(kind) { try await download(service, into: scratch) }
    #expect(scratch.names.isEmpty)
  }

  @Test func aConnectionThatBreaksIsTriedAgain() async throws {
    let attempts = Counter()
    let service = try Self.service { _, _ in
      var reply = Self.tar
      if attempts.next() < 2 { reply.cut = 1500 }
      return reply
    }
    let scratch = try ScratchFolder()
    let download = try await download(service, into: scratch)
    #expect(download.files.count == 2)
    #expect(service.calls.filter { $0.path == "/server/data" }.count == 3)
    #expect(scratch.holds("jw1_obs/jw1/level_1/a_uncal.fits", Array("x".utf8)))
  }

  @Test func aConnectionThatAlwaysBreaksIsAnError() async throws {
    let service = try Self.service { _, _ in
      var reply = Self.tar
      reply.cut = 4000
      return reply
    }
    let scratch = try ScratchFolder()
    await expect(.download) { try await download(service, into: scratch) }
    #expect(scratch.bytes("jw1_obs/jw1/level_2/a_cal.fits") == nil)
  }

  @Test func namesAndTypesAreCheckedFirst() async throws {
    let service = try Self.service { _, _ in Self.tar }
    let client = service.client()
    for name in ["../x", "a/b", ".hidden", ""] {
      await expect(.unsafeName) { try await client.downloadObservation(name, into: "/nowhere") }
    }
    await expect(.badCriteria) {
      try await client.downloadObservation("jw1", types: [.init(rawValue: "nonsense")], into: "/nowhere")
    }
    await expect(.badCriteria) { try await client.downloadObservation("jw1", level: .level(9), into: "/nowhere") }
    await expect(.badCriteria) { try await client.downloadProgramme("1", level: .level(9), into: "/nowhere") }
    #expect(service.calls.isEmpty)
  }

  @Test func checksumsOfMembersAreCompared() async throws {
    let service = try Self.service { _, _ in Self.tar }
    let scratch = try ScratchFolder()
    let md5OfX = "9dd4e461268c8034f5c8564e155c67a6"
    let good = try await service.client().downloadObservation(
      "jw1_obs", level: .level(2), into: scratch.path, checksums: ["a_uncal.fits": .md5(md5OfX)])
    #expect(good.files.map(\.isVerified) == [false, true])
    let other = try ScratchFolder()
    await expect(.download) {
      try await service.client().downloadObservation(
        "jw1_obs", level: .level(2), into: other.path,
        checksums: ["a_uncal.fits": .md5(String(md5OfX.reversed()))])
    }
    #expect(other.names.isEmpty)
  }

  @Test func aProgrammeGoesOnAfterFailures() async throws {
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/tap/async": return FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/7")])
      case "/server/tap/async/7/phase": return .text("COMPLETED")
      case "/server/tap/async/7/results/result":
        return .table(["observationid"], [["o1"], ["o2"], ["o1"], ["o3"], ["../o4"]])
      case "/server/data":
        return call.fields["planeid"] == "p-o2" ? .page("Private file(s) requested", status: 403) : Self.tar
      default:
        for id in ["o1", "o2", "o3"] where call.statement.contains("'\(id)'") {
          return .table(["planeid", "calibrationlevel:int"], [["p-\(id)", "3"]])
        }
        return .text("?", status: 404)
      }
    }
    let scratch = try ScratchFolder()
    let finished = Counter()
    let outcomes = try await service.client().downloadProgramme("6651", level: .level(3), into: scratch.path) { event in
      if case .finished = event { _ = finished.next() }
    }
    #expect(outcomes.map(\.observationID) == ["o1", "o2", "o3", "../o4"])
    #expect(outcomes.map { $0.error == nil } == [true, false, true, false])
    #expect(outcomes.map(\.isPrivate) == [false, true, false, false])
    #expect(finished.next() == 4)
    #expect(scratch.names == ["o1", "o3"])
  }

  @Test func theCookieStaysBehindWhenTheDataAreElsewhere() async throws {
    let foreign = try FakeArchive { _, _ in Self.tar }
    let foreignURL = foreign.url
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/login": FakeArchive.Reply(headers: [("Set-Cookie", "SESSION=secret")])
      case "/server/data": FakeArchive.Reply(status: 302, headers: [("Location", foreignURL + "/bucket")])
      default: Self.planes
      }
    }
    let archive = try await service.client().login(.init(user: "u", password: "p"))
    let scratch = try ScratchFolder()
    #expect(
      try await archive.downloadObservation("jw1", level: .level(2), into: scratch.path).files.count == 2)
    #expect(service.calls.last?.cookie == "SESSION=secret")
    #expect(foreign.calls.allSatisfy { $0.cookie == nil } && !foreign.calls.isEmpty)
  }

  @Test func redirectsWithoutEndAreAnError() async throws {
    let service = try Self.service { _, number in
      FakeArchive.Reply(status: 302, headers: [("Location", "/server/data?n=\(number)")])
    }
    let scratch = try ScratchFolder()
    await expect(.download) { try await download(service, into: scratch) }
    #expect(service.calls.count < 20)
  }
}

extension ScratchFolder {
  /// The names in a folder, hidden ones too.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
