import ADQL
import ArgumentParser
import Foundation
import LocalArchive
import TableIO

struct ArchiveQueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask a local archive in ADQL, without a server.",
    discussion: """
      The tables are those that the archive's TAP service has: jwst.main and its kin, ivoa.obscore, tap_schema.

        webb archive query --archive sample "SELECT TOP 9 * FROM jwst.main"
        webb archive query --archive DIR --file query.adql --output rows.fits
        webb archive query --archive DIR --explain "SELECT * FROM ivoa.obscore WHERE DISTANCE(s_ra, s_dec, 83.8, -5.4) < 0.1"
        webb archive query --archive DIR "SELECT * FROM tap_upload.mine" --upload mine=stars.fits
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var location: ArchiveOptions

  @Option(name: .customLong("time-limit"), help: "Stop a query on which the database has worked for so many seconds.")
  var timeLimit: Double?

  @Flag(help: "Show how the database would go about it, the spatial index among it, and do not run it.")
  var explain = false

  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
      throw ValidationError("--time-limit \(timeLimit) is not a number of seconds.")
    }
  }

  func run() async throws {
    let rows = try ResultOutput(output: output, talk: talk, limit: .init(option: "--max-rows", rows: question.maxRows))
    let text = try question.text()
    let query = ArchiveQuery(
      adql: text, maxRows: question.maxRows, uploads: try question.upload.map(uploadedTable),
      timeLimit: timeLimit.map { .seconds($0) })
    let store = try ArchiveStore.open(at: try location.resolve(talk: talk))
    do {
      if explain { return Console.print(try store.explain(query)) }
      try await Interruption.cancelling {
        let cursor = try store.open(query)
        let cancellation = cursor.cancellation
        try await withTaskCancellationHandler {
          do { try rows.write(cursor) } catch  where cancellation.isCancelled { throw CancellationError() }
        } onCancel: {
          cancellation.cancel()
        }
      }
    } catch let error as LocalArchiveError {
      throw Failure(message: Self.message(error, of: text), code: error.kind == .badQuery ? 2 : 1)
    }
  }

  private func uploadedTable(_ file: NamedFile) throws -> UploadedTable {
    var (_, reader) = try TableFormat.detect(source: FileByteSource(path: file.path), fileName: file.path)
    return UploadedTable(name: file.name, table: try Table(reading: &reader))
  }

  /// What is wrong with a query, with the line of the query that it is about and a mark below the place.
  static func message(_ error: LocalArchiveError, of query: String) -> String {
    guard let fault = error.cause as? ADQLError, let position = fault.position else { return error.message }
    let lines = query.replacing("\r\n", with: "\n").split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r"
    }
    guard lines.indices.contains(position.line - 1) else { return error.message }
    let line = lines[position.line - 1].unicodeScalars
    // A window of the line, since a query may be one long line.
    let start = max(0, position.column - 1 - 60)
    let piece = line.dropFirst(start).prefix(120).map { $0 == "\t" ? " " : Character($0) }
    let mark = String(repeating: " ", count: min(piece.count, position.column - 1 - start)) + "^"
    return "\(error.message)\n  \(String(piece))\n  \(mark)"
  }
}
