import Foundation
import Mirroring
import TestSupport
import Testing

/// Rounds on a real directory against a server that behaves.
@Suite struct MirrorSyncTests {
  private let first = MirrorFixture.first
  private let second = MirrorFixture.second

  /// A directory that holds the first version.
  private func filled(isSummed: Bool = true) async throws -> (MirrorFixture, MirrorEntry) {
    let fixture = try MirrorFixture()
    let entry = try await fixture.entry(first, number: 1, isSummed: isSummed)
    let report = try await fixture.round([entry], try MirrorFixture.good(first, etag: "\"1\""))
    #expect(report.count(.new) == 1)
    return (fixture, entry)
  }

  @Test func aReplacedVersionIsKeptOnRequest() async throws {
    let (fixture, _) = try await filled()
    let server = try MirrorFixture.good(second, etag: "\"2\"")
    let new = try await fixture.entry(second, number: 2)
    let report = try await fixture.round([new], server) { $0.keepsVersions = true }
    let kept = "02731/jw02731001001_02101_00001_nrcb1_cal.v1.fits"
    #expect(report.changes.map(\.keptAs) == [kept])
    #expect(fixture.folder.holds(kept, first))
    #expect(fixture.folder.holds(fixture.path, second))

    let store = try MirrorStore.open(in: fixture.folder.path)
    #expect(try await MirrorVerification(store).run().intact == 2)
    try fixture.folder.write(kept, first.dropLast())
    #expect(try await MirrorVerification(store).run().damaged.map(\.path) == [kept])
  }

  @Test func aFileOfTheUsersOwnIsNeverTouched() async throws {
    let (fixture, entry) = try await filled()
    try fixture.folder.write("02731/notes.txt", "mine".utf8)
    let taken = "02731/jw02731001001_02101_00001_nrcb1_cal.v1.fits"
    try fixture.folder.write(taken, "mine too".utf8)
    let server = try MirrorFixture.good(second, etag: "\"2\"")
    let new = try await fixture.entry(second, number: 2)
    // The name that the older version would get is taken: then nothing is replaced.
    let report = try await fixture.round([new], server) {
      $0.keepsVersions = true
      $0.deletesGone = true
    }
    #expect(report.count(.failed) == 1)
    #expect(fixture.folder.holds(taken, Array("mine too".utf8)))
    #expect(fixture.folder.holds("02731/notes.txt", Array("mine".utf8)))
    #expect(fixture.folder.holds(fixture.path, first))
    #expect(server.requests.isEmpty)
    // And the name is not taken for a version's afterwards.
    #expect(try await fixture.round([entry], server).isInStep)
    #expect(fixture.folder.holds(taken, Array("mine too".utf8)))
  }

  @Test func damageWithoutAnyTraceIsFoundByReading() async throws {
    for isSummed in [true, false] {
      let (fixture, entry) = try await filled(isSummed: isSummed)
      let path = fixture.folder.file(fixture.path)
      let date = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
      try fixture.folder.write(fixture.path, second)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
      let server = try MirrorFixture.good(first, etag: "\"1\"")
      let report = try await fixture.round([entry], server) { $0.verifies = true }
      #expect(report.count(.mended) == 1)
      #expect(server.requests.count == 1)
      #expect(fixture.folder.holds(fixture.path, first))
    }
  }

  @Test func withdrawnFilesStayUnlessToldOtherwise() async throws {
    let (fixture, _) = try await filled()
    let server = try MirrorFixture.good(first, etag: "\"1\"")
    let other = MirrorEntry(
      name: "x.fits", path: "x.fits", uri: "u",
      mark: FileMark(size: Int64(first.count), md5: try await fixture.md5(first)))
    let report = try await fixture.round([other], server)
    #expect(report.changes.map(\.kind) == [.new, .gone])
    #expect(report.changes.map(\.isNews) == [true, true])
    #expect(report.isInStep)
    let again = try await fixture.round([other], server)
    #expect(again.changes.map(\.isNews) == [false])
    #expect(try await fixture.round([], server) { $0.deletesGone = true }.count(.deleted) == 0)
    #expect(try await fixture.round([other], server) { $0.deletesGone = true }.count(.deleted) == 1)
    #expect(fixture.names == ["x.fits"])
    #expect(try MirrorStore.open(in: fixture.folder.path).files().keys.sorted() == ["x.fits"])
  }

  @Test func aRefusedExclusiveFileIsWithheldAndNotFailed() async throws {
    let fixture = try MirrorFixture()
    var entry = try await fixture.entry(first, number: 1)
    (entry.rights, entry.releaseDate) = ("EXCLUSIVE_ACCESS", 61_100)
    let server = try LoopbackServer { $1.respond(401) }
    let report = try await fixture.round([entry], server) { $0.asksForExclusive = true }
    #expect(report.changes.map(\.kind) == [.withheld])
    #expect(report.changes.map(\.releaseDate) == [61_100])
    #expect(report.isAllWithheld && !report.isInStep)
    entry.rights = "PUBLIC"
    #expect(try await fixture.round([entry], server).changes.map(\.kind) == [.failed])
  }

  @Test func whatAnEarlierRoundBeganOfAWithdrawnFileIsCleared() async throws {
    let fixture = try MirrorFixture()
    let entry = try await fixture.entry(first, number: 1)
    let bytes = first
    let cutting = try LoopbackServer { request, connection in
      guard request.rangeStart == nil else { return connection.respond(500) }
      connection.sendHead(200, ["ETag": "\"1\"", "Content-Length": "\(bytes.count)"])
      connection.send(bytes.prefix(150_000))
    }
    #expect(try await fixture.round([entry], cutting).count(.failed) == 1)
    #expect(fixture.names == [fixture.path + ".part", fixture.path + ".part.json"])
    #expect(try await fixture.round([], cutting).isInStep)
    #expect(fixture.names.isEmpty)
  }

  @Test func aLookChangesNothing() async throws {
    let fixture = try MirrorFixture()
    let entry = try await fixture.entry(first, number: 1)
    let missing = fixture.folder.file("not/there")
    let plan = try await MirrorSync(lookingAt: missing).plan(for: [entry], rules: fixture.rules)
    #expect(MirrorReport(of: plan).count(.new) == 1)
    #expect(fixture.folder.names.isEmpty)
  }
}
