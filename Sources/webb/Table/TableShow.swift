import ArgumentParser
import Foundation
import TableIO

struct TableShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a table says about itself, and its first rows.",
    discussion: "  webb table show observations.vot")

  @OptionGroup var source: TableInput

  @Option(help: "Rows to show.")
  var head = 10

  func run() throws {
    var (_, format, reader) = try source.open()
    let finder = {
      var conversion = TableConversion(); conversion.tableNumber = source.table; return conversion
    }()
    let metadata = try finder.table(of: &reader)
    print(
      "\(metadata.name ?? "(no name)"), \(format.rawValue)\(metadata.rowCount.map { ", \($0) rows" } ?? ""), \(metadata.columns.count) columns"
    )
    if let description = metadata.description { print(description) }
    for info in metadata.infos { print("  INFO \(info.name) = \(info.value)\(info.content.map { " (\($0))" } ?? "")") }
    for param in metadata.params {
      print("  PARAM \(param.column.name) = \(param.value)\(param.column.unit.map { " " + $0 } ?? "")")
    }
    for column in metadata.columns { print("  \(summary(column))") }
    print("")

    let sink = FileByteSink(descriptor: 1)
    var writer = try TableFormat.text.writer(sink: sink, width: isatty(1) == 1 ? Terminal.width : nil)
    try writer.begin(metadata)
    var batch = TableBatch(columns: metadata.columns)
    if head > 0, try reader.read(into: &batch, rowLimit: head) { try writer.write(batch) }
    try writer.end(infos: [])
    try sink.finish()
  }

  private func summary(_ column: Column) -> String {
    let type = column.datatype.rawValue + (column.shape.text.map { "[\($0)]" } ?? "")
    let facts = [type, column.unit.map { "[\($0)]" }, column.ucd, column.xtype, column.description].compactMap(\.self)
    return "\(column.name): \(facts.joined(separator: ", "))"
  }

  private func print(_ text: String) { Console.print(Console.safe(text)) }
}
