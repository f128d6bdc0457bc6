/// Some rows of a table, column by column.
public struct TableBatch: Sendable, Hashable {
  /// One buffer a column, in the order of the table's columns, all with ``rowCount`` cells.
  public var columns: [ColumnBuffer]
  /// Number of rows; counted here because a table may have no columns.
  public var rowCount: Int

  /// No rows of a table with these columns.
  public init(columns: [Column]) {
    self.columns = columns.map(ColumnBuffer.init(for:))
    rowCount = 0
  }

  /// Removes all rows and keeps the memory.
  public mutating func removeAll() {
    for index in columns.indices { columns[index].removeAll() }
    rowCount = 0
  }

  /// The rows a reader gives at once unless told otherwise.
  public static let defaultRowCount = 4096
}
