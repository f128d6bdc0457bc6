import ArgumentParser
import Foundation
import TableIO

/// The table a command reads.
struct TableInput: ParsableArguments {
  @Argument(help: "File to read, plain or gzip; - is standard input.")
  var input: String

  @Option(
    help:
      "Format of the input: \(TableFormat.all.dropLast().map(\.rawValue).joined(separator: ", ")). Default: by content, else by the file's name."
  )
  var from: String?

  @Option(help: "Which table of the document, from 1.")
  var table = 1

  func validate() throws {
    if table < 1 { throw ValidationError("--table counts from 1.") }
    if let from, !TableFormat.all.contains(TableFormat(rawValue: from)) {
      throw ValidationError("--from \(from) is not one of \(TableFormat.all.map(\.rawValue).joined(separator: ", ")).")
    }
  }

  /// Opens the input.
  func open() throws -> (source: any ByteSource, format: TableFormat) {
    let base: any ByteSource =
      input == "-" ? FileByteSource(descriptor: 0, name: "standard input") : try FileByteSource(path: input)
    let source = try PeekableByteSource(inflating: base)
    if let from { return (source, TableFormat(rawValue: from)) }
    let head = try source.peek(4096)
    guard let format = TableFormat(content: head) ?? TableFormat(fileName: input) else {
      throw Failure.usage("The format of \(input) cannot be told from its content or its name: say it with --from.")
    }
    return (source, format)
  }
}
