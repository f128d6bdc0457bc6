/// A row of a ``Table``: its values by the columns' names.
///
///     for row in table {
///       guard let id: String = row["obs_id"], let ra: Double = row["s_ra"] else { continue }
///       …
///     }
public struct TableRow: Sendable {
  /// The columns, in the order of the cells.
  public let columns: [Column]
  /// Which row of the table, from 0.
  public let index: Int
  private let buffers: [ColumnBuffer]

  init(columns: [Column], buffers: [ColumnBuffer], index: Int) {
    self.columns = columns
    self.buffers = buffers
    self.index = index
  }

  /// A cell by the place of its column; `nil` when the value is missing.
  public subscript(column: Int) -> TableCell? { buffers[column].cell(at: index, of: columns[column]) }

  /// A value by its column's name; `nil` when it is missing, is not of this type, or there is no such column.
  ///
  /// ``value(_:as:)`` tells the three apart.
  public subscript<Value: TableValue>(_ name: String) -> Value? {
    columns.index(named: name).flatMap { self[$0] }.flatMap { Value($0) }
  }

  /// A value by its column's name.
  /// - Parameters:
  ///   - name: the column's name, in any case where that is clear.
  ///   - type: the type to read it as.
  /// - Returns: `nil` when the value is missing.
  /// - Throws: ``TableIOError`` of kind `noSuchColumn` or `wrongType`.
  public func value<Value: TableValue>(_ name: String, as type: Value.Type = Value.self) throws(TableIOError) -> Value?
  {
    let place = try columns.requiredIndex(named: name)
    guard let cell = self[place] else { return nil }
    guard let value = Value(cell) else { throw .wrongType(columns[place], row: index, wanted: type) }
    return value
  }
}

extension TableIOError {
  /// A cell that is not of the type asked for.
  static func wrongType(_ column: Column, row: Int, wanted: Any.Type) -> TableIOError {
    let shape = column.shape.text.map { "[\($0)]" } ?? ""
    return TableIOError(
      .wrongType,
      "The column \"\(column.name)\" is of type \(column.datatype.rawValue)\(shape) and cannot be read as \(wanted).",
      row: row + 1)
  }
}
