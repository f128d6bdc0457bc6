import Foundation
import Holdings
import LocalArchive
import TestSupport
import Testing

@testable import SampleData

/// `webb mast sync --into`: what a directory holds, as a local archive.
@Suite struct SyncArchiveTests {
  private let folder: ScratchFolder
  private let revisions: SampleRevisions

  init() throws {
    folder = try ScratchFolder()
    revisions = try SampleRevisions()
  }

  private var mirror: String { folder.file("mirror") }
  private var archive: String { folder.file("archive") }

  private func sync(from source: String, _ more: [String] = []) throws -> WebbProcess.Result {
    try WebbProcess(
      ["mast", "sync", mirror, "--now", "2026-08-01", "--archive", source, "--into", archive] + more
    ).run()
  }

  /// The observations that list a file, and what the archive says of the product.
  private func rows(_ store: ArchiveStore, of name: String) throws -> [String] {
    let observations = try store.observations()
    return try store.products(matching: [Filter("productFilename", values: [name])]).map { product in
      let owner = observations.first { $0.obsid == product.parent_obsid }
      return [
        owner?.obs_id, owner?.instrument_name, owner?.s_region, owner?.target_name, product.description,
        product.productType, product.dataRights, product.size.map(String.init), product.calib_level.map(String.init),
      ].map { $0 ?? "–" }.joined(separator: "|")
    }.sorted()
  }

  private func inode(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
  }

  @Test func theArchiveHoldsWhatTheDirectoryHoldsThroughAReprocessing() throws {
    let first = try sync(from: revisions.firstPath, ["--propID", "2734", "--filetypes", "fits", "jpg"])
    #expect(first.status == 0, "\(first.errors)")
    let source = try ArchiveStore.open(at: revisions.firstPath)
    let before = SampleRevisions.wanted(revisions.first)
    do {
      let store = try ArchiveStore.open(at: archive)
      for file in before.values {
        let stored = try #require(try store.file(name: file.name), "\(file.name)")
        #expect(stored.md5 == file.md5)
        let path = try #require(store.path(of: stored))
        #expect(FileManager.default.contents(atPath: path)?.count == Int(file.size))
        let row = try rows(store, of: file.name)
        #expect(!row.isEmpty)
        #expect(try Set(rows(source, of: file.name)).isSuperset(of: row), "\(file.name)")
      }
      let name = try #require(before.keys.first { $0.hasSuffix("_uncal.fits") })
      let inMirror = try #require(
        FileManager.default.enumerator(atPath: mirror)?.allObjects.compactMap { $0 as? String }
          .first { $0.hasSuffix("/" + name) })
      let stored = try #require(try store.file(name: name))
      #expect(try inode(mirror + "/" + inMirror) == inode(try #require(store.path(of: stored))))
      try store.close()
    }

    let second = try sync(from: revisions.secondPath, ["--delete-gone"])
    #expect(second.status == 0, "\(second.errors)")
    let after = SampleRevisions.wanted(revisions.second)
    let changed = after.values.filter { file in before[file.name].map { $0.md5 != file.md5 } ?? false }
    #expect(
      second.errors.contains("\(after.count - after.keys.count { before[$0] == nil } - changed.count) known already"))
    let store = try ArchiveStore.open(at: archive)
    for file in after.values { #expect(try store.file(name: file.name)?.md5 == file.md5, "\(file.name)") }
    let reprocessed = try #require(changed.first { $0.name.hasSuffix(".fits") })
    #expect(try store.versions(ofFile: reprocessed.name).map(\.checksum).contains(reprocessed.md5))
    #expect(
      FileManager.default.enumerator(atPath: archive)?.allObjects.contains { "\($0)".hasSuffix(".part") } == false)

    let asked = try WebbProcess([
      "archive", "query", "--archive", archive, "--format", "csv", "-q",
      "SELECT COUNT(*) AS n FROM jwst.artifact WHERE uri LIKE 'mast:JWST/product/\(reprocessed.name)'",
    ]).run()
    #expect(asked.output == "n\n1\n", "\(asked.errors)")
  }

  @Test func theSampleArchiveIsNotFed() throws {
    let result = try WebbProcess(["mast", "sync", mirror, "--into", "sample", "--propID", "2734"]).run()
    #expect(result.status == 2)
    #expect(result.errors.contains("--into"))
  }
}
