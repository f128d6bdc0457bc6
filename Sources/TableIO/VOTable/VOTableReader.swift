/// Reads VOTable 1.1 to 1.5 in the serialisations TABLEDATA, BINARY and BINARY2, front to back in bounded memory.
///
///     var reader = try VOTableReader(source: source)
///     while let table = try reader.nextTable() {
///       var batch = TableBatch(columns: table.columns)
///       while try reader.read(into: &batch) { … }
///     }
///
/// Elements count by their local names, whatever their name space. What other readers accept with a warning is accepted, with a
/// ``Diagnostic``, unless ``Options/isStrict`` is set. A service's error document, `QUERY_STATUS` with the value `ERROR`, is
/// thrown as ``TableIOError/Kind/serviceError`` with the service's message; `OVERFLOW` stands in the infos.
///
/// In TABLEDATA an empty cell is missing, except for strings: there empty and missing cannot be told apart, and the string is
/// empty. NaN is a value, not missing. Whole numbers out of range become the nearest one, with a diagnostic.
public struct VOTableReader: TableReader {
  /// How to read.
  public struct Options: Sendable {
    /// Whether anything odd is an error.
    public var isStrict = false
    /// Whether a service's error message is thrown; otherwise it only stands in the infos.
    public var throwsServiceErrors = true
    /// Bounds of the XML.
    public var xmlLimits = XMLLimits()
    /// The most bytes of one cell.
    public var cellByteLimit = 64 << 20
    /// What a table may hold: its columns, and the bytes of a `STREAM`, inflated.
    public var limits = TableLimits.none
    /// Makes a reader for the content of a `FITS` element from its bytes; without one, such a table is not supported.
    public var fitsReader: (@Sendable (any ByteSource) throws(TableIOError) -> any TableReader)?

    /// The usual way to read.
    public init() {}
  }

  let xml: XMLReader
  let options: Options
  var log: DiagnosticLog
  var scopes: [VOTableScope] = []
  var catalogue = VOTableCatalogue()
  var rows = Rows.none
  var rowNumber = 0
  var expectedRowCount: Int?
  private var columns: [Column] = []
  private var grid = CellGrid(columnCount: 0)
  var isTableStartPending = false
  var hasTable = false
  var errorNotes: [String] = []
  var metadataByteCount = 0

  /// Whether the present table's cells say themselves that they are missing, as in BINARY2, so that an empty text is one.
  public internal(set) var marksMissingCells = false

  /// What the document said after the present table's rows.
  public internal(set) var trailingInfos: [Info] = []

  /// Where the rows of the present table come from.
  enum Rows {
    case none
    case text(PlainRowTags, TextCellDecoder)
    case binary(Base64Stream, BinaryCellDecoder)
    case fits(Base64Stream, any TableReader)
    /// Rows that cannot be read, and why.
    case unreadable(TableIOError)
    /// All rows are read; what follows is not.
    case ended
  }

  /// Begins a document.
  /// - Throws: ``TableIOError`` when the source fails or the encoding is not supported.
  public init(source: any ByteSource, options: Options = Options()) throws(TableIOError) {
    xml = try XMLReader(source: source, limits: options.xmlLimits, refusesNamespaceErrors: options.isStrict)
    self.options = options
    log = DiagnosticLog(isStrict: options.isStrict)
  }

  /// What was odd but could be read.
  public var diagnostics: [Diagnostic] { log.items + xml.problems }

