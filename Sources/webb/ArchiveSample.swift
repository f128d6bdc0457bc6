import ArgumentParser
import LocalArchive
import SkyGeometry
import TableIO

struct ArchiveSample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Make the sample archive: a small made-up JWST archive with real structure.",
    discussion: """
      The same seed, epoch and revision always make the same files, byte for byte.

        webb archive sample DIR
        webb archive serve --archive DIR
      """)

  @Argument(help: "Folder to make; it must not exist yet or be empty.")
  var folder: String

  @Option(help: "Date of the newest observation, so that look-back from then finds something. Default: today.")
  var epoch: String?

  @Option(help: "Number that decides everything that is left to chance.")
  var seed: UInt64 = 1

  @Option(help: "2 and more make the archive as it is later: some files reprocessed, some new, some withdrawn.")
  var revision = 1

  @OptionGroup var clock: ClockOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if folder.isEmpty { throw ValidationError("The name of the folder is empty.") }
    if !(1...99).contains(revision) { throw ValidationError("--revision \(revision) is not between 1 and 99.") }
  }

  func run() throws {
    let path = Environment.absolutePath(folder)
    let statistics = try SampleMaker(epoch: try date(), seed: seed, revision: revision, talk: talk).make(at: path)
    talk.say("The archive has \(statistics.observations) observations and \(statistics.distinctFiles) files.")
    Console.print(
      talk.json
        ? JSONValue.object([
          "archive": .string(path), "observations": .integer(Int64(statistics.observations)),
          "files": .integer(Int64(statistics.distinctFiles)),
        ]).jsonText : path)
  }

  private func date() throws -> ModifiedJulianDate {
    guard let epoch else { return try SampleMaker.epoch(for: clock.date()) }
    guard let date = ModifiedJulianDate(iso: epoch) else {
      throw Failure.usage("--epoch \(epoch) is not a date: write it like 2022-07-20 or 2022-07-20T12:00:00 (UTC).")
    }
    return date
  }
}
