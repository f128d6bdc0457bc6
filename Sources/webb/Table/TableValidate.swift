import ArgumentParser
import TableIO

struct TableValidate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Read a table to its end and report every problem with its place; exit code 1 when there is any.",
    discussion: "  webb table validate observations.vot")

  @OptionGroup var source: TableInput

  func run() throws {
    var (_, format, reader) = try source.open()
    var problems = 0
    var tables = 0
    var rows = 0
    do {
      while let metadata = try reader.nextTable() {
        tables += 1
        var batch = TableBatch(columns: metadata.columns)
        while try reader.read(into: &batch) { rows += batch.rowCount }
      }
    } catch {
      problems += 1
      Console.print(Console.safe("\(source.input):\(error)"))
    }
    for diagnostic in reader.diagnostics { Console.print(Console.safe("\(source.input):\(diagnostic)")) }
    problems += reader.diagnostics.count
    Console.report("\(source.input): \(format.rawValue), \(tables) tables, \(rows) rows, \(problems) problems")
    if problems > 0 { throw ExitCode(1) }
  }
}
