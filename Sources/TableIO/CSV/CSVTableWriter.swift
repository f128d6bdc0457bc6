/// Writes a table as CSV or TSV after RFC 4180: a line with the columns' names, then a line a row.
///
/// A missing value is an empty field and an empty string `""`; in a table of a single column both are `""`, since an empty
/// line is no row to most readers. Strings are in quotes when they hold the separator, a quote, a line break, or a blank at an
/// end. Numbers are the shortest decimal that reads back the same, besides `NaN`, `Infinity` and `-Infinity`; complex
/// numbers are `1.0+2.0j`, arrays JSON lists, the fastest dimension innermost. Types, units and other metadata do not fit: ``ECSVTableWriter`` keeps them.
public struct CSVTableWriter: TableWriter {
  /// What stands between fields.
  public enum Separator: Sendable, Hashable {
    case comma, tab
  }

  private let sink: any ByteSink
  private let separator: UInt8
  private let lineEnd: String
  private var output = OutputBuffer(capacity: OutputBuffer.flushSize)
  private var renderer: CellRenderer<CSVCellStyle>?

  /// Writes to a sink.
  /// - Parameters:
  ///   - sink: where the bytes go.
  ///   - separator: what stands between fields.
  ///   - usesCRLF: whether lines end as RFC 4180 says, or with a line feed alone, which every reader takes.
  public init(sink: any ByteSink, separator: Separator = .comma, usesCRLF: Bool = false) {
    self.sink = sink
    self.separator = UInt8(ascii: separator == .comma ? "," : "\t")
    lineEnd = usesCRLF ? "\r\n" : "\n"
  }

  /// Writes the columns' names.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    let style = CSVCellStyle(separator: separator)
    output.append(names: metadata.columns, style, lineEnd)
    renderer = CellRenderer(
      columns: metadata.columns, frames: CSVCellStyle.frames(metadata.columns.count, separator, lineEnd, null: ""),
      style: style)
  }

  /// Writes rows.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) {
    try renderer.beginMustComeFirst()
    try renderer?.write(batch, to: &output, sink: sink)
  }

  /// Gives all bytes to the sink; CSV has no place for notes.
  public mutating func end(infos: [Info]) throws(TableIOError) {
    try output.flush(to: sink, over: 0)
    try sink.flush()
  }
}

extension CSVCellStyle {
  /// What stands around the cells of each column.
  static func frames(_ count: Int, _ separator: UInt8, _ lineEnd: String, null: String) -> [CellFrame] {
    let separator = String(UnicodeScalar(separator))
    return (0..<count).map { index in
      let trail = index == count - 1 ? lineEnd : separator
      return CellFrame(trail: trail, null: (count == 1 ? "\"\"" : null) + trail)
    }
  }
}

extension OutputBuffer {
  /// Adds the line of the columns' names.
  mutating func append(names columns: [Column], _ style: CSVCellStyle, _ lineEnd: String) {
    for (index, column) in columns.enumerated() {
      if index > 0 { append(style.separator) }
      var name = column.name
      name.withUTF8 { style.append(text: $0, to: &self) }
    }
    if !columns.isEmpty { append(utf8: lineEnd) }
  }
}

extension Optional {
  /// Makes sure that a writer was told its columns before it gets rows.
  func beginMustComeFirst() throws(TableIOError) {
    if self == nil { throw TableIOError(.unsupported, "Rows came before the table's columns: call begin first.") }
  }
}
