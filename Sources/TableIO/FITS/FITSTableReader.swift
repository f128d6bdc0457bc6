internal import CCFITSIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads the binary tables of a FITS file (FITS 4.0, section 7.3) through CFITSIO, in bounded memory.
///
/// Each binary table extension is a table, named by its EXTNAME; images and ASCII tables are passed over.
///
/// | TFORM | type |
/// |---|---|
/// | L, X | boolean, bit |
/// | B, I, J, K | unsignedByte, short, int, long; one size larger when TZERO makes them signed or unsigned |
/// | E, D, C, M | float, double, floatComplex, doubleComplex |
/// | A | char; trailing blanks do not count |
/// | scaled by TSCAL and TZERO | double |
///
/// Missing values are whole numbers equal to TNULL, truth values that are neither T nor F, strings that begin with NUL, and, unless
/// switched off, single NaNs: FITS has no other sign for a missing number.
public struct FITSTableReader: TableReader {
  /// How the file is to be read.
  public struct Options: Sendable, Hashable {
    /// Whether NaN in a column of single numbers is a missing value.
    public var nanIsNull: Bool
    /// Where a compressed file, or one that comes through a pipe, is put while it is read; `nil` is the system's usual place.
    public var temporaryDirectory: String?
    /// The most bytes of a file that is copied, inflated.
    public var byteLimit = Int.max

    /// Describes how to read.
    public init(nanIsNull: Bool = true, temporaryDirectory: String? = nil) {
      self.nanIsNull = nanIsNull
      self.temporaryDirectory = temporaryDirectory
    }
  }

  /// What was odd but could be read.
  public private(set) var diagnostics: [Diagnostic] = []
  /// None: FITS has no notes behind a table.
  public var trailingInfos: [Info] { [] }

  private let options: Options
  private let file: FITSFile
  private var columns: [FITSStoredColumn] = []
  private var rowWidth = 0
  private var rowCount = 0
  private var nextRow = 0
  private var heapSize = 0

  /// Bytes of rows, and of what they have on the heap, that are read at once.
  private static let blockSize = 1 << 20
  private static let heapBlockSize = 16 << 20

  /// Reads a file, plain or gzip.
  ///
  /// FITS needs to be read at random, so that all but plain files are first copied to a temporary one.
  /// - Throws: ``TableIOError`` when it cannot be read or is no FITS file.
  public init(source: any ByteSource, options: Options = Options()) throws(TableIOError) {
    self.options = options
    let content = try PeekableByteSource(inflating: source)
    guard try content.peek(6).elementsEqual("SIMPLE".utf8) else {
      throw TableIOError(.malformed, "The file does not begin with SIMPLE, as FITS files do.")
    }
    if let plain = content.plainFile, let path = plain.path, let size = plain.byteCount {
      file = try FITSFile(path: path, size: Int(size))
      return
    }
    let directory = options.temporaryDirectory ?? P_tmpdir
    let copy = try TemporaryFile(in: directory, keepsName: true)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var size = 0
    while true {
      let count = try content.read(into: buffer)
      if count == 0 { break }
      guard count <= options.byteLimit - size else {
        throw TableIOError(.limit, "The FITS file has more than \(options.byteLimit) bytes, inflated.")
      }
      try copy.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      size += count
    }
    file = try withExtendedLifetime(copy) { () throws(TableIOError) in try FITSFile(path: copy.path, size: size) }
  }

  /// Reads a file in memory, as a VOTable's FITS stream holds one.
  public init(bytes: [UInt8], options: Options = Options()) throws(TableIOError) {
    self.options = options
    guard bytes.starts(with: "SIMPLE".utf8) else {
      throw TableIOError(.malformed, "The data do not begin with SIMPLE, as FITS files do.")
    }
    file = try FITSFile(bytes: bytes)
  }

