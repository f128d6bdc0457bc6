import ArgumentParser
import Mirroring
import TableIO

struct MASTVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read a directory that sync has filled, and compare it with what it remembers; without a network.",
    discussion: """
      The exit code is 1 when a file is damaged or missing; 'webb mast sync DIR --verify' mends it.

        webb mast verify /data/jwst
      """)

  @Argument(help: "The directory.")
  var directory: String

  @Option(help: "Files read at once.")
  var jobs = 2

  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError("--jobs \(jobs) is not between 1 and 64.") }
  }

  func run() async throws {
    let folder = Environment.absolutePath(directory)
    guard MirrorStore.exists(in: folder) else {
      throw Failure.usage("\(folder) remembers no files: fill it with 'webb mast sync' first.")
    }
    let verification = MirrorVerification(try MirrorStore.open(in: folder), width: jobs)
    let report = try await Interruption.cancelling {
      let progress = CountProgress(label: "Megabytes read", isSilent: talk.quiet)
      let report = try await verification.run { done, _ in progress.show(Int(done / 1_000_000)) }
      progress.finish()
      return report
    }
    if talk.json { Console.print(json(report, folder).jsonText) } else { show(report) }
    if !report.isIntact { throw ExitCode(1) }
  }

  private func show(_ report: MirrorVerification.Report) {
    for finding in report.damaged { Console.print(Console.safe("damaged  \(finding.path)  \(finding.reason)")) }
    for path in report.missing { Console.print(Console.safe("missing  \(path)")) }
    let unproven = report.unproven > 0 ? ", \(report.unproven) have the right size and no known MD5" : ""
    Console.print(
      "\(report.intact) files are intact\(unproven), \(report.damaged.count) damaged, \(report.missing.count) missing; \(ByteCount.text(report.bytes)) read."
    )
  }

  private func json(_ report: MirrorVerification.Report, _ folder: String) -> JSONValue {
    .object([
      "schema": .integer(1), "directory": .string(folder), "is_intact": .boolean(report.isIntact),
      "intact": .integer(Int64(report.intact)), "unproven": .integer(Int64(report.unproven)),
      "bytes_read": .integer(report.bytes),
      "damaged": .array(
        report.damaged.map { .object(["path": .string($0.path), "reason": .string($0.reason)]) }),
      "missing": .array(report.missing.map(JSONValue.string)),
    ])
  }
}
