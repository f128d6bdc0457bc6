import ArgumentParser
import TableIO

/// Where a command's table goes and in which format; the same for every command that gives one.
struct TableOutputOptions: ParsableArguments {
  @Option(
    help:
      "Write one table in a format: \(TableFormat.all.map(\.rawValue).joined(separator: ", ")). Default: by the name of --output, else text on a terminal and votable in a pipe."
  )
  var format: String?

  @Option(help: "File for the table; its ending tells the format, .gz compresses.")
  var output: String?

  /// Whether any of them was given.
  var isUsed: Bool { format != nil || output != nil }

  func validate() throws {
    if let format, !TableFormat.all.contains(TableFormat(rawValue: format)) {
      throw ValidationError(
        "--format \(format) is not one of \(TableFormat.all.map(\.rawValue).joined(separator: ", ")).")
    }
  }

  /// The format that is meant.
  /// - Parameter isTerminal: whether standard output is one.
  /// - Throws: a failure of use when the file's name does not tell it, or when bytes would go to a terminal.
  func tableFormat(isTerminal: Bool) throws -> TableFormat {
    if let output {
      guard let format = format.map(TableFormat.init(rawValue:)) ?? TableFormat(fileName: output) else {
        throw Failure.usage("The format of \(output) cannot be told from its name: say it with --format.")
      }
      return format
    }
    let format = format.map(TableFormat.init(rawValue:)) ?? (isTerminal ? .text : .votable)
    if isTerminal, format == .fits {
      throw Failure.usage("FITS is not for a terminal: name a file with --output, or send it into a pipe.")
    }
    return format
  }
}
