import Foundation
import Holdings
import LocalArchive
import MASTArchive
import Mirroring
import SkyGeometry

/// Puts what a directory in step holds into a local archive: the rows of its observations and products, and its files.
struct ArchiveFeed {
  private let store: ArchiveStore

  /// What a feed came to.
  struct Outcome {
    /// Files that are new in the archive, or of another version than it had.
    var taken = 0
    /// Files that it had already.
    var known = 0
    /// What could not be taken, and why.
    var refusals: [String] = []
  }

  /// Opens an archive; one that does not exist is made.
  init(archive path: String) throws { store = try ArchiveStore.create(at: path) }

  /// Takes rows and files.
  /// - Parameters:
  ///   - plans: what the archive listed.
  ///   - folder: the directory.
  ///   - files: the directory's files that were last found whole, by path.
  ///   - now: today; what is released later counts as exclusive.
  ///   - progress: told how many files are done.
  func take(
    _ plans: [DownloadPlan], from folder: String, files: [String: MirrorFile], now: ModifiedJulianDate,
    progress: (Int) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    for plan in plans {
      let products = plan.selection.products
      try store.add(
        observations: plan.selection.observations.map(\.observation), products: products.map(\.product),
        keywordRows: products.compactMap { entry in
          entry.product.productFilename.flatMap { plan.records?[$0] }.flatMap { KeywordRow($0, of: entry) }
        })
      for index in products.indices where plan.refusals[index] == nil {
        try Task.checkCancellation()
        let path = String(plan.destinations[index].dropFirst(folder.count + 1))
        guard let file = files[path], !file.isGone else { continue }
        if let md5 = file.disk.md5, try store.file(name: file.name)?.md5 == md5 {
          outcome.known += 1
        } else {
          do throws(LocalArchiveError) {
            try take(file, at: folder + "/" + path, now: now)
            outcome.taken += 1
          } catch { outcome.refusals.append(error.description) }
        }
        progress(outcome.taken + outcome.known)
      }
    }
    return outcome
  }

  private func take(_ file: MirrorFile, at path: String, now: ModifiedJulianDate) throws(LocalArchiveError) {
    // The directory's files are only ever replaced by new ones, so the archive may share their bytes.
    if path.lowercased().hasSuffix(".fits") {
      try store.addFITSFile(path: path, on: now, by: .linking)
    } else {
      try store.addFile(path: path, md5: file.disk.md5, by: .linking)
    }
  }
}

extension KeywordRow {
  /// The row of a keyword service as far as a search has asked for it; `nil` for a product of no known instrument.
  init?(_ record: FileRecord, of entry: ProductEntry) {
    guard let instrument = entry.instrument else { return nil }
    let service = entry.isGuideStar ? KeywordService.guideStar : KeywordService(instrument)
    let known = Set(service.columns.map(\.name))
    var cells: [String: Cell] = [:]
    cells[service.filenameColumn] = .text(record.filename)
    cells["dataURI"] = .text(record.dataURI)
    cells["fileSize"] = record.size.map(Cell.integer)
    cells["checksum"] = record.checksum.map(Cell.text)
    cells["productLevel"] = record.productLevel.map(Cell.text)
    cells["cal_ver"] = record.pipelineVersion.map(Cell.text)
    cells["crds_ctx"] = record.calibrationContext.map(Cell.text)
    cells["ArchiveFileID"] = record.archiveFileID.map(Cell.integer)
    cells["ingestCompletionDate_mjd"] = record.ingestDate.map(Cell.real)
    cells["s_region"] = record.footprint.map(Cell.text)
    cells["publicReleaseDate_mjd"] = record.releaseDate.map(Cell.real)
    self.init(service: service, cells: cells.filter { known.contains($0.key) })
  }
}
