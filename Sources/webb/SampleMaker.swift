import Foundation
import Holdings
import LocalArchive
import SampleData
import SkyGeometry

/// Puts the made-up archive into a folder.
struct SampleMaker {
  var epoch: ModifiedJulianDate
  var seed: UInt64
  var revision = 1
  var talk: TalkOptions

  /// The token that opens the exclusive programme of the sample.
  static let token = "webb-sample-token"

  /// The epoch of a sample made at some moment: that moment to the hour, so that the last day finds something.
  static func epoch(for now: ModifiedJulianDate) -> ModifiedJulianDate {
    ModifiedJulianDate(rawValue: (now.rawValue * 24).rounded(.down) / 24)
  }

  /// Makes the archive; nothing is left at `path` when it fails.
  func make(at path: String) throws -> ArchiveStatistics {
    let files = FileManager.default
    if LocalFile.size(path) != nil {
      // Only an empty folder gives way.
      guard (try? files.contentsOfDirectory(atPath: path).isEmpty) == true else {
        throw Failure.usage("\(path) exists: name a folder that does not exist yet, or an empty one.")
      }
    }
    talk.say("Making the sample archive in \(path).")
    let unfinished = path + ".unfinished-" + UUID().uuidString.prefix(8)
    do {
      let statistics = try fill(unfinished)
      // Removes a folder only when it is empty.
      rmdir(path)
      try files.moveItem(atPath: unfinished, toPath: path)
      return statistics
    } catch {
      try? files.removeItem(atPath: unfinished)
      throw error
    }
  }

  private func fill(_ path: String) throws -> ArchiveStatistics {
    let store = try ArchiveStore.create(at: path)
    let sample = SampleArchive(.init(seed: seed, epoch: epoch, revision: revision))
    var progress: CountProgress?
    let contents = try sample.write(to: store.filesPath) { done, total in
      if progress == nil { progress = CountProgress(label: "Sample files", total: total, isSilent: talk.quiet) }
      progress?.show(done)
    }
    progress?.finish()
    try store.add(
      ArchiveContents(
        observations: contents.observations, products: contents.products, keywordRows: contents.keywordRows,
        files: contents.files.map {
          StoredFile(name: $0.name, relativePath: $0.relativePath, size: $0.size, md5: $0.md5)
        },
        previousVersions: contents.previousVersions), on: epoch)
    let exclusive = Set(
      contents.products.filter { $0.dataRights == "EXCLUSIVE_ACCESS" }.compactMap { $0.proposal_id.flatMap { Int($0) } }
    )
    try store.setAccessTokens([
      Self.token: AccessHolder(ezid: "sample", display_name: "Sample User", programs: exclusive.sorted())
    ])
    let statistics = try store.statistics()
    try store.close()
    return statistics
  }

  /// The folder of the sample archive in the user's cache, made first where it is missing or its newest observation is too old
  /// for a look-back of one day.
  static func cached(now: ModifiedJulianDate, talk: TalkOptions) throws -> String {
    let files = FileManager.default
    let cache =
      try Environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
      ?? files.url(for: .cachesDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    let folder = cache.appendingPathComponent("webb")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let day = ModifiedJulianDate(rawValue: now.rawValue.rounded(.up))
    let name = "sample-" + day.isoText(fractionDigits: 0).prefix(10)
    let path = folder.appendingPathComponent(name).path
    if files.fileExists(atPath: path + "/webb.sqlite") { return path }
    Self.removeOld(in: folder)
    do {
      _ = try SampleMaker(epoch: epoch(for: now), seed: 1, talk: talk).make(at: path)
    } catch {
      // Another process may have made the same one meanwhile.
      guard files.fileExists(atPath: path + "/webb.sqlite") else { throw error }
    }
    return path
  }

  /// Removes samples, finished or not, that nobody has made or opened for three days.
  private static func removeOld(in folder: URL) {
    let files = FileManager.default
    for old in (try? files.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.contentModificationDateKey]))
      ?? []
    where old.lastPathComponent.hasPrefix("sample-") {
      let modified = try? old.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
      if let modified, modified.timeIntervalSinceNow < -3 * 86400 { try? files.removeItem(at: old) }
    }
  }
}
