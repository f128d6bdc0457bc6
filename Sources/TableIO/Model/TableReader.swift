/// A source of tables: a document or a file, read front to back in bounded memory.
///
///     var reader = try VOTableReader(source: FileByteSource(path: path))
///     while let table = try reader.nextTable() {
///       var batch = TableBatch(columns: table.columns)
///       while try reader.read(into: &batch) { … }
///     }
public protocol TableReader {
  /// Goes on to the next table, past rows of the present one that have not been read.
  /// - Returns: what it says before its rows; `nil` at the end of the document.
  /// - Throws: ``TableIOError``.
  mutating func nextTable() throws(TableIOError) -> TableMetadata?

  /// Replaces the rows of a batch by the table's next ones.
  /// - Parameters:
  ///   - batch: a batch made for the table's columns; its memory is used again.
  ///   - rowLimit: the most rows to read.
  /// - Returns: whether there were any more rows.
  /// - Throws: ``TableIOError``.
  mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool

  /// What the document said after the present table's rows: notes such as `QUERY_STATUS`; complete when the rows are at their end.
  var trailingInfos: [Info] { get }

  /// What was odd but could be read, in the order met.
  var diagnostics: [Diagnostic] { get }
}

extension TableReader {
  /// Replaces the rows of a batch by the table's next ones, as many as usual.
  public mutating func read(into batch: inout TableBatch) throws(TableIOError) -> Bool {
    try read(into: &batch, rowLimit: TableBatch.defaultRowCount)
  }
}
