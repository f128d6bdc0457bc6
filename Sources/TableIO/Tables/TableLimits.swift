/// What a table may hold that comes from a stranger and is read whole.
public struct TableLimits: Sendable, Hashable {
  /// Rows.
  public var rows: Int
  /// Columns.
  public var columns: Int
  /// Numbers and texts, those of arrays each for itself.
  public var cells: Int
  /// Bytes, inflated.
  public var bytes: Int

  /// Describes limits.
  public init(
    rows: Int = 1_000_000, columns: Int = 1000, cells: Int = 10_000_000, bytes: Int = 128 << 20
  ) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.bytes = bytes
  }

  /// No limits.
  public static let none = TableLimits(rows: .max, columns: .max, cells: .max, bytes: .max)

  func check(columnCount: Int) throws(TableIOError) {
    guard columnCount <= columns else { throw TableIOError(.limit, "The table has more than \(columns) columns.") }
  }
}

extension Table {
  /// Reads the next table of a document, whole, and stops as soon as there is more than may be.
  /// - Parameters:
  ///   - reader: before or behind any table, made with the same limits.
  ///   - limits: what the table may hold.
  /// - Throws: ``TableIOError``, of kind `limit` when the table holds more.
  public init(reading reader: inout any TableReader, within limits: TableLimits) throws(TableIOError) {
    var metadata = try reader.nextRequiredTable()
    try limits.check(columnCount: metadata.columns.count)
    let tooMany = TableIOError(
      .limit, "The table has more than \(limits.cells) numbers and texts. Leave out columns or rows.")
    // Fixed arrays have all their numbers in every row, also where a cell is missing.
    var width = 0
    for column in metadata.columns {
      let sum = width.addingReportingOverflow(Swift.max(1, column.elementShape.fixedCount))
      guard !sum.overflow, sum.partialValue <= limits.cells else { throw tooMany }
      width = sum.partialValue
    }
    let rowsAtOnce = Swift.max(1, Swift.min(TableBatch.defaultRowCount, Self.cellsAtOnce / Swift.max(1, width)))
    var rows = TableBatch(columns: metadata.columns)
    var batch = rows
    var (cellCount, textSize) = (0, 0)
    while try reader.read(into: &batch, rowLimit: rowsAtOnce) {
      for column in batch.columns {
        cellCount += Swift.max(column.elementCount, batch.rowCount)
        if case .text(let texts) = column.elements { textSize += texts.bytes.count }
      }
      guard rows.rowCount + batch.rowCount <= limits.rows else {
        throw TableIOError(.limit, "The table has more than \(limits.rows) rows.")
      }
      guard cellCount <= limits.cells else { throw tooMany }
      guard textSize <= limits.bytes else {
        throw TableIOError(.limit, "The table's texts have more than \(limits.bytes) bytes.")
      }
      rows.append(batch)
    }
    metadata.rowCount = rows.rowCount
    self.init(metadata: metadata, rows: rows, trailingInfos: reader.trailingInfos)
  }

  private static let cellsAtOnce = 1 << 18
}
