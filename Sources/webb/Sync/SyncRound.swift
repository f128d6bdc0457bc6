import Downloads
import MASTArchive
import Mirroring
import SkyGeometry

/// One round of `webb mast sync`: ask, compare, carry out.
struct SyncRound: Sendable {
  var folder: String
  /// The directory's memory; `nil` when nothing may be written.
  var store: MirrorStore?
  var questions: [SyncQuestion]
  var layout: LayoutOptions
  var options: SyncOptions
  var talk: TalkOptions

  func run(_ client: MASTClient, now: ModifiedJulianDate) async throws -> MirrorReport {
    let sync = try store.map { try MirrorSync(store: $0) } ?? MirrorSync(lookingAt: folder)
    let catalogue = try await MirrorCatalogue.asking(
      questions, layout: layout, client: client, talk: talk, now: now)
    // Only now is it known that the archive understands them.
    for question in questions { try store?.remember(question: question.words) }
    var rules = MirrorPlan.Rules(now: now.rawValue)
    rules.keepsVersions = options.keepVersions
    rules.deletesGone = options.deleteGone
    rules.verifies = options.verify
    rules.asksForExclusive = client.configuration.token != nil
    // A name that could not be used may be that of a file that is here: then it only seems to be gone.
    rules.isCatalogueComplete = catalogue.problems.isEmpty

    let reading = CountProgress(label: "Megabytes read", isSilent: talk.quiet)
    let plan = try await sync.plan(for: catalogue.entries, rules: rules) { done, _ in
      reading.show(Int(done / 1_000_000))
    }
    reading.finish()
    if store == nil { return MirrorReport(of: plan, problems: catalogue.problems) }

    var configuration = DownloadQueue.Configuration()
    configuration.concurrency = options.jobs
    let queue = DownloadQueue(transport: client.transport, configuration: configuration)
    var display: TransferDisplay?
    var report = try await sync.carryOut(
      plan, queue: queue, problems: catalogue.problems, address: { client.downloadURL(dataURI: $0.uri) },
      events: { items in
        let shown = TransferDisplay(items, talk: talk)
        display = shown
        return { shown.show($0) }
      })
    display?.finish()
    if !report.wasInterrupted { report.problems += try feed(catalogue, now: now) }
    return report
  }

  /// Puts what is here into the local archive that `--into` names.
  /// - Returns: what could not be put there.
  private func feed(_ catalogue: MirrorCatalogue, now: ModifiedJulianDate) throws -> [String] {
    guard let into = options.into, let store else { return [] }
    let path = Environment.absolutePath(into)
    let progress = CountProgress(label: "Files in the archive", total: catalogue.entries.count, isSilent: talk.quiet)
    let outcome = try ArchiveFeed(archive: path).take(
      catalogue.plans, from: folder, files: try store.files(), now: now
    ) { progress.show($0) }
    progress.finish()
    talk.say("\(path): \(outcome.taken) files new or newer, \(outcome.known) known already.")
    return outcome.refusals
  }
}
