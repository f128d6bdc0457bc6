import ArgumentParser

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Keep a local archive: make a sample, import rows, look inside, ask it, serve it.",
    subcommands: [
      ArchiveSample.self, ArchiveImport.self, ArchiveStats.self, ArchiveQueryCommand.self, ArchiveServe.self,
    ])
}
