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
  /// - Returns: the bytes as stored, which tell how far reading is, the format, and a reader of it.
  func open() throws -> (source: any ByteSource, format: TableFormat, reader: any TableReader) {
    let source: any ByteSource =
      input == "-" ? FileByteSource(descriptor: 0, name: "standard input") : try FileByteSource(path: input)
    if let from {
      let format = TableFormat(rawValue: from)
      return (source, format, try format.reader(source: PeekableByteSource(inflating: source)))
    }
    let (format, reader) = try TableFormat.detect(source: source, fileName: input == "-" ? nil : input)
    return (source, format, reader)
  }
}
