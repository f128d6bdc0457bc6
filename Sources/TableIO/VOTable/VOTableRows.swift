/// The DATA element of a VOTable, in one of its three serialisations.
struct VOTableRows: Sendable {
  /// Whether there is any column: DATA cannot be without.
  let hasColumns: Bool
  private let element: String
  private let columns: [Column]
  // One of the two.
  private var tableData: CellRenderer<TableDataCellStyle>?
  private var binary: BinaryRows?
  /// Rows on their way into base64.
  private var raw = OutputBuffer()

  init(columns: [Column], serialization: VOTableWriter.Serialization) {
    hasColumns = !columns.isEmpty
    self.columns = columns
    switch serialization {
    case .tableData:
      element = "TABLEDATA"
      let frames = columns.indices.map { index in
        let first = index == 0 ? "<TR>" : ""
        let last = index == columns.count - 1 ? "</TR>\n" : ""
        return CellFrame(lead: first + "<TD>", trail: "</TD>" + last, null: first + "<TD/>" + last)
      }
      tableData = CellRenderer(columns: columns, frames: frames, style: TableDataCellStyle())
    case .binary:
      element = "BINARY"
      binary = BinaryRows(columns: columns, hasFlags: false)
    case .binary2:
      element = "BINARY2"
      binary = BinaryRows(columns: columns, hasFlags: true)
    }
  }

  /// Writes the tags before the rows.
  func begin(_ output: inout OutputBuffer) {
    output.append(utf8: "<DATA>\n<\(element)>\n")
    if binary != nil { output.append("<STREAM encoding=\"base64\">\n") }
  }

  /// Writes rows.
  mutating func write(
    _ batch: TableBatch, to output: inout OutputBuffer, sink: any ByteSink
  ) throws(TableIOError) {
    try tableData?.write(batch, to: &output, sink: sink)
    guard binary != nil else { return }
    try batch.check(against: columns)
    let step = CellMatrix.rowsAtOnce(of: batch)
    var start = 0
    while start < batch.rowCount {
      let range = start..<min(start + step, batch.rowCount)
      try binary?.append(batch, range, to: &raw)
      Base64Encoder.encodeLines(of: &raw, into: &output)
      try output.flush(to: sink)
      start = range.upperBound
    }
  }

  /// Writes what is left and the tags after the rows.
  mutating func finish(_ output: inout OutputBuffer) {
    if binary != nil {
      Base64Encoder.encodeAll(of: &raw, into: &output)
      output.append("</STREAM>\n")
    }
    output.append(utf8: "</\(element)>\n</DATA>\n")
  }
}
