import ArgumentParser

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Keep a local archive: make a sample, import rows, look inside, serve it.",
    subcommands: [ArchiveSample.self, ArchiveImport.self, ArchiveStats.self, ArchiveServe.self])
}

/// Which local archive a command works on.
struct ArchiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the local archive (also WEBB_ARCHIVE); 'sample' is the embedded sample archive.",
      valueName: "dir|sample"))
  var archive: String?

  /// The folder named by the option or the environment.
  func path() throws -> String {
    guard let path = archive ?? Environment["WEBB_ARCHIVE"] else {
      throw Failure.usage("No archive is named: give --archive DIR, or --archive sample for the embedded one.")
    }
    return path
  }
}
