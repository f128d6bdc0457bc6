import ArgumentParser
import ESAArchive
import TAP
import TableIO

struct TAPShare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Share a table with a group, or list what is shared (TAP+).",
    discussion: """
        webb tap share                                   # what is shared
        webb tap share user_me.stars --group team
        webb tap share user_me.stars --group team --stop
      """)

  @Argument(help: "The table; without it, what is shared is listed.")
  var table: String?

  @Option(help: "The group's title.")
  var group: String?

  @Option(help: "A note for the group.")
  var description = ""

  @Flag(help: "End the sharing.")
  var stop = false

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if table != nil, group == nil { throw ValidationError("Name the --group to share with.") }
  }

  func run() async throws {
    guard let table, let group else {
      let items = try await service.withArchive(talk: talk) { try await $0.plus.sharedItems() }
      var listing = Table(columns: ["id", "title", "shared_with", "description"].map { .text($0) }, name: "shared")
      for item in items {
        try listing.append(row: [
          item.id, item.title, item.shares.map { "\($0.type) \($0.id) (\($0.mode))" }.joined(separator: ", "),
          item.description,
        ])
      }
      return try ResultOutput(output: output, talk: talk).write(listing)
    }
    let (stop, description) = (stop, description)
    try await service.withArchive(talk: talk) { archive in
      if stop {
        try await archive.plus.stopSharingTable(table, withGroup: group)
      } else {
        try await archive.plus.shareTable(table, withGroup: group, description: description)
      }
    }
    talk.say(stop ? "\(table) is no longer shared with \(group)." : "\(table) is shared with \(group).")
  }
}

struct TAPGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "List, make, delete groups and change their members (TAP+).",
    subcommands: [List.self, Create.self, Delete.self, Add.self, Remove.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the groups.")
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var output: TableOutputOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let groups = try await service.withArchive(talk: talk) { try await $0.plus.groups() }
      var table = Table(columns: ["id", "title", "owner", "members", "description"].map { .text($0) }, name: "groups")
      for group in groups {
        try table.append(row: [
          group.id, group.title, group.owner, group.members.map(\.id).joined(separator: " "), group.description,
        ])
      }
      try ResultOutput(output: output, talk: talk).write(table)
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a group.")
    @Argument(help: "The group's title.") var group: String
    @Option(help: "What it is for.") var description = ""
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let (group, description) = (group, description)
      try await service.withArchive(talk: talk) {
        try await $0.plus.createGroup(titled: group, description: description)
      }
      talk.say("Made the group \(group).")
    }
  }

  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a group.")
    @Argument(help: "The group's title.") var group: String
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let group = group
      try await service.withArchive(talk: talk) { try await $0.plus.deleteGroup(titled: group) }
      talk.say("Deleted the group \(group).")
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add-user", abstract: "Add a user to a group.")
    @Argument(help: "The group's title.") var group: String
    @Argument(help: "The user.") var user: String
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let (group, user) = (group, user)
      try await service.withArchive(talk: talk) { try await $0.plus.addUser(user, toGroup: group) }
      talk.say("\(user) is in \(group).")
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove-user", abstract: "Take a user out of a group.")
    @Argument(help: "The group's title.") var group: String
    @Argument(help: "The user.") var user: String
    @OptionGroup(title: "Service") var service: TAPServiceOptions
    @OptionGroup(title: "Output") var talk: TalkOptions

    func run() async throws {
      let (group, user) = (group, user)
      try await service.withArchive(talk: talk) { try await $0.plus.removeUser(user, fromGroup: group) }
      talk.say("\(user) is no longer in \(group).")
    }
  }
}

struct TAPLinks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "links", abstract: "List what DataLink offers for identifiers.",
    discussion: "  webb tap links ivo://example/dataset")

  @Argument(help: "Identifiers.") var ids: [String]
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let ids = ids
    let result = try await service.withArchive(talk: talk) { try await $0.plus.dataLinks(ids) }
    try ResultOutput(output: output, talk: talk).write(result)
  }
}
