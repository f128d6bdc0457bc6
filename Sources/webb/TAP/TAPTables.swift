import ArgumentParser
import ESAArchive
import TAP
import TableIO

struct TAPTables: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "List the tables of a service.",
    discussion: "  webb tap tables --url http://dc.g-vo.org/tap")

  @Flag(help: "Also tables that others share with the user who is logged in (TAP+).")
  var shared = false

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let shared = shared
    let schemas = try await service.withArchive(talk: talk) {
      try await $0.tap.tables(detail: .names, includesShared: shared)
    }
    var table = Table(
      columns: [.text("table_name"), .text("table_type"), Column("size_rows", .long), .text("description")],
      name: "tables")
    for entry in schemas.flatMap(\.tables) {
      try table.append(row: [entry.qualifiedName, entry.kind, entry.rowCount.map(Int.init), entry.description])
    }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}

struct TAPTableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "List the columns of a table.", discussion: "  webb tap table jwst.main")

  @Argument(help: "The table, with its schema: jwst.main.")
  var name: String

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let name = name
    let described = try await service.withArchive(talk: talk) { try await $0.tap.table(named: name) }
    talk.say("\(described.qualifiedName): \(described.columns.count) columns. \(described.description ?? "")")
    var table = Table(
      columns: ["column_name", "datatype", "unit", "ucd", "utype", "flags", "description"].map { .text($0) },
      name: described.qualifiedName)
    for column in described.columns {
      let type = (column.xtype ?? column.datatype).map {
        $0 + (column.xtype == nil ? column.arraysize.map { "(\($0))" } ?? "" : "")
      }
      try table.append(row: [
        column.name, type, column.unit, column.ucd, column.utype,
        column.flags.isEmpty ? nil : column.flags.joined(separator: " "), column.description,
      ])
    }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}

extension Column {
  /// A column of strings of any length.
  static func text(_ name: String) -> Column { Column(name, .char, shape: .variable) }
}
