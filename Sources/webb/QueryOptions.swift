import ArgumentParser
import Foundation

/// A query in ADQL as the user has it, with the tables that go along.
struct QueryOptions: ParsableArguments {
  @Argument(help: "The query; - reads it from standard input.")
  var adql: String?

  @Option(help: "Read the query from this file.")
  var file: String?

  @Option(
    name: .customLong("max-rows"),
    help: "Take at most this many rows (MAXREC). Default: as many as the archive gives.")
  var maxRows: Int?

  @Option(
    help: ArgumentHelp(
      "A table to send along, in any format of webb table; the query sees it as tap_upload.NAME. Repeatable.",
      valueName: "name=file"))
  var upload: [NamedFile] = []

  func validate() throws {
    guard (adql == nil) != (file == nil) else {
      throw ValidationError("Give the query, or --file with a file that holds it.")
    }
    if let maxRows, maxRows < 0 { throw ValidationError("--max-rows \(maxRows) is not a number of rows.") }
  }

  /// The query's text.
  /// - Throws: a failure of use when the file cannot be read.
  func text() throws -> String {
    if let file {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw Failure.usage("--file \(file) cannot be read as UTF-8 text.")
      }
      return text
    }
    guard let adql, adql != "-" else {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    return adql
  }
}

/// A file and the name it goes by, `NAME=FILE`.
struct NamedFile: ExpressibleByArgument {
  var name: String
  var path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    (name, path) = (parts[0], parts[1])
  }
}
