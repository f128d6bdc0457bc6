import Foundation
import Holdings
import TableIO
import TestSupport
import Testing

@testable import SampleData

/// `webb mast sync` as a process: revision 2 of the sample archive in place of revision 1.
@Suite(.serialized) struct SyncTests {
  private static let revisions = Result { try SampleRevisions() }
  private let revisions: SampleRevisions
  private let search = ["--propID", "2734", "--filetypes", "fits", "jpg"]

  init() throws { revisions = try Self.revisions.get() }

  @Test func theSampleArchiveHasEveryKindOfChange() throws {
    let (before, after) = (SampleRevisions.wanted(revisions.first), SampleRevisions.wanted(revisions.second))
    let changed = before.values.filter { file in after[file.name].map { $0.md5 != file.md5 } ?? false }
    #expect(changed.contains { after[$0.name]?.size == $0.size })
    #expect(changed.contains { after[$0.name]?.size != $0.size })
    #expect(before.keys.contains { after[$0] == nil })
    #expect(after.keys.contains { before[$0] == nil })
    let again = try SampleRevisions()
    #expect(again.second.files == revisions.second.files)
    #expect(again.second.keywordRows == revisions.second.keywordRows)
    #expect(revisions.second.previousVersions.contains { $0.checksum == changed.first?.md5 } || changed.isEmpty)
  }

