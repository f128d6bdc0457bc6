/// A destination of a table, written front to back in bounded memory.
///
///     var writer = CSVTableWriter(sink: sink)
///     try writer.begin(metadata)
///     while try reader.read(into: &batch) { try writer.write(batch) }
///     try writer.end(infos: reader.trailingInfos)
public protocol TableWriter {
  /// Writes what stands before the rows.
  /// - Throws: ``TableIOError``; `.unsupported` when the format cannot hold a column.
  mutating func begin(_ metadata: TableMetadata) throws(TableIOError)

  /// Writes rows.
  mutating func write(_ batch: TableBatch) throws(TableIOError)

  /// Writes what stands after the rows and gives all bytes to the sink.
  /// - Parameter infos: notes that are known only now, such as an overflow.
  mutating func end(infos: [Info]) throws(TableIOError)
}
