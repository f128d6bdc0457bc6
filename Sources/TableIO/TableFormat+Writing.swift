extension TableFormat {
  /// A writer of this format.
  /// - Parameters:
  ///   - sink: where the bytes go.
  ///   - width: columns of the terminal, for aligned text; `nil` shows all columns of the table.
  /// - Throws: ``TableIOError`` of kind `unsupported` when the format cannot be written.
  public func writer(sink: any ByteSink, width: Int? = nil) throws(TableIOError) -> any TableWriter {
    switch self {
    case .votable: VOTableWriter(sink: sink, serialization: .tableData)
    case .votableBinary: VOTableWriter(sink: sink, serialization: .binary)
    case .votableBinary2: VOTableWriter(sink: sink, serialization: .binary2)
    case .csv: CSVTableWriter(sink: sink)
    case .tsv: CSVTableWriter(sink: sink, separator: .tab)
    case .ecsv: ECSVTableWriter(sink: sink)
    case .json: JSONTableWriter(sink: sink, layout: .metadataAndData)
    case .jsonLines: JSONTableWriter(sink: sink, layout: .lines)
    case .fits: FITSTableWriter(sink: sink)
    case .text: TextTableWriter(sink: sink, width: width)
    default:
      throw TableIOError(
        .unsupported, "\"\(rawValue)\" is no format: choose one of \(Self.all.map(\.rawValue).joined(separator: ", "))."
      )
    }
  }
}