  @Test func revisionTwoIsFetchedByExactlyTheNeededTransfers() throws {
    let folder = try ScratchFolder()
    let mirror = folder.file("mirror")
    let first = try ServedArchive(revisions.firstPath)
    #expect(try sync(mirror, ["--mast-url", first.url] + search).status == 0)
    let before = SampleRevisions.wanted(revisions.first)
    let after = SampleRevisions.wanted(revisions.second)
    #expect(try wait(for: before.count, from: first).count == before.count)

    let unchanged = before.values.filter { $0.name.hasSuffix("_uncal.fits") }.sorted { $0.name < $1.name }
    let damaged = try #require(unchanged.first).name
    try damage(mirror, damaged)
    try folder.write("mirror/own.txt", "mine".utf8)
    let missing = after.keys.filter { before[$0] == nil }
    let changed = after.values.filter { file in before[file.name].map { $0.md5 != file.md5 } ?? false }.map(\.name)
    let needed = Set(missing + changed + [damaged])

    let second = try ServedArchive(revisions.secondPath)
    let result = try sync(mirror, ["--mast-url", second.url, "--delete-gone", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONValue(parsing: result.output)
    func names(_ kind: String) -> Set<String> {
      Set(
        (report["changes"]?.arrayValue ?? []).filter { $0["kind"]?.stringValue == kind }.compactMap {
          $0["name"]?.stringValue
        })
    }
    #expect(names("new") == Set(missing))
    #expect(names("reprocessed") == Set(changed))
    #expect(names("mended") == [damaged])
    for change in report["changes"]?.arrayValue ?? [] where change["kind"]?.stringValue == "reprocessed" {
      guard change["name"]?.stringValue?.hasSuffix(".fits") ?? false else { continue }
      for mark in ["size", "md5", "archive_file_id", "ingest_date_mjd"] {
        #expect(change["version"]?[mark].map { $0 != .null } ?? false, "\(mark)")
      }
    }
    #expect(names("deleted") == Set(before.keys.filter { after[$0] == nil }))
    #expect(report["counts"]?["present"] == .integer(Int64(after.count - needed.count)))
    let sent = try wait(for: needed.count, from: second)
    #expect(sent.sorted() == needed.compactMap { after[$0]?.size }.sorted())

    try expectFresh(mirror, own: ["own.txt"])
    #expect(folder.holds("mirror/own.txt", Array("mine".utf8)))
    let again = try sync(mirror)
    #expect(again.status == 0)
    #expect(second.sent.count == needed.count)
    let verified = try WebbProcess(["mast", "verify", mirror, "--json"]).run()
    #expect(try JSONValue(parsing: verified.output)["intact"] == .integer(Int64(after.count)))
  }

  @Test func killedAtTwentyRandomMomentsItStillEndsAsAFreshDownload() throws {
    let folder = try ScratchFolder()
    let (first, second) = (try ServedArchive(revisions.firstPath), try ServedArchive(revisions.secondPath))
    let start = folder.file("start")
    #expect(try sync(start, ["--mast-url", first.url] + search).status == 0)
    let damaged = try #require(
      SampleRevisions.wanted(revisions.first).keys.sorted().first { $0.hasSuffix("_uncal.fits") })
    try damage(start, damaged)
    let arguments = ["--mast-url", second.url, "--delete-gone", "--jobs", "1"] + search

    var random = RandomSource(seed: 2734)
    var longest = 1.0
    var midway = 0
    for round in 0..<20 {
      // In turns from the older state and from nothing.
      let isUpdate = round.isMultiple(of: 2)
      let mirror = folder.file("mirror\(round)")
      if isUpdate { try FileManager.default.copyItem(atPath: start, toPath: mirror) }
      let began = Date()
      let running = try starting(mirror, arguments)
      // By the clock, which meets start and end too, or after so many transfers.
      if round % 4 < 2 {
        let moment = random.uniform() * longest
        while running.isRunning, Date().timeIntervalSince(began) < moment { Thread.sleep(forTimeInterval: 0.005) }
      } else {
        let count = Int(random.uniform() * (isUpdate ? 6 : 25))
        while running.isRunning, running.errors.split(separator: "\n").count(where: { $0.hasPrefix("[") }) < count {
          Thread.sleep(forTimeInterval: 0.002)
        }
      }
      running.send(signal: SIGKILL)
      if running.wait().status != -SIGKILL { longest = Date().timeIntervalSince(began) }
      let left = Self.files(mirror).keys
      if left.contains(where: { $0.contains(".part") }) || (!isUpdate && !left.isEmpty) { midway += 1 }
      let result = try sync(mirror, arguments)
      #expect(result.status == 0, "round \(round): \(result.errors)")
      try expectFresh(mirror)
      try FileManager.default.removeItem(atPath: mirror)
    }
    #expect(midway >= 3, "the moments must not all be before or after the transfers")
  }

  // MARK: Steps

  private func process(_ mirror: String, _ more: [String]) -> WebbProcess {
    WebbProcess(["mast", "sync", mirror, "--now", "2026-08-01"] + more)
  }

  private func sync(_ mirror: String, _ more: [String] = []) throws -> WebbProcess.Result {
    try process(mirror, more).run()
  }

  private func starting(_ mirror: String, _ more: [String]) throws -> RunningWebb { try process(mirror, more).start() }

  /// The sizes sent, once there are so many: the log may come a moment after the client has the last byte.
  private func wait(for count: Int, from server: ServedArchive) throws -> [Int64] {
    for _ in 0..<100 where server.sent.count < count { Thread.sleep(forTimeInterval: 0.05) }
    return server.sent
  }

  private func damage(_ mirror: String, _ name: String) throws {
    let path = try #require(Self.files(mirror).keys.first { $0.hasSuffix("/" + name) })
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: mirror + "/" + path))
    try file.seek(toOffset: 5000)
    try file.write(contentsOf: Data("damage".utf8))
    try file.close()
  }

  private static let fresh = Result { () throws -> (ScratchFolder, [String: Data]) in
    let folder = try ScratchFolder()
    let archive = try revisions.get().secondPath
    _ = try WebbProcess(
      ["mast", "download", "--archive", archive, "--yes", "-q", "--outrootdir", folder.path] + [
        "--propID", "2734", "--filetypes", "fits", "jpg",
      ]
    ).run()
    return (folder, files(folder.path))
  }

  /// Compares a directory with a fresh download of revision 2, byte for byte and name for name.
  private func expectFresh(
    _ mirror: String, own: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fresh = try Self.fresh.get().1
    let files = Self.files(mirror).filter { !own.contains($0.key) }
    #expect(fresh.count == SampleRevisions.wanted(revisions.second).count, sourceLocation: sourceLocation)
    #expect(files.keys.sorted() == fresh.keys.sorted(), sourceLocation: sourceLocation)
    for (path, bytes) in files where fresh[path] != bytes {
      Issue.record("\(path) differs", sourceLocation: sourceLocation)
    }
  }

  /// All files below a directory but sync's own.
  private static func files(_ root: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder), !isFolder.boolValue,
        path != ".webb-mirror.sqlite"
      else { continue }
      files[path] = FileManager.default.contents(atPath: root + "/" + path)
    }
    return files
  }
}
