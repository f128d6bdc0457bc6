/// A whole table in memory.
///
///     var (_, reader) = try TableFormat.detect(source: FileByteSource(path: path))
///     let table = try Table(reading: &reader)
///     let ra = try table.column("s_ra", as: Double.self)
///     if table.isOverflow { … }
///
/// It is a collection of its rows. Tables that may be too large for memory are read with ``TableBatches`` or a ``TableReader``.
public struct Table: Sendable, Hashable {
  /// All that the table says beside its rows.
  public var metadata: TableMetadata
  /// The rows, all of them.
  public internal(set) var rows: TableBatch
  /// What the document said after the rows.
  public var trailingInfos: [Info]

  /// Puts a table together.
  /// - Parameters:
  ///   - metadata: what it says beside its rows.
  ///   - rows: made for the columns of `metadata`; anything else is a mistake of the program.
  ///   - trailingInfos: notes that stand after the rows.
  public init(metadata: TableMetadata, rows: TableBatch, trailingInfos: [Info] = []) {
    precondition((try? rows.check(against: metadata.columns)) != nil, "The rows are not of these columns.")
    self.metadata = metadata
    self.rows = rows
    self.trailingInfos = trailingInfos
  }

  /// Reads the next table of a document, whole.
  /// - Parameters:
  ///   - reader: before or behind any table.
  ///   - rowLimit: the most rows to read; when there are more, they are left in the reader, and what stands after them is not known.
  /// - Throws: ``TableIOError``; of kind `serviceError` when the document is an error message in place of a table, `malformed` when
  ///   there is no further table.
  public init(reading reader: inout any TableReader, rowLimit: Int = .max) throws(TableIOError) {
    var metadata = try reader.nextRequiredTable()
    var rows = TableBatch(columns: metadata.columns)
    var batch = rows
    while rows.rowCount < rowLimit {
      let wanted = Swift.min(TableBatch.defaultRowCount, rowLimit - rows.rowCount)
      guard try reader.read(into: &batch, rowLimit: wanted) else { break }
      rows.append(batch)
    }
    metadata.rowCount = rows.rowCount
    self.init(metadata: metadata, rows: rows, trailingInfos: reader.trailingInfos)
  }

  /// Number of rows.
  public var rowCount: Int { rows.rowCount }

  /// Whether the service says that it cut the table off: `QUERY_STATUS` with the value `OVERFLOW`, before or after the rows
  /// (DALI 1.1, section 4.4.1).
  public var isOverflow: Bool {
    metadata.infos.contains(where: \.isOverflow) || trailingInfos.contains(where: \.isOverflow)
  }

  /// All values of a column.
  /// - Parameters:
  ///   - name: the column's name, in any case where that is clear.
  ///   - type: the type to read them as.
  /// - Returns: a value a row, `nil` where it is missing.
  /// - Throws: ``TableIOError`` of kind `noSuchColumn` or `wrongType`.
  public func column<Value: TableValue>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(TableIOError) -> [Value?] {
    let place = try metadata.columns.requiredIndex(named: name)
    let (column, buffer) = (metadata.columns[place], rows.columns[place])
    var values: [Value?] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      guard let cell = buffer.cell(at: row, of: column) else {
        values.append(nil)
        continue
      }
      guard let value = Value(cell) else { throw .wrongType(column, row: row, wanted: type) }
      values.append(value)
    }
    return values
  }

  /// Writes the whole table.
  /// - Parameter writer: not begun yet.
  /// - Throws: ``TableIOError``; `.unsupported` when the format cannot hold a column.
  public func write(to writer: inout any TableWriter) throws(TableIOError) {
    var metadata = metadata
    metadata.rowCount = rowCount
    try writer.begin(metadata)
    try writer.write(rows)
    try writer.end(infos: trailingInfos)
  }
}

extension Table: RandomAccessCollection {
  /// The first row's number.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { rowCount }
  /// A row, from 0.
  public subscript(row: Int) -> TableRow {
    precondition(indices.contains(row), "There is no row \(row) in a table of \(rowCount).")
    return TableRow(columns: metadata.columns, buffers: rows.columns, index: row)
  }
}

extension Info {
  /// Whether the note says that a service cut a table off.
  public var isOverflow: Bool { name.uppercased() == "QUERY_STATUS" && value.uppercased() == "OVERFLOW" }
}
