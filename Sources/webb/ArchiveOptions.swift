import ArgumentParser
import Foundation

/// Which local archive a command works on.
struct ArchiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the local archive; 'sample' is the embedded sample archive, made first where it is missing.",
      valueName: "dir|sample"))
  var archive: String

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    if archive.isEmpty { throw ValidationError("--archive is empty: name a folder, or sample.") }
  }

  /// The folder of the archive; the sample is made first when it is asked for.
  func resolve(talk: TalkOptions) throws -> String {
    archive == "sample" ? try SampleMaker.cached(now: clock.date(), talk: talk) : Environment.absolutePath(archive)
  }
}
