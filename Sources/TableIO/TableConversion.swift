/// The way of a table from a reader to a writer, batch by batch in bounded memory.
///
///     var conversion = TableConversion()
///     conversion.columns = ["ra", "dec"]
///     try conversion.run(from: &reader, to: &writer)
public struct TableConversion: Sendable {
  /// Which table of the document, from 1.
  public var tableNumber = 1
  /// Names of the columns to keep, in this order; none keeps all.
  public var columns: [String] = []
  /// The most rows to take.
  public var rowLimit: Int?

  /// All columns and rows of the first table.
  public init() {}

  /// Converts.
  /// - Parameters:
  ///   - reader: at the beginning of its document.
  ///   - writer: not begun yet.
  ///   - progress: called after each batch with the rows so far; throws to end the conversion.
  /// - Returns: the number of rows written.
  /// - Throws: ``TableIOError``; of kind `malformed` when the document has no such table, `noSuchColumn` when it has no such column.
  @discardableResult
  public func run(
    from reader: inout any TableReader, to writer: inout any TableWriter,
    progress: (Int) throws(TableIOError) -> Void = { _ in }
  ) throws(TableIOError) -> Int {
    var metadata = try table(of: &reader)
    let chosen = try places(in: metadata)
    let readColumns = metadata.columns
    metadata.columns = chosen.map { readColumns[$0] }
    if rowLimit != nil { metadata.rowCount = metadata.rowCount.map { min($0, rowLimit ?? $0) } }
    try writer.begin(metadata)

    let isWhole = chosen == Array(readColumns.indices)
    var batch = TableBatch(columns: readColumns)
    var rows = 0
    while rows < rowLimit ?? .max {
      let wanted = min(TableBatch.defaultRowCount, (rowLimit ?? .max) - rows)
      guard try reader.read(into: &batch, rowLimit: wanted) else { break }
      if isWhole {
        try writer.write(batch)
      } else {
        var part = TableBatch(columns: [])
        part.columns = chosen.map { batch.columns[$0] }
        part.rowCount = batch.rowCount
        try writer.write(part)
      }
      rows += batch.rowCount
      try progress(rows)
    }
    try writer.end(infos: reader.trailingInfos)
    return rows
  }

  /// Goes on to the table that is wanted.
  public func table(of reader: inout any TableReader) throws(TableIOError) -> TableMetadata {
    var count = 0
    while let metadata = try reader.nextTable() {
      count += 1
      if count == tableNumber { return metadata }
    }
    throw TableIOError(
      .malformed,
      count == 0
        ? "The document holds no table."
        : "The document has \(count) table\(count == 1 ? "" : "s"), not \(tableNumber).")
  }

  private func places(in metadata: TableMetadata) throws(TableIOError) -> [Int] {
    if columns.isEmpty { return Array(metadata.columns.indices) }
    var places: [Int] = []
    for name in columns { places.append(try metadata.columns.requiredIndex(named: name)) }
    return places
  }
}
