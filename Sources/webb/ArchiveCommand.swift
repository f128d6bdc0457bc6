import ArgumentParser

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Keep a local archive: make a sample, import rows, add files, look inside, ask it, serve it.",
    subcommands: [
      ArchiveSample.self, ArchiveImport.self, ArchiveAdd.self, ArchiveStats.self, ArchiveQueryCommand.self,
      ArchiveServe.self, ArchiveUserCommand.self, ArchiveNoticeCommand.self,
    ])
}
