import ArgumentParser
import LocalArchive
import TableIO

struct ArchiveUserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Keep the users of a served archive.",
    discussion: """
      Users log in at the served archive, store tables there, share them with groups, and may fetch exclusive data of the
      programmes that are named for them. Passwords are typed or piped in, never given on the command line, and only a
      salted scrypt hash of them is kept.

        webb archive user add jdoe --archive DIR --display-name "John Doe" --program 2731
        webb archive user list --archive DIR
        webb archive user remove jdoe --archive DIR
      """,
    subcommands: [ArchiveUserAdd.self, ArchiveUserPassword.self, ArchiveUserRemove.self, ArchiveUserList.self])
}

struct ArchiveUserAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a user.")

  @Argument(help: "The name to log in with: a small letter, then small letters, digits and underscores.")
  var name: String

  @Option(name: .customLong("display-name"), help: "The name for people.")
  var displayName: String?

  @Option(name: .customLong("program"), help: "A programme whose exclusive data the user may have; may be repeated.")
  var programs: [Int] = []

  @Option(help: "Megabytes that the user's tables may take together.")
  var quota = Int(ArchiveUser.standardQuota / 1_000_000)

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if !(0...1_000_000_000).contains(quota) { throw ValidationError("--quota \(quota) is not from 0 to 1000000000.") }
    if programs.contains(where: { $0 < 0 }) { throw ValidationError("A --program is a number such as 2731.") }
  }

  func run() async throws {
    let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
    guard try store.user(named: name) == nil else {
      throw Failure.usage("There is a user \(name) already: choose another name, or change the password.")
    }
    let user = ArchiveUser(
      name: name, displayName: displayName, programs: programs, quota: Int64(quota) * 1_000_000)
    try NewPassword.ask(for: name) { try store.add(user, password: $0, salt: NewPassword.salt()) }
    talk.say("\(name) may log in at \(store.path) when it is served.")
  }
}

struct ArchiveUserPassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "Give a user another password; the user's logins end.")

  @Argument(help: "The user's name.")
  var name: String

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
    try ArchiveUserRemove.require(name, in: store)
    try NewPassword.ask(for: name) { try store.setPassword($0, of: name, salt: NewPassword.salt()) }
    talk.say("\(name) has another password.")
  }
}

struct ArchiveUserRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a user with all that is the user's: groups, jobs and tables.")

  @Argument(help: "The user's name.")
  var name: String

  @Flag(name: .customLong("with-tables"), help: "Remove the user's tables too, where there are any.")
  var withTables = false

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
    try Self.require(name, in: store)
    let tables = try store.userTables(visibleTo: name).filter { $0.owner == name }
    guard withTables || tables.isEmpty else {
      throw Failure.usage(
        "\(name) has tables: \(tables.map(\.name).joined(separator: ", ")). Say --with-tables to remove them too.")
    }
    try store.removeUser(name)
    talk.say("\(name) is removed.")
  }

  static func require(_ name: String, in store: ArchiveStore) throws {
    guard try store.user(named: name) != nil else {
      throw Failure.usage("The archive has no user \(name): webb archive user list shows who there is.")
    }
  }
}

struct ArchiveUserList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the users, their programmes and their tables.")

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
    var table = Table(
      columns: [
        .text("name"), .text("display_name"), .text("programs"), Column("tables", .int),
        Column("table_bytes", .long, unit: "byte"), Column("quota", .long, unit: "byte"),
      ], name: "users")
    for user in try store.users() {
      let tables = try store.userTables(visibleTo: user.name).filter { $0.owner == user.name }
      try table.append(row: [
        user.name, user.displayName, user.programs.map(String.init).joined(separator: " "), tables.count,
        tables.reduce(0) { $0 + $1.byteCount }, user.quota,
      ])
    }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}
