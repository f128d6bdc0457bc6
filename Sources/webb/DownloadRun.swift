import Downloads
import Foundation
import Holdings
import MASTArchive
import SkyGeometry

/// The transfers of a plan, with the question before them and the report after them.
struct DownloadRun {
  var plan: DownloadPlan
  var options: DownloadOptions
  var talk: TalkOptions
  /// What is released later counts as closed; without it the archive alone decides about every file.
  var now: ModifiedJulianDate?

  /// What is on disk of each product when all is done.
  func states(client: MASTClient, root: String) async throws -> [LocalState] {
    let wanted = plan.toFetch(clobber: options.clobber)
    let present = plan.states.filter { $0 == .exists }.count
    if options.skipdownload || plan.selection.products.isEmpty { return plan.states }
    // Without a token the archive would refuse them one by one; with one it knows best what the token opens.
    let closed = now.map { plan.closed(wanted, now: $0) } ?? []
    let hopeless = Set(client.configuration.token == nil ? closed : [])
    if let note = note(closed: closed, isHopeless: !hopeless.isEmpty) { talk.say(note) }
    let indices = wanted.filter { !hopeless.contains($0) }
    var before = plan.states
    if !options.dryRun { for index in hopeless { before[index] = .exclusive } }
    if indices.isEmpty, !hopeless.isEmpty { return before }
    if indices.isEmpty {
      talk.say("Nothing to download: \(plan.refusals.isEmpty ? "all " : "")\(present) files are present below \(root).")
      return plan.states
    }
    let bytes = indices.reduce(Int64(0)) { $0 + (plan.selection.products[$1].product.size ?? 0) }
    let replaced =
      options.clobber && present > 0
      ? " (\(present) of them present and replaced)" : present > 0 ? "; \(present) are present" : ""
    let summary = "\(indices.count) files, \(ByteCount.text(bytes))\(replaced), into \(root)"
    let source = options.source(for: client)
    if options.dryRun {
      let items = plan.items(indices, client: client, checksums: knownChecksums ?? [:], from: source)
      let elsewhere = items.count { !$0.alternatives.isEmpty }
      talk.say(
        "Would download: \(summary)" + (elsewhere > 0 ? "; \(elsewhere) of them from the public bucket." : "."))
      return plan.states
    }
    if options.yes { talk.say("To download: \(summary)") }
    guard try await isConfirmed(summary) else {
      talk.say("Nothing downloaded.")
      return plan.states
    }
    let checksums = await checksums(client, indices)
    let outcomes = await transfer(plan.items(indices, client: client, checksums: checksums, from: source), client)
    return report(outcomes, indices: indices, before: before)
  }

  private var knownChecksums: [String: String]? { plan.records?.compactMapValues(\.checksum) }

  /// The MD5 sums that the archive keeps of the files; where it gives none, length alone is checked, and that is said.
  private func checksums(_ client: MASTClient, _ indices: [Int]) async -> [String: String] {
    if let knownChecksums { return knownChecksums }
    let (sums, failure) = await client.checksums(from: plan.checksumSources(indices))
    if let failure, !Task.isCancelled {
      talk.say("Note: the archive gives no checksums, so lengths alone are checked. \(Failure.sentence(failure))")
    }
    return sums
  }

  /// What to know of files that are not public, before anything is fetched.
  private func note(closed: [Int], isHopeless: Bool) -> String? {
    if closed.isEmpty { return nil }
    return "\(closed.count) files \(plan.words(ofClosed: closed))"
      + (isHopeless
        ? ": not tried, since there is no token. Set MAST_API_TOKEN, or run webb mast token set."
        : "; your token decides about them.")
  }

  /// Asks whether to go on, unless `--yes` answers. Waits in short steps, so that Ctrl-C ends it.
  private func isConfirmed(_ summary: String) async throws -> Bool {
    if options.yes { return true }
    Console.write("To download: \(Console.safe(summary)). Go on? [y/n] ", to: 2)
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    while poll(&input, 1, 100) == 0 { try Task.checkCancellation() }
    guard let answer = readLine() else {
      Console.write("\n", to: 2)
      throw Failure(message: "There is no answer on standard input: give --yes to download without being asked.")
    }
    return ["y", "yes"].contains(answer.lowercased())
  }

  private func transfer(_ items: [DownloadItem], _ client: MASTClient) async -> [DownloadOutcome] {
    var configuration = DownloadQueue.Configuration()
    configuration.concurrency = options.jobs
    let queue = DownloadQueue(transport: client.transport, configuration: configuration)
    let display = TransferDisplay(items, talk: talk)
    let outcomes = await queue.run(items) { display.show($0) }
    display.finish()
    return outcomes
  }

  private func report(_ outcomes: [DownloadOutcome], indices: [Int], before: [LocalState]) -> [LocalState] {
    var states = before
    var verified = 0
    var bytes: Int64 = 0
    var interrupted = 0
    var isDiskFull = false
    for (index, outcome) in zip(indices, outcomes) {
      switch outcome.result {
      case .downloaded(let size, let isVerified, _):
        states[index] = .downloaded
        bytes += size
        verified += isVerified ? 1 : 0
      case .failed(let error):
        states[index] = .failed
        // One full disk fails every file that is left, for the same reason.
        if error.kind == .diskFull, isDiskFull { continue }
        isDiskFull = isDiskFull || error.kind == .diskFull
        if error.kind == .cancelled {
          interrupted += 1
        } else {
          Console.report("Failed: \(outcome.item.label): \(error)")
        }
      }
    }
    if interrupted > 0 {
      Console.report("Interrupted: \(interrupted) files are not there yet; run the command again to go on.")
    }
    let failed = outcomes.filter { $0.error != nil }.count + plan.refusals.count
    let hopeless: Set<DownloadsError.Kind> = [.notFound, .notAuthorized, .unsafeName, .wrongSize, .wrongChecksum]
    let mayHelp = outcomes.contains { $0.error.map { !hopeless.contains($0.kind) } ?? false }
    talk.say(
      "Downloaded \(outcomes.count - (failed - plan.refusals.count)) files, \(ByteCount.text(bytes)), \(verified) of them verified by MD5."
        + (failed > 0 ? " \(failed) failed\(mayHelp ? ": run the command again to fetch what is missing" : "")." : ""))
    return states
  }
}
