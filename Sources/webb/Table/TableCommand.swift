import ArgumentParser

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Convert, show and check tables: VOTable, FITS, CSV, TSV, ECSV, JSON, JSON lines.",
    subcommands: [TableConvert.self, TableShow.self, TableValidate.self])
}