  /// Goes on to the next table.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    try skipRows()
    trailingInfos = []
    if !isTableStartPending { try readScopes() }
    guard isTableStartPending else {
      if !hasTable, options.throwsServiceErrors, let note = errorNotes.first { throw TableIOError(.serviceError, note) }
      return nil
    }
    isTableStartPending = false
    hasTable = true
    rowNumber = 0
    marksMissingCells = false
    let table = try readTable()
    columns = table.columns
    expectedRowCount = table.rowCount
    grid = CellGrid(columnCount: columns.count)
    return table
  }

  /// Replaces the rows of a batch by the table's next ones.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    if batch.columns.count == columns.count { batch.removeAll() } else { batch = TableBatch(columns: columns) }
    let first = rowNumber
    let rows = self.rows
    switch rows {
    case .none: return false
    case .unreadable(let error): throw error
    case .text(let tags, var decoder):
      try readText(tags, &decoder, into: &batch, rowLimit: self.rowLimit(rowLimit, decoder.plans))
    case .binary(let stream, var decoder):
      try readBinary(stream, &decoder, into: &batch, rowLimit: self.rowLimit(rowLimit, decoder.plans))
    case .fits(let stream, var reader):
      let hasRows = try reader.read(into: &batch, rowLimit: rowLimit)
      self.rows = .fits(stream, reader)
      rowNumber += batch.rowCount
      if !hasRows { try skipRows() }
    case .ended: break
    }
    if rowNumber > first { return true }
    try finishTable()
    return false
  }

  /// Bounds the memory of a batch when cells are large arrays.
  private func rowLimit(_ limit: Int, _ plans: [ColumnPlan]) -> Int {
    let rowBytes = plans.reduce(1) { $0 + $1.leastByteCount }
    return max(1, min(limit, Self.batchByteLimit / rowBytes))
  }

  static let batchByteLimit = 16 << 20

  private mutating func readText(
    _ tags: PlainRowTags, _ decoder: inout TextCellDecoder, into batch: inout TableBatch, rowLimit: Int
  ) throws(TableIOError) {
    var byteCount = 0
    while batch.rowCount < rowLimit, byteCount < Self.batchByteLimit {
      xml.scanRows(tags, into: &grid, rowLimit: rowLimit - batch.rowCount)
      if grid.rowCount > 0 {
        decoder.decode(grid, base: xml.windowBase, into: &batch)
        try report(decoder.issues) { [xml] in xml.position(at: $0) }
        byteCount += grid.end - xml.windowOffset
        xml.skipRows(grid)
        rowNumber += grid.rowCount
        continue
      }
      switch try xml.next() {
      case .start where xml.name.local == "TR":
        let row = try readRow()
        try decode(row, &decoder, into: &batch)
        byteCount += row.bytes.count
        rowNumber += 1
      case .start:
        try log.report("TABLEDATA must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
      case .text: try checkBlank("TABLEDATA")
      case .comment, .instruction: break
      case .end, nil:
        rows = .ended
        return
      }
    }
  }

  /// Reads a row event by event, which takes anything that XML allows.
  private mutating func readRow() throws(TableIOError) -> LooseRow {
    var row = LooseRow(columnCount: columns.count)
    row.place = xml.position
    while let event = try xml.next(), event != .end {
      if event == .text { try checkBlank("TR") }
      guard event == .start else { continue }
      guard xml.name.local == "TD" else {
        try log.report("TR must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
        continue
      }
      let encoding = xml.attribute("encoding") ?? "none"
      guard encoding == "base64" || encoding == "none" else {
        throw xml.failure("A cell in the encoding '\(encoding)' is not supported.", .unsupported)
      }
      let start = row.bytes.count
      while let event = try xml.next(), event != .end {
        switch event {
        case .text: row.bytes.append(contentsOf: xml.text)
        case .start:
          try log.report("TD must not hold the element '\(xml.name.qualified)'.", xml.position)
          try skipElement()
        default: break
        }
        guard row.bytes.count - start <= options.cellByteLimit else {
          throw xml.failure("A cell is longer than \(options.cellByteLimit) bytes.", .limit)
        }
      }
      row.addCell(from: start, isBase64: encoding == "base64")
    }
    if row.cellCount != columns.count {
      try log.report("A row has \(row.cellCount) cells; the table has \(columns.count) columns.", row.place)
    }
    row.fillUp()
    return row
  }

  private mutating func decode(
    _ row: LooseRow, _ decoder: inout TextCellDecoder, into batch: inout TableBatch
  ) throws(TableIOError) {
    let place = row.place
    row.bytes.withUnsafeBufferPointer { bytes in
      withUnsafePointer(to: 0 as UInt8) { nothing in
        decoder.decode(row.grid, base: bytes.baseAddress ?? nothing, into: &batch, except: row.base64Cells)
      }
    }
    try report(decoder.issues) { _ in place }
    for index in row.base64Cells {
      let text = row.grid.cells[index]
      var single = BinaryCellDecoder(
        plans: [decoder.plans[index]], hasNullFlags: false, cellByteLimit: options.cellByteLimit)
      var bytes: [UInt8] = []
      var base64 = Base64Decoder()
      let isRight = row.bytes.withUnsafeBufferPointer {
        base64.decode(UnsafeBufferPointer(rebasing: $0[text.offset..<text.offset + Int(text.count)]), into: &bytes)
      }
      guard isRight, base64.isAtBorder, try single.decodeCell(bytes, into: &batch.columns[index]) else {
        throw TableIOError(
          .malformed, "A cell of column '\(columns[index].name)' is not the base64 text of such a value.",
          line: place.line, column: place.column, row: rowNumber + 1)
      }
    }
  }

  private mutating func readBinary(
    _ stream: Base64Stream, _ decoder: inout BinaryCellDecoder, into batch: inout TableBatch, rowLimit: Int
  ) throws(TableIOError) {
    var byteCount = 0
    while batch.rowCount < rowLimit, byteCount < Self.batchByteLimit {
      let result = stream.withBytes { bytes in
        Result { () throws(TableIOError) in
          try decoder.scan(bytes, into: &grid, rowLimit: rowLimit - batch.rowCount)
          if grid.rowCount > 0 { decoder.decode(grid, base: bytes.baseAddress!, into: &batch) }
        }
      }
      if case .failure(var error) = result {
        error.row = error.row.map { $0 + rowNumber }
        error.line = xml.position.line
        throw error
      }
      if grid.rowCount > 0 {
        let place = xml.position
        try report(decoder.issues) { _ in place }
        stream.take(grid.end)
        byteCount += grid.end
        rowNumber += grid.rowCount
        continue
      }
      if try stream.pull() { continue }
      if stream.availableCount > 0 {
        var error = xml.failure("The binary data end inside a row, \(stream.availableCount) bytes after its start.")
        error.row = rowNumber + 1
        throw error
      }
      rows = .ended
      return
    }
  }

  private mutating func report(
    _ issues: [CellIssue], place: (Int) -> (line: Int, column: Int)
  ) throws(TableIOError) {
    for issue in issues {
      let message = "Row \(rowNumber + issue.row + 1), column '\(columns[issue.column].name)': \(issue.message)."
      try log.report(message, place(issue.offset))
    }
  }

  /// Text where only white space belongs.
  func isBlank(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.allSatisfy(XMLCharacters.isSpace) }

  mutating func checkBlank(_ element: String) throws(TableIOError) {
    if !isBlank(xml.text) { try log.report("\(element) must not hold text.", xml.position) }
  }
}

/// A row put together from events.
private struct LooseRow {
  var bytes: [UInt8] = []
  var grid: CellGrid
  var cellCount = 0
  var place = (line: 1, column: 1)
  /// The columns whose cells are binary values in base64.
  var base64Cells: [Int] = []

  init(columnCount: Int) {
    grid = CellGrid(columnCount: columnCount)
    grid.rowCount = 1
  }

  mutating func addCell(from start: Int, isBase64: Bool) {
    cellCount += 1
    guard grid.cells.count < grid.columnCount else {
      bytes.removeLast(bytes.count - start)
      return
    }
    if isBase64 { base64Cells.append(grid.cells.count) }
    grid.cells.append(CellGrid.Cell(offset: start, count: UInt32(bytes.count - start), isMarked: false))
  }

  /// Gives missing cells at the end of the row their place.
  mutating func fillUp() {
    while grid.cells.count < grid.columnCount {
      grid.cells.append(CellGrid.Cell(offset: 0, count: 0, isMarked: false))
    }
  }
}

/// What was odd, as far as there is room.
struct DiagnosticLog {
  let isStrict: Bool
  private(set) var items: [Diagnostic] = []

  static let limit = 1000

  init(isStrict: Bool) { self.isStrict = isStrict }

  /// Keeps a warning, or throws it.
  mutating func report(_ message: String, _ place: (line: Int, column: Int)) throws(TableIOError) {
    if isStrict { throw TableIOError(.malformed, message, line: place.line, column: place.column) }
    if items.count < Self.limit { items.append(Diagnostic(.warning, message, line: place.line, column: place.column)) }
  }
}
