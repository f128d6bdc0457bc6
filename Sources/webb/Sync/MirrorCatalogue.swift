import Downloads
import Holdings
import MASTArchive
import Mirroring
import SkyGeometry

/// What the archive lists for the questions of a directory. Only here does sync ask MAST.
struct MirrorCatalogue {
  var entries: [MirrorEntry] = []
  /// The rows behind the entries, question by question.
  var plans: [DownloadPlan] = []
  /// What went wrong: refused names, services that did not answer.
  var problems: [String] = []

  /// Asks all questions.
  /// - Throws: when a question is not answered in full; there is no catalogue then.
  static func asking(
    _ questions: [SyncQuestion], layout: LayoutOptions, client: MASTClient, talk: TalkOptions, now: ModifiedJulianDate
  ) async throws -> MirrorCatalogue {
    var catalogue = MirrorCatalogue()
    let root = try layout.outputLayout().root
    for question in questions {
      let findings = try await MASTSearch(
        search: question.search, position: question.position, products: question.products, layout: layout, talk: talk,
        now: now
      ).run(client)
      catalogue.problems += findings.plan.refusals.values.map(\.description).sorted()
      if let failure = findings.failures.first {
        catalogue.problems.append(
          "The archive did not say which versions its files have, so reprocessed ones may go unnoticed: \(Failure.sentence(failure))"
        )
      }
      catalogue.entries += entries(of: findings.plan, root: root)
      catalogue.plans.append(findings.plan)
    }
    return catalogue
  }

  private static func entries(of plan: DownloadPlan, root: String) -> [MirrorEntry] {
    plan.selection.products.indices.filter { plan.refusals[$0] == nil }.map { index in
      let product = plan.selection.products[index].product
      let name = product.productFilename ?? ""
      let record = plan.records?[name]
      return MirrorEntry(
        name: name, path: String(plan.destinations[index].dropFirst(root.count + 1)),
        uri: product.dataURI ?? "mast:JWST/product/" + name,
        mark: FileMark(
          size: product.size, md5: record?.checksum, archiveFileID: record?.archiveFileID,
          ingestDate: record?.ingestDate),
        rights: product.dataRights, releaseDate: plan.releaseDate(index)?.rawValue)
    }
  }
}
