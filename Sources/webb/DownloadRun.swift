import Downloads
import Foundation
import Holdings
import MASTArchive

/// The transfers of a plan, with the question before them and the report after them.
struct DownloadRun {
  var plan: DownloadPlan
  var options: DownloadOptions
  var talk: TalkOptions

  /// What is on disk of each product when all is done.
  func states(client: MASTClient, root: String) async throws -> [LocalState] {
    for (_, error) in plan.refusals.sorted(by: { $0.key < $1.key }) { Console.report("Failed: \(error)") }
    let indices = plan.toFetch(clobber: options.clobber)
    let present = plan.states.filter { $0 == .exists }.count
    if options.skipdownload || plan.selection.products.isEmpty { return plan.states }
    if indices.isEmpty {
      talk.say("Nothing to download: \(plan.refusals.isEmpty ? "all " : "")\(present) files are present below \(root).")
      return plan.states
    }
    let bytes = indices.reduce(Int64(0)) { $0 + (plan.selection.products[$1].product.size ?? 0) }
    let replaced =
      options.clobber && present > 0
      ? " (\(present) of them present and replaced)" : present > 0 ? "; \(present) are present" : ""
    talk.say("To download: \(indices.count) files, \(ByteCount.text(bytes))\(replaced). Into: \(root)")
    guard try isConfirmed() else {
      talk.say("Nothing downloaded.")
      return plan.states
    }
    let checksums = await checksums(client, indices)
    let items = plan.items(indices, client: client, checksums: checksums)
    let outcomes = try await transfer(items, client)
    return report(outcomes, indices: indices)
  }

  /// Asks whether to go on, unless `--yes` answers.
  private func isConfirmed() throws -> Bool {
    if options.yes { return true }
    Console.write("Download these files? [y/n] ", to: 2)
    guard let answer = readLine() else {
      Console.write("\n", to: 2)
      throw Failure(message: "There is no answer on standard input: give --yes to download without being asked.")
    }
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// The MD5 sums that the archive keeps of the files; without them length alone is checked, and that is said.
  private func checksums(_ client: MASTClient, _ indices: [Int]) async -> [String: String] {
    let sources = plan.checksumSources(indices)
    return await withTaskGroup(of: Result<[String: String], any Error>.self) { group in
      var next = 0
      func startNext() {
        guard next < sources.count else { return }
        let source = sources[next]
        next += 1
        group.addTask {
          do { return .success(try await client.checksums(program: source.program, service: source.service)) } catch {
            return .failure(error)
          }
        }
      }
      for _ in 0..<2 { startNext() }
      var all: [String: String] = [:]
      var isToldOf = false
      while let result = await group.next() {
        switch result {
        case .success(let checksums): all.merge(checksums) { $1 }
        case .failure(let error):
          if !isToldOf && !Task.isCancelled {
            talk.say("Note: the archive gives no checksums, so lengths alone are checked. \(Failure.sentence(error))")
          }
          isToldOf = true
        }
        startNext()
      }
      return all
    }
  }

  private func transfer(_ items: [DownloadItem], _ client: MASTClient) async throws -> [DownloadOutcome] {
    var configuration = DownloadQueue.Configuration()
    configuration.concurrency = options.jobs
    let queue = DownloadQueue(transport: client.transport, configuration: configuration)
    try queue.checkSpace(items)
    let display = TransferDisplay(items, talk: talk)
    let outcomes = await queue.run(items) { display.show($0) }
    display.finish()
    return outcomes
  }

  private func report(_ outcomes: [DownloadOutcome], indices: [Int]) -> [LocalState] {
    var states = plan.states
    var verified = 0
    var bytes: Int64 = 0
    var interrupted = 0
    for (index, outcome) in zip(indices, outcomes) {
      switch outcome.result {
      case .downloaded(let size, let isVerified, _):
        states[index] = .downloaded
        bytes += size
        verified += isVerified ? 1 : 0
      case .failed(let error):
        states[index] = .failed
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
    talk.say(
      "Downloaded \(outcomes.count - (failed - plan.refusals.count)) files, \(ByteCount.text(bytes)), \(verified) of them verified by MD5."
        + (failed > 0 ? " \(failed) failed: run the command again to fetch what is missing." : ""))
    return states
  }
}
