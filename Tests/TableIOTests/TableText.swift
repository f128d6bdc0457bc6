import TableIO

/// A table as lines of text, so that mistakes are easy to see: the columns with their types, then the rows.
struct TableText: Equatable {
  var columns: [String] = []
  var rows: [String] = []

  /// Reads the next table of a reader.
  init?(_ reader: inout some TableReader, rowLimit: Int = TableBatch.defaultRowCount) throws {
    guard let table = try reader.nextTable() else { return nil }
    columns = table.columns.map { "\($0.name) \($0.datatype.rawValue)\($0.shape.text.map { "[\($0)]" } ?? "")" }
    var batch = TableBatch(columns: table.columns)
    while try reader.read(into: &batch, rowLimit: rowLimit) {
      for row in 0..<batch.rowCount {
        rows.append(batch.columns.map { $0.cellText(at: row) }.joined(separator: "|"))
      }
    }
  }
}

extension ColumnBuffer {
  /// A cell as text: ∅ where it is missing, elements of arrays with blanks between.
  func cellText(at row: Int) -> String {
    if isNull(at: row) { return "∅" }
    return elementRange(at: row).map { isNullElement($0) ? "∅" : elementText(at: $0) }.joined(separator: " ")
  }

  private func elementText(at index: Int) -> String {
    switch elements {
    case .boolean(let values): values[index] == 1 ? "T" : "F"
    case .bit(let values), .unsignedByte(let values): "\(values[index])"
    case .short(let values): "\(values[index])"
    case .int(let values): "\(values[index])"
    case .long(let values): "\(values[index])"
    case .float(let values): "\(values[index])"
    case .double(let values): "\(values[index])"
    case .floatComplex(let values): "\(values[2 * index]),\(values[2 * index + 1])"
    case .doubleComplex(let values): "\(values[2 * index]),\(values[2 * index + 1])"
    case .text(let texts): texts.string(at: index)
    }
  }
}

/// The error of reading a document to its end.
func failure(of reader: some TableReader) -> TableIOError? {
  var reader = reader
  do {
    while try TableText(&reader) != nil {}
    return nil
  } catch {
    return error as? TableIOError
  }
}
