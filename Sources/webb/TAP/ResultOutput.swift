import TAP
import TableIO

/// Writes what a service answered, and tells how much it was.
struct ResultOutput {
  private let output: TableOutput
  private let path: String?
  private let talk: TalkOptions

  /// Decides, before anything is asked, where the rows go and how they are written.
  /// - Throws: a failure of use.
  init(output: TableOutputOptions, talk: TalkOptions) throws {
    var output = output
    if talk.json {
      if output.format != nil { throw Failure.usage("--json and --format exclude each other.") }
      output.format = TableFormat.json.rawValue
    }
    self.output = try TableOutput(output)
    path = output.output == "-" ? nil : output.output
    self.talk = talk
  }

  func write(_ result: TAPResult) throws {
    var reader = try result.reader()
    let progress = CountProgress(label: "Rows written", total: 0, isSilent: talk.quiet)
    let rows = try output.write(&reader) { progress.show($0) }
    progress.finish()
    tell(rows: rows, isOverflow: result.isOverflow)
  }

  func write(_ table: Table) throws {
    try output.write(table)
    tell(rows: table.rowCount, isOverflow: table.isOverflow)
  }

  private func tell(rows: Int, isOverflow: Bool) {
    if isOverflow {
      Console.report(
        "Warning: the service cut the answer after \(rows) rows. Ask for more with --max-rows or --limit, or run it with --async."
      )
    } else if let path {
      talk.say("\(rows) row\(rows == 1 ? "" : "s") written to \(path).")
    } else {
      talk.explain("\(rows) row\(rows == 1 ? "" : "s").")
    }
  }
}
