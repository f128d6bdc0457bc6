import Foundation
import TableIO

/// A destination of tables: standard output, or a file that appears under its name only when it is whole.
struct TableOutput {
  /// The format that is written.
  let format: TableFormat
  private let path: String?
  private let isTerminal: Bool

  /// Decides, before any work is done, how tables will be written.
  /// - Throws: a failure of use.
  init(_ options: TableOutputOptions) throws {
    path = options.output == "-" ? nil : options.output
    isTerminal = path == nil && isatty(1) == 1
    format = try options.tableFormat(isTerminal: isTerminal)
  }

  /// Writes a table that is in memory.
  /// - Throws: `TableIOError` when the format cannot hold it or the file cannot be written.
  func write(_ table: Table) throws(TableIOError) {
    _ = try writing { writer throws(TableIOError) in
      try table.write(to: &writer)
      return table.rowCount
    }
  }

  /// Writes a table as it comes from a reader.
  /// - Parameter progress: told the rows so far.
  /// - Returns: the number of rows.
  /// - Throws: `TableIOError` when it cannot be read or written.
  @discardableResult
  func write(
    _ reader: inout any TableReader, _ conversion: TableConversion = TableConversion(),
    progress: (Int) throws(TableIOError) -> Void
  ) throws(TableIOError) -> Int {
    try writing { writer throws(TableIOError) in
      try conversion.run(from: &reader, to: &writer, progress: progress)
    }
  }

  private func writing(_ body: (inout any TableWriter) throws(TableIOError) -> Int) throws(TableIOError) -> Int {
    let file = if let path { try FileByteSink(path: path) } else { FileByteSink(descriptor: 1) }
    let gzip = path?.hasSuffix(".gz") == true ? try GzipByteSink(file) : nil
    var writer = try format.writer(sink: gzip ?? file, width: isTerminal ? Terminal.width : nil)
    let rows = try body(&writer)
    try gzip?.finish()
    try file.finish()
    return rows
  }
}