  /// Goes on to the next binary table.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    columns = []
    rowCount = 0
    nextRow = 0
    while let kind = try file.nextUnit() {
      switch kind {
      case .binaryTable: return try openTable()
      case .asciiTable:
        let name = file.text("EXTNAME") ?? ""
        diagnostics.append(
          Diagnostic(.warning, "The ASCII table \"\(name)\" is passed over; only binary tables are read."))
      case .image: break
      }
    }
    return nil
  }

  private mutating func openTable() throws(TableIOError) -> TableMetadata {
    var offset = 0
    for number in 0..<max(0, Int(file.integer("TFIELDS") ?? 0)) {
      let column = try FITSStoredColumn(number + 1, of: file, offset: offset)
      offset += column.form.width
      columns.append(column)
      if let diagnostic = column.diagnostic { diagnostics.append(diagnostic) }
    }
    rowWidth = Int(file.integer("NAXIS1") ?? 0)
    rowCount = Int(file.integer("NAXIS2") ?? 0)
    guard rowWidth == offset, rowCount >= 0 else {
      throw TableIOError(
        .malformed, "The columns of the FITS table take \(offset) bytes of a row that has \(rowWidth).")
    }
    let room = file.size - file.dataStart
    let (size, overflow) = rowWidth.multipliedReportingOverflow(by: rowCount)
    guard !overflow, size <= room else {
      throw TableIOError(
        .malformed, "The FITS file ends before the last of the table's \(rowCount) rows. Fetch or copy it again.")
    }
    guard rowWidth > 0 || rowCount < 1 << 31 else {
      throw TableIOError(.malformed, "The FITS table has \(rowCount) rows of no columns.")
    }
    // Nothing is believed of where the heap is and how long; each cell on it is checked against what there is.
    let behind = min(max(0, Int(file.integer("PCOUNT") ?? 0)), room - size)
    heapSize = size...size + behind ~= file.heapStart ? size + behind - file.heapStart : 0
    return TableMetadata(name: file.text("EXTNAME"), columns: columns.map(\.column), rowCount: rowCount)
  }

  /// Reads rows.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    batch.removeAll()
    var count = min(max(1, rowLimit), rowCount - nextRow)
    guard count > 0 else { return false }
    if rowWidth > 0 { count = min(count, max(1, Self.blockSize / rowWidth)) }
    let rows = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count * rowWidth), alignment: 16)
    defer { rows.deallocate() }
    if rowWidth > 0 {
      try file.readRows(nextRow, into: UnsafeMutableRawBufferPointer(rebasing: rows[..<(count * rowWidth)]))
    }
    guard let base = UnsafeRawPointer(rows.baseAddress) else { return false }
    count = try rowsWithBoundedHeap(base, count)
    for (index, stored) in columns.enumerated() {
      let decoder = FITSCellDecoder(stored: stored, nanIsNull: options.nanIsNull, firstRow: nextRow)
      let cells = FITSRowCells(
        base: base + stored.offset, stride: rowWidth, elementCount: stored.form.repeatCount, count: count)
      if stored.form.descriptorSize == nil {
        try decoder.decode(cells, into: &batch.columns[index])
      } else {
        try decodeHeap(cells, decoder, into: &batch.columns[index])
      }
    }
    batch.rowCount = count
    nextRow += count
    return true
  }

  /// How many rows may be read at once without taking too much from the heap.
  private func rowsWithBoundedHeap(_ base: UnsafeRawPointer, _ count: Int) throws(TableIOError) -> Int {
    let onHeap = columns.filter { $0.form.descriptorSize != nil && $0.form.repeatCount == 1 }
    guard !onHeap.isEmpty else { return count }
    var total = 0
    for row in 0..<count {
      for stored in onHeap {
        let cell = try descriptor(stored, base + row * rowWidth + stored.offset, row: row)
        total += stored.form.byteCount(cell.elementCount)
      }
      if total > Self.heapBlockSize { return max(1, row) }
    }
    return count
  }

  /// Reads length and place of a cell on the heap, and checks that it is there.
  private func descriptor(
    _ stored: FITSStoredColumn, _ place: UnsafeRawPointer, row: Int
  ) throws(TableIOError) -> (offset: Int, elementCount: Int) {
    let offset: UInt64
    let count: UInt64
    if stored.form.descriptorSize == 4 {
      count = UInt64(UInt32(bigEndian: place.loadUnaligned(as: UInt32.self)))
      offset = UInt64(UInt32(bigEndian: place.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    } else {
      count = UInt64(bigEndian: place.loadUnaligned(as: UInt64.self))
      offset = UInt64(bigEndian: place.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    let room = UInt64(max(0, heapSize))
    guard count == 0 || count <= room * 8 && offset <= room && stored.form.byteCount(Int(count)) <= Int(room - offset)
    else {
      throw TableIOError(
        .malformed, "A cell of column \"\(stored.column.name)\" lies outside the heap of the FITS table.",
        row: nextRow + row + 1)
    }
    return (count == 0 ? 0 : Int(offset), Int(count))
  }

  private func decodeHeap(
    _ cells: FITSRowCells, _ decoder: FITSCellDecoder, into buffer: inout ColumnBuffer
  ) throws(TableIOError) {
    let form = decoder.stored.form
    guard form.repeatCount == 1 else {
      // 0P: a column without any elements.
      for _ in 0..<cells.count { buffer.appendNullCell() }
      return
    }
    var found: [(offset: Int, elementCount: Int)] = []
    var size = 0
    for row in 0..<cells.count {
      let cell = try descriptor(decoder.stored, cells.cell(row).start, row: row)
      found.append(cell)
      size += form.byteCount(cell.elementCount)
    }
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, size), alignment: 16)
    defer { bytes.deallocate() }
    var position = 0
    for index in found.indices {
      let count = form.byteCount(found[index].elementCount)
      if count > 0 {
        try file.read(
          at: file.dataStart + file.heapStart + found[index].offset,
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[position..<position + count]))
      }
      found[index].offset = position
      position += count
    }
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
    try decoder.decode(FITSHeapCells(base: base, cells: found), into: &buffer)
  }
}
