import LocalArchive
import TAP
import TableIO

/// Writes what a service answered, and tells how much it was.
struct ResultOutput {
  private let output: TableOutput
  private let path: String?
  private let talk: TalkOptions
  private let limit: RowLimit?
  private let isJob: Bool

  /// How many rows the user asked for, and with which option.
  struct RowLimit {
    var option: String
    var rows: Int?
  }

  /// Decides, before anything is asked, where the rows go and how they are written.
  /// - Parameters:
  ///   - limit: the command's option that limits rows.
  ///   - isJob: whether the rows come from a job already.
  /// - Throws: a failure of use.
  init(output: TableOutputOptions, talk: TalkOptions, limit: RowLimit? = nil, isJob: Bool = false) throws {
    self.limit = limit
    self.isJob = isJob
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
    let progress = CountProgress(label: "Rows written", isSilent: talk.quiet)
    let rows = try output.write(&reader) { progress.show($0) }
    progress.finish()
    tell(rows: rows, isOverflow: result.isOverflow)
  }

  /// Writes the rows of a query to a local archive as they come.
  func write(_ cursor: QueryCursor) throws {
    var reader: any TableReader = CursorReader(cursor)
    let progress = CountProgress(label: "Rows written", isSilent: talk.quiet)
    defer { progress.finish() }
    let rows = try output.write(&reader) { progress.show($0) }
    progress.finish()
    tell(rows: rows, isOverflow: cursor.isOverflow)
  }

  /// - Parameter isOverflow: whether rows are missing; what the table says of itself when left out.
  func write(_ table: Table, isOverflow: Bool? = nil) throws {
    try output.write(table)
    tell(rows: table.rowCount, isOverflow: isOverflow ?? table.isOverflow)
  }

  private func tell(rows: Int, isOverflow: Bool) {
    if isOverflow, let limit, let asked = limit.rows, rows >= asked {
      talk.say("These are the first \(rows) rows, as \(limit.option) asks; there are more.")
    } else if isOverflow {
      let more = limit.map { " Ask for more with \($0.option)" + (isJob ? "." : ", or run it with --async.") } ?? ""
      Console.report("Warning: the service cut the answer after \(rows) rows.\(more)")
    } else if let path {
      talk.say("\(rows) row\(rows == 1 ? "" : "s") written to \(path).")
    } else {
      talk.explain("\(rows) row\(rows == 1 ? "" : "s").")
    }
  }
}
