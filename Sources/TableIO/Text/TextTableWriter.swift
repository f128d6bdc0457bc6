/// Writes a table as aligned text for a terminal.
///
/// The first rows decide how wide the columns are; later ones that need more are cut with `…`. Columns that do not fit beside
/// each other are left out and named below the table. Numbers stand at the right, missing cells are empty, arrays are JSON lists.
/// Control characters show as pictures of themselves, so that no text from an archive can steer the terminal.
public struct TextTableWriter: TableWriter {
  private let sink: any ByteSink
  private let width: Int?
  private let cellWidth: Int
  private let showsUnits: Bool
  private var columns: [Column] = []
  private var sample: [[String]] = []
  private var layout: TextTableLayout?
  private var output = OutputBuffer(capacity: OutputBuffer.flushSize)

  /// Rows that decide how wide the columns are.
  private static let sampleSize = 1000

  /// Writes to a sink.
  /// - Parameters:
  ///   - sink: where the text goes.
  ///   - width: places in a line; `nil` shows all columns, however wide.
  ///   - cellWidth: the most places that a column gets.
  ///   - showsUnits: whether a line of units stands below the names, when any column has one.
  public init(sink: any ByteSink, width: Int? = nil, cellWidth: Int = 60, showsUnits: Bool = true) {
    self.sink = sink
    self.width = width
    self.cellWidth = max(1, cellWidth)
    self.showsUnits = showsUnits
  }

  /// Takes the columns.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) { columns = metadata.columns }

  /// Takes rows, and writes them once it is known how wide the columns are.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) {
    try batch.check(against: columns)
    for row in 0..<batch.rowCount {
      if let layout {
        append(try cells(batch, row, layout.places.map(\.column)), layout)
        try output.flush(to: sink)
      } else {
        sample.append(try cells(batch, row, Array(columns.indices)))
        if sample.count == Self.sampleSize { try beginRows() }
      }
    }
  }

  /// Writes what is left, which columns were left out, and the notes that came after the rows.
  public mutating func end(infos: [Info]) throws(TableIOError) {
    if layout == nil { try beginRows() }
    if let elided = layout?.elided, !elided.isEmpty {
      let names = elided.map { columns[$0].name.harmless }.joined(separator: ", ")
      output.append(utf8: "(\(elided.count) more \(elided.count == 1 ? "column" : "columns"): \(names))\n")
    }
    for info in infos {
      let content = info.content.map { ": " + $0.harmless } ?? ""
      output.append(utf8: "(\(info.name.harmless) \(info.value.harmless)\(content))\n")
    }
    try output.flush(to: sink, over: 0)
    try sink.flush()
  }

  private mutating func beginRows() throws(TableIOError) {
    let names = columns.map(\.name.harmless)
    let units = columns.map { $0.unit?.harmless ?? "" }
    let hasUnits = showsUnits && units.contains { !$0.isEmpty }
    let heads = hasUnits ? [names, units] : [names]
    var widths = columns.map { _ in 1 }
    for line in heads + sample {
      for (column, cell) in line.enumerated() { widths[column] = max(widths[column], cell.displayWidth) }
    }
    let layout = TextTableLayout(widths: widths, limit: cellWidth, room: width)
    self.layout = layout
    let shown = layout.places.map(\.column)
    for line in heads { append(shown.map { line[$0] }, layout) }
    append(layout.places.map { String(repeating: "-", count: $0.width) }, layout)
    for line in sample { append(shown.map { line[$0] }, layout) }
    sample = []
    try output.flush(to: sink)
  }

  private mutating func append(_ cells: [String], _ layout: TextTableLayout) {
    var line = ""
    for (place, cell) in zip(layout.places, cells) {
      if !line.isEmpty || place.column > 0 { line += String(repeating: " ", count: TextTableLayout.gap) }
      let text = cell.shortened(toWidth: place.width)
      let filler = String(repeating: " ", count: max(0, place.width - text.displayWidth))
      line += columns[place.column].isRightAligned ? filler + text : text + filler
    }
    while line.last == " " { line.removeLast() }
    output.append(utf8: line + "\n")
  }

  private func cells(_ batch: TableBatch, _ row: Int, _ chosen: [Int]) throws(TableIOError) -> [String] {
    var texts: [String] = []
    for index in chosen {
      texts.append(try batch.columns[index].displayText(at: row, columns[index]).shortened(toWidth: cellWidth))
    }
    return texts
  }
}

extension Column {
  fileprivate var isRightAligned: Bool {
    elementShape.isScalar && (datatype.isInteger || datatype == .float || datatype == .double || datatype == .bit)
  }
}

extension ColumnBuffer {
  /// A cell as it is shown to people.
  fileprivate func displayText(at row: Int, _ column: Column) throws(TableIOError) -> String {
    if isNull(at: row) { return "" }
    if case .text(let texts) = elements, column.elementShape.isScalar { return texts.string(at: row).harmless }
    let style = JSONCellStyle(nonFinite: .plain)
    var output = OutputBuffer(capacity: 64)
    if column.elementShape.isScalar {
      style.append(element: row, of: self, to: &output)
    } else {
      try style.append(array: elementRange(at: row), of: self, in: column, to: &output)
    }
    return output.text.harmless
  }
}
