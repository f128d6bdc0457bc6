/// Writes a table as a VOTable of version 1.4 with one RESOURCE and one TABLE.
///
/// Values:
/// - Numbers are the shortest decimal that reads back the same, or the exact bits in BINARY and BINARY2.
/// - A missing cell is an empty `TD` (for complex arrays of fixed size, NaN throughout), a flag in BINARY2, and in BINARY the null value of the column (whole numbers), NaN or
///   `?`. A missing element inside an array of whole numbers is the column's null value everywhere. Where a column needs a null
///   value and has none, one is chosen when the first rows come; the document's head is written only then. A value that
///   equals the null value, where that would make it missing, is refused.
/// - Missing and empty strings are the same in TABLEDATA and BINARY; BINARY2 tells them apart.
/// - Text of type `char` is written as UTF-8, as VOTable 1.6 says and readers do already, and its `arraysize` counts bytes;
///   `unicodeChar` in BINARY and BINARY2 is UTF-16 in network order. Strings longer than a fixed `arraysize` are refused there.
/// - Characters that XML cannot hold, and bytes that are no UTF-8, become U+FFFD.
///
/// Metadata: identifiers that XML does not allow, or that stand twice, are left out with the references to them. The document
/// says version 1.5 when a coordinate system needs it: a `refposition`, or a frame by its newer name. The number of rows is not
/// written, since it is known too late.
public struct VOTableWriter: TableWriter {
  /// How rows are written.
  public enum Serialization: Sendable, Hashable {
    case tableData, binary, binary2
  }

  private let sink: any ByteSink
  private let serialization: Serialization
  private var metadata: TableMetadata?
  private var output = OutputBuffer(capacity: OutputBuffer.flushSize)
  private var rows: VOTableRows?

  /// Writes to a sink; wrap it in a ``GzipByteSink`` for a compressed document.
  public init(sink: any ByteSink, serialization: Serialization = .tableData) {
    self.sink = sink
    self.serialization = serialization
  }

  /// Takes what stands before the rows; it is written with the first of them.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    if serialization != .tableData {
      for column in metadata.columns where column.datatype.isText && (column.shape.dimensions.first ?? 0) > 1 << 24 {
        throw TableIOError(
          .unsupported,
          "Strings of the column \(column.name) would be filled up to \(column.shape.dimensions[0]) characters each. "
            + "Write TABLEDATA, or declare the column with arraysize *.")
      }
    }
    self.metadata = metadata
  }

  /// Writes rows.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) {
    try begin(with: batch)
    try rows?.write(batch, to: &output, sink: sink)
  }

  /// Writes the notes after the table and the end of the document.
  public mutating func end(infos: [Info]) throws(TableIOError) {
    try begin(with: nil)
    if rows?.hasColumns == true { rows?.finish(&output) }
    output.append("</TABLE>\n")
    for info in infos { output.append(info) }
    output.append("</RESOURCE>\n")
    if let metadata { output.append(servicesOf: metadata) }
    output.append("</VOTABLE>\n")
    try output.flush(to: sink, over: 0)
    try sink.flush()
  }

  /// Writes the head once, when the null values can be chosen.
  private mutating func begin(with batch: TableBatch?) throws(TableIOError) {
    guard rows == nil else { return }
    guard var metadata else { return try metadata.beginMustComeFirst() }
    if let batch {
      try batch.check(against: metadata.columns)
      for index in metadata.columns.indices {
        metadata.columns[index].chooseNullLiteral(batch.columns[index], everyCell: serialization == .binary)
      }
    }
    output.append(votableHead: metadata)
    let rows = VOTableRows(columns: metadata.columns, serialization: serialization)
    if rows.hasColumns { rows.begin(&output) }
    self.rows = rows
  }
}

extension Column {
  /// Gives a column of whole numbers a null value that the first rows do not have, where it has none and needs one.
  /// - Parameters:
  ///   - buffer: the first rows.
  ///   - everyCell: whether missing cells need the null value too, not only missing elements of arrays.
  mutating func chooseNullLiteral(_ buffer: ColumnBuffer, everyCell: Bool) {
    guard datatype.isInteger, nullLiteral == nil else { return }
    let hasNulls = buffer.nullElements.containsTrue || everyCell && buffer.nullCells.containsTrue
    // A byte has no value to spare: it gets one only when it must.
    guard hasNulls || everyCell && datatype != .unsignedByte else { return }
    switch buffer.elements {
    case .unsignedByte(let values):
      let used = Set(values)
      nullLiteral = (0...255).reversed().first { !used.contains(UInt8($0)) }
    case .short(let values): nullLiteral = Self.unused(values, hasNulls)
    case .int(let values): nullLiteral = Self.unused(values, hasNulls)
    case .long(let values): nullLiteral = Self.unused(values, hasNulls)
    default: break
    }
  }

  private static func unused<Value: FixedWidthInteger>(_ values: [Value], _ isNeeded: Bool) -> Int64? {
    if !values.contains(.min) { return Int64(Value.min) }
    guard isNeeded else { return nil }
    let used = Set(values)
    return (Value.min...Value.max).lazy.first { !used.contains($0) }.map { Int64($0) }
  }
}
