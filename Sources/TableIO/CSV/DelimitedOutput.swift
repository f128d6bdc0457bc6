/// The lines of delimited text, what ``CSVTableWriter`` and ``ECSVTableWriter`` share.
struct DelimitedOutput {
  /// Bytes on their way to the sink.
  var buffer = OutputBuffer(capacity: OutputBuffer.flushSize)
  private let sink: any ByteSink
  private var renderer: CellRenderer<CSVCellStyle>?

  init(sink: any ByteSink) { self.sink = sink }

  /// Writes the columns' names.
  /// - Parameter null: what stands for a missing value.
  mutating func begin(_ columns: [Column], _ style: CSVCellStyle, lineEnd: String, null: String) {
    buffer.append(names: columns, style, lineEnd)
    renderer = CellRenderer(
      columns: columns, frames: CSVCellStyle.frames(columns.count, style.separator, lineEnd, null: null), style: style)
  }

  /// Writes rows.
  mutating func write(_ batch: TableBatch) throws(TableIOError) {
    try renderer.beginMustComeFirst()
    try renderer?.write(batch, to: &buffer, sink: sink)
  }

  /// Gives all bytes to the sink.
  mutating func end() throws(TableIOError) {
    try buffer.flush(to: sink, over: 0)
    try sink.flush()
  }
}

extension CSVCellStyle {
  /// What stands around the cells of each column.
  fileprivate static func frames(_ count: Int, _ separator: UInt8, _ lineEnd: String, null: String) -> [CellFrame] {
    let separator = String(UnicodeScalar(separator))
    return (0..<count).map { index in
      let trail = index == count - 1 ? lineEnd : separator
      return CellFrame(trail: trail, null: (count == 1 ? "\"\"" : null) + trail)
    }
  }
}

extension OutputBuffer {
  /// Adds the line of the columns' names.
  fileprivate mutating func append(names columns: [Column], _ style: CSVCellStyle, _ lineEnd: String) {
    for (index, column) in columns.enumerated() {
      if index > 0 { append(style.separator) }
      var name = column.name
      name.withUTF8 { style.append(text: $0, to: &self) }
    }
    if !columns.isEmpty { append(utf8: lineEnd) }
  }
}
