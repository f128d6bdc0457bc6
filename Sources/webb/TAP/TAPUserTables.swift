import ArgumentParser
import ESAArchive
import TAP
import TableIO

struct TAPUploadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload", abstract: "Keep a table in the user's own space on a TAP+ service.",
    discussion: """
        webb tap upload stars.fits --name stars --description "my stars"
        webb tap upload --job 1635853688471D --name result
        webb tap upload https://example.org/table.vot --name remote
      """)

  @Argument(help: "A file in any format of webb table, or the http address of a VOTable.")
  var source: String?

  @Option(help: "Name of the table, without schema.")
  var name: String?

  @Option(help: "What the table holds.")
  var description: String?

  @Option(help: "Keep the result of this job.")
  var job: String?

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    guard (source == nil) != (job == nil) else { throw ValidationError("Give a file or an address, or --job.") }
    if job == nil, name == nil { throw ValidationError("Give the table a --name.") }
  }

  func run() async throws {
    let content: UserTableUpload.Content =
      if let job { .job(id: job) } else if let source, source.contains("://") { .url(source) } else {
        .file(path: source ?? "")
      }
    let upload = UserTableUpload(name: name, description: description, content: content)
    switch try await service.withArchive(talk: talk, { try await $0.plus.uploadTable(upload) }) {
    case .stored(let name, let message): talk.say("Stored as \(name). \(message)")
    case .job(let id):
      talk.say("The service stores the table in a job; see how far it is with: webb tap job \(id)")
      Console.print(id)
    }
  }
}

struct TAPUserTable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user-table", abstract: "Change or delete a table in the user's own space (TAP+).",
    subcommands: [Delete.self, Rename.self, Edit.self, Position.self])

  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a table.")
    @Argument(help: "The table.") var table: String
    @Flag(help: "Also when others use it.") var force = false
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let (table, force) = (table, force)
      try await service.withArchive(talk: talk) { try await $0.plus.deleteTable(table, force: force) }
      talk.say("Deleted \(table).")
    }
  }

  struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Rename a table or its columns.",
      discussion: "  webb tap user-table rename user_me.a --to user_me.b --column ra=alpha --column dec=delta")
    @Argument(help: "The table.") var table: String
    @Option(help: "The table's new name.") var to: String?
    @Option(help: "A column's new name, as OLD=NEW. Repeatable.") var column: [String] = []
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func validate() throws {
      for pair in column where pair.split(separator: "=").count != 2 {
        throw ValidationError("--column \(pair) is not OLD=NEW.")
      }
    }

    func run() async throws {
      let (table, to) = (table, to)
      let columns = column.map { pair in
        let parts = pair.split(separator: "=").map(String.init)
        return (old: parts[0], new: parts[1])
      }
      try await service.withArchive(talk: talk) { try await $0.plus.renameTable(table, to: to, columns: columns) }
      talk.say("Renamed.")
    }
  }

  struct Edit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "edit", abstract: "Change what the service knows of a table's columns.",
      discussion:
        "  webb tap user-table edit user_me.stars --set ra:flags=Ra --set dec:flags=Dec --set mag:ucd=phot.mag")
    @Argument(help: "The table.") var table: String
    @Option(help: "A change as COLUMN:FIELD=VALUE; fields are utype, ucd, flags, indexed. Repeatable.") var set:
      [String] = []
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let table = table
      let changes = try set.map { text in
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let place = sides[0].split(separator: ":").map(String.init)
        guard sides.count == 2, place.count == 2 else {
          throw Failure.usage("--set \(text) is not COLUMN:FIELD=VALUE, for example ra:flags=Ra.")
        }
        return try TableChange(column: place[0], field: place[1], text: sides[1])
      }
      try await service.withArchive(talk: talk) { try await $0.plus.updateTable(table, changes) }
      talk.say("Changed \(table).")
    }
  }

  struct Position: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set-ra-dec", abstract: "Say which columns hold the positions, so that the service can index them.")
    @Argument(help: "The table.") var table: String
    @Option(help: "Column of the right ascension, degrees.") var ra: String
    @Option(help: "Column of the declination, degrees.") var dec: String
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let (table, ra, dec) = (table, ra, dec)
      try await service.withArchive(talk: talk) { try await $0.plus.setRADec(of: table, ra: ra, dec: dec) }
      talk.say("Positions of \(table) are in \(ra) and \(dec).")
    }
  }
}
