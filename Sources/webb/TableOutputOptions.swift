import ArgumentParser
import Foundation
import TableIO

/// Where a table goes and in which format; the same for every command that lists something.
struct TableOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help:
      "File to write; its ending tells the format, .gz compresses. It appears only when it is whole. - is standard output."
  )
  var output = "-"

  @Option(
    help:
      "Format: \(TableFormat.all.map(\.rawValue).joined(separator: ", ")). Default: by the file's name, else text on a terminal and VOTable in a pipe."
  )
  var format: String?

  func validate() throws {
    if let format, !TableFormat.all.contains(TableFormat(rawValue: format)) {
      throw ValidationError(
        "--format \(format) is not one of \(TableFormat.all.map(\.rawValue).joined(separator: ", ")).")
    }
    _ = try chosenFormat()
  }

  private var isTerminal: Bool { output == "-" && isatty(1) == 1 }

  private func chosenFormat() throws -> TableFormat {
    if let format {
      let format = TableFormat(rawValue: format)
      if isTerminal, [.fits, .votableBinary, .votableBinary2].contains(format) {
        throw ValidationError("--format \(format.rawValue) is not for a terminal: name a file with --output.")
      }
      return format
    }
    if output == "-" { return isTerminal ? .text : .votable }
    guard let format = TableFormat(fileName: output) else {
      throw ValidationError("The format of \(output) cannot be told from its name: say it with --format.")
    }
    return format
  }

  /// Writes a table as it comes from a reader.
  /// - Returns: the number of rows.
  @discardableResult
  func write(
    _ reader: any TableReader, conversion: TableConversion = TableConversion(),
    progress: (Int) throws(TableIOError) -> Void = { _ in }
  ) throws -> Int {
    let file = output == "-" ? FileByteSink(descriptor: 1) : try FileByteSink(path: Environment.absolutePath(output))
    let gzip = output.hasSuffix(".gz") ? try GzipByteSink(file) : nil
    var writer = try chosenFormat().writer(sink: gzip ?? file, width: isTerminal ? Terminal.width : nil)
    var reader = reader
    let rows = try conversion.run(from: &reader, to: &writer, progress: progress)
    try gzip?.finish()
    try file.finish()
    return rows
  }

  /// Writes a table that is in memory.
  func write(_ table: Table) throws {
    try write(WholeTableReader(table))
  }
}

/// Reads a table that is in memory already.
private struct WholeTableReader: TableReader {
  private let table: Table
  private var isGiven = false
  private var isRead = false

  init(_ table: Table) { self.table = table }

  mutating func nextTable() -> TableMetadata? {
    if isGiven { return nil }
    isGiven = true
    return table.metadata
  }

  mutating func read(into batch: inout TableBatch, rowLimit: Int) -> Bool {
    if isRead || table.rowCount == 0 { return false }
    isRead = true
    batch = table.rows
    return true
  }

  var trailingInfos: [Info] { table.trailingInfos }
  var diagnostics: [Diagnostic] { [] }
}
