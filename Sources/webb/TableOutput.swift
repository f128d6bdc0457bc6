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
    path = options.output
    isTerminal = options.output == nil && isatty(1) == 1
    format = try options.tableFormat(isTerminal: isTerminal)
  }

  /// Writes a table.
  /// - Throws: `TableIOError` when the format cannot hold it or the file cannot be written.
  func write(_ table: Table) throws(TableIOError) {
    let file = if let path { try FileByteSink(path: path) } else { FileByteSink(descriptor: 1) }
    let gzip = path?.hasSuffix(".gz") == true ? try GzipByteSink(file) : nil
    var writer = try format.writer(sink: gzip ?? file, width: isTerminal ? Terminal.width : nil)
    try table.write(to: &writer)
    try gzip?.finish()
    try file.finish()
  }
}
