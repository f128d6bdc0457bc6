/// Reads a table from ECSV 1.0 (Astropy Proposal for Enhancement 6), in bounded memory.
///
/// The header gives names, types, units and descriptions. Empty cells are missing values, quoted or not, as ECSV has it, so that an empty
/// string and a missing one are the same. Arrays (`subtype: float64[3]`, `int64[null]`) are read from their JSON, with the fastest
/// dimension last in ECSV and first here; cells of subtype `json` stay text. ECSV's unsigned types become the next larger signed
/// ones, and a uint64 beyond 63 bits is an error.
///
/// Single values of the table's `meta` become params, its `comments` notes. Columns that astropy has taken apart (`__serialized_columns__`)
/// are given as the plain columns they are stored in.
public struct ECSVTableReader: TableReader {
  /// What was odd but could be read.
  public var diagnostics: [Diagnostic] { headerDiagnostics + (rows?.diagnostics ?? []) }
  /// None.
  public var trailingInfos: [Info] { [] }

  private let source: PeekableByteSource
  private let maximumRecordSize: Int
  private var headerDiagnostics: [Diagnostic] = []
  private var hasBegun = false
  private var rows: DelimitedRows?

  /// Reads ECSV in UTF-8.
  /// - Parameters:
  ///   - source: the text.
  ///   - maximumRecordSize: bytes one row may have.
  public init(source: any ByteSource, maximumRecordSize: Int = 64 << 20) {
    self.source = PeekableByteSource(source)
    self.maximumRecordSize = maximumRecordSize
  }

  /// Reads the header.
  /// - Returns: `nil` on the second call: such a file holds one table.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    guard !hasBegun else { return nil }
    hasBegun = true
    let lines = try headerLines()
    var header = try ECSVHeader(lines: lines)
    let isBlank = header.delimiter == UInt8(ascii: " ")
    let text = DelimitedText(
      source: source, delimiter: header.delimiter, mergesDelimiters: isBlank, maximumRecordSize: maximumRecordSize,
      line: lines.count + 1)
    guard try text.readRecords(1, byteLimit: .max, keepsEmptyLines: false) else {
      throw TableIOError(.malformed, "The names of the columns are missing after the header.", line: lines.count + 1)
    }
    let names = text.fields.map { String(decoding: text.bytes($0), as: UTF8.self) }
    guard names == header.table.columns.map(\.name) else {
      throw TableIOError(
        .malformed, "The row of names does not repeat the columns of the ECSV header.", line: text.records[0].line)
    }
    text.removeAll()
    var rows = DelimitedRows(text: text, columnCount: names.count, skipsRaggedRows: false)
    rows.columns = header.table.columns
    rows.quotedEmptyIsNull = true
    rows.advice = "Repair the value, or the column's datatype in the header."
    self.rows = rows
    headerDiagnostics = header.diagnostics
    header.diagnostics = []
    return header.table
  }

  /// Reads rows.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    guard rows != nil else {
      batch.removeAll()
      return false
    }
    return try rows!.read(into: &batch, rowLimit: rowLimit)
  }

  /// Takes the lines that begin with `#`.
  private func headerLines() throws(TableIOError) -> [String] {
    var lines: [String] = []
    var size = 0
    var line: [UInt8] = []
    if try source.peek(3).elementsEqual([0xef, 0xbb, 0xbf]) { try take(3) }
    while try source.peek(1).first == UInt8(ascii: "#") {
      line.removeAll(keepingCapacity: true)
      while true {
        let piece = try source.peek(4096)
        let end = piece.firstIndex(of: 0x0a)
        line.append(contentsOf: piece[..<(end ?? piece.endIndex)])
        let used = (end.map { $0 + 1 } ?? piece.endIndex) - piece.startIndex
        try take(used)
        if end != nil || used == 0 { break }
        guard line.count < 1 << 20 else { break }
      }
      size += line.count
      guard line.count < 1 << 20, size < 16 << 20 else {
        throw TableIOError(.limit, "The ECSV header is longer than any real one.", line: lines.count + 1)
      }
      if line.last == 0x0d { line.removeLast() }
      lines.append(String(decoding: line.dropFirst(line.starts(with: [0x23, 0x20]) ? 2 : 1), as: UTF8.self))
    }
    guard let first = lines.first, first.hasPrefix("%ECSV") else {
      throw TableIOError(.malformed, "The file does not begin with \"# %ECSV\".", line: 1)
    }
    return lines
  }

  private func take(_ count: Int) throws(TableIOError) {
    guard count > 0 else { return }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    var done = 0
    while done < count {
      let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
      if read == 0 { return }
      done += read
    }
  }
}
