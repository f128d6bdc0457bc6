import ArgumentParser
import LocalArchive
import TableIO

struct ArchiveNoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Keep what a served archive tells everybody who uses it.",
    discussion: """
        webb archive notice add "Down for maintenance on Monday" --type warning --archive DIR
        webb archive notice list --archive DIR
        webb archive notice remove 1 --archive DIR
      """,
    subcommands: [Add.self, Remove.self, List.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a notice.")

    @Argument(help: "What it says, on one line.") var text: String
    @Option(help: "What kind it is: info or warning.") var type = "info"
    @OptionGroup var location: ArchiveOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
      let id = try store.addNotice(text, type: type)
      talk.say("Notice \(id) is shown from now on.")
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a notice.")

    @Argument(help: "Its number, as the list shows it.") var id: Int64
    @OptionGroup var location: ArchiveOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
      try store.removeNotice(id)
      talk.say("Notice \(id) is removed.")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the notices.")

    @OptionGroup var location: ArchiveOptions
    @OptionGroup(title: "Output") var output: TableOutputOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
      var table = Table(columns: [Column("id", .long), .text("type"), .text("text")], name: "notices")
      for notice in try store.notices() { try table.append(row: [notice.id, notice.type, notice.text]) }
      try ResultOutput(output: output, talk: talk).write(table)
    }
  }
}
