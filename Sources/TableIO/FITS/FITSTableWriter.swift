/// Writes a table as a FITS file with one binary table (FITS 4.0, section 7.3), front to back into any sink.
///
/// FITS needs the number of rows and the length of the longest string before the first row, so rows are put aside (in a temporary
/// file when they are many) and written at the end. The headers are made by CFITSIO.
///
/// - Missing whole numbers become the column's TNULL: its ``Column/nullLiteral``, or a value that occurs nowhere in the column.
/// - Missing numbers with a fraction become NaN, missing truth values 0, missing strings begin with NUL. An empty string becomes
///   one blank, which FITS does not tell from an empty string.
/// - Strings are padded to the longest one. Where that would more than double the table they become variable-length arrays, as
///   all arrays of open length do. Text beyond ASCII is written as UTF-8, which FITS does not provide for but most readers take.
/// - Descriptions, UCDs, utypes and xtypes become the keywords TCOMM, TUCD, TUTYP and TXTYP. FITS has no place for groups, links,
///   notes and coordinate systems.
public struct FITSTableWriter: TableWriter {
  private let sink: any ByteSink
  private let spool: SpoolFile
  private var table = TableMetadata()
  private var census: [FITSColumnCensus] = []
  private var rowCount = 0
  private var largestBatch = 0

  /// Writes into a sink.
  /// - Parameters:
  ///   - sink: where the bytes go.
  ///   - temporaryDirectory: where rows are put aside; `nil` is the system's usual place.
  public init(sink: any ByteSink, temporaryDirectory: String? = nil) {
    self.sink = sink
    spool = SpoolFile(directory: temporaryDirectory)
  }

  /// Takes the columns.
  /// - Throws: ``TableIOError`` for more than 999 columns, which FITS cannot number.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    guard metadata.columns.count <= 999 else {
      throw TableIOError(
        .unsupported,
        "A FITS table has at most 999 columns, this one \(metadata.columns.count). Choose columns, or another format.")
    }
    table = metadata
    census = Array(repeating: FITSColumnCensus(), count: metadata.columns.count)
  }

  /// Puts rows aside.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) {
    guard batch.rowCount > 0 else { return }
    var encoder = FITSBatchEncoder(rowCount: batch.rowCount)
    for (index, column) in table.columns.enumerated() {
      try encoder.append(batch.columns[index], column: column, census: &census[index])
    }
    let length = encoder.bytes.count
    try append([UInt64(batch.rowCount), UInt64(length)])
    var failure: TableIOError?
    encoder.bytes.withUnsafeBytes { bytes in
      do throws(TableIOError) { try spool.append(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
    rowCount += batch.rowCount
    largestBatch = max(largestBatch, length)
  }

  /// Writes the file.
  public mutating func end(infos: [Info]) throws(TableIOError) {
    let heapSize = heapSize()
    var columns: [FITSColumnLayout] = []
    for (column, census) in zip(table.columns, census) {
      columns.append(
        try FITSColumnLayout(column, census: census, rowCount: rowCount, heapIsWide: heapSize > Int(Int32.max)))
    }
    try sink.write(
      FITSHeaderText(table: table, columns: columns, rowCount: rowCount, heapSize: heapSize).bytes)
    var rows = FITSRowWriter(columns: columns, sink: sink)
    try eachBatch { (batch) throws(TableIOError) in try rows.writeRows(batch) }
    if heapSize > 0 {
      try eachBatch { (batch) throws(TableIOError) in try rows.writeHeap(batch) }
    }
    try rows.pad()
    try sink.flush()
  }

  private func heapSize() -> Int {
    zip(table.columns, census).reduce(0) { sum, pair in
      let (column, census) = pair
      guard census.isOnHeap(column, rowCount: rowCount) else { return sum }
      return sum + census.total * FITSPrimitive(column.datatype).size
    }
  }

  private func append(_ words: [UInt64]) throws(TableIOError) {
    var failure: TableIOError?
    words.withUnsafeBytes { bytes in
      do throws(TableIOError) { try spool.append(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Goes through what was put aside.
  private func eachBatch(_ body: (FITSEncodedBatch) throws(TableIOError) -> Void) throws(TableIOError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(16, largestBatch), alignment: 16)
    defer { buffer.deallocate() }
    var offset = 0
    while offset < spool.count {
      try spool.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<16]))
      let rowCount = buffer.loadUnaligned(as: UInt64.self)
      let length = Int(buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<length])
      try spool.read(at: offset + 16, into: bytes)
      try body(FITSEncodedBatch(rowCount: Int(rowCount), bytes: UnsafeRawBufferPointer(bytes)))
      offset += 16 + length
    }
  }
}
