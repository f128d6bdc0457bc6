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

  private let separator: UInt8
  private let lineEnd: String
  private var rows: DelimitedOutput

  /// Writes to a sink.
  /// - Parameters:
  ///   - sink: where the bytes go.
  ///   - separator: what stands between fields.
  ///   - usesCRLF: whether lines end as RFC 4180 says, or with a line feed alone, which every reader takes.
  public init(sink: any ByteSink, separator: Separator = .comma, usesCRLF: Bool = false) {
    rows = DelimitedOutput(sink: sink)
    self.separator = UInt8(ascii: separator == .comma ? "," : "\t")
    lineEnd = usesCRLF ? "\r\n" : "\n"
  }

  /// Writes the columns' names.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    rows.begin(metadata.columns, CSVCellStyle(separator: separator), lineEnd: lineEnd, null: "")
  }

  /// Writes rows.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) { try rows.write(batch) }

  /// Gives all bytes to the sink; CSV has no place for notes.
  public mutating func end(infos: [Info]) throws(TableIOError) { try rows.end() }
}

extension Optional {
  /// Makes sure that a writer was told its columns before it gets rows.
  func beginMustComeFirst() throws(TableIOError) {
    if self == nil { throw TableIOError(.unsupported, "Rows came before the table's columns: call begin first.") }
  }
}
