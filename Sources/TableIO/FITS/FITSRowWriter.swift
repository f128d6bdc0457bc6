/// Writes the data of a FITS table: rows, then the heap, then the filling up to a whole block.
struct FITSRowWriter {
  private let columns: [FITSColumnLayout]
  private let sink: any ByteSink
  private let rowWidth: Int
  private var heap = 0
  private var written = 0

  private static let blockSize = 1 << 20

  init(columns: [FITSColumnLayout], sink: any ByteSink) {
    self.columns = columns
    self.sink = sink
    rowWidth = columns.reduce(0) { $0 + $1.width }
  }

  /// Writes the rows of a batch.
  mutating func writeRows(_ batch: FITSEncodedBatch) throws(TableIOError) {
    guard rowWidth > 0 else { return }
    var encoded = encodedColumns(batch)
    // Where the cells of each column on the heap begin in this batch.
    var heaps = encoded.map { column in
      guard case .heap = column.layout.placement else { return 0 }
      defer { heap += column.byteCount }
      return heap
    }
    let step = max(1, min(batch.rowCount, Self.blockSize / rowWidth))
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: step * rowWidth, alignment: 16)
    defer { block.deallocate() }
    guard let base = block.baseAddress else { return }
    for start in stride(from: 0, to: batch.rowCount, by: step) {
      let rows = start..<min(batch.rowCount, start + step)
      block.initializeMemory(as: UInt8.self, repeating: 0)
      var place = 0
      for index in encoded.indices {
        encoded[index].scatter(rows: rows, into: base + place, stride: rowWidth, heap: &heaps[index])
        place += encoded[index].layout.width
      }
      try write(UnsafeRawBufferPointer(rebasing: block[..<(rows.count * rowWidth)]))
    }
  }

  /// Writes what a batch has on the heap.
  mutating func writeHeap(_ batch: FITSEncodedBatch) throws(TableIOError) {
    for column in encodedColumns(batch) {
      guard case .heap = column.layout.placement else { continue }
      let bytes = column.heapBytes()
      try sink.write(bytes)
      written += bytes.count
    }
  }

  /// Fills the last block.
  mutating func pad() throws(TableIOError) {
    let rest = written % FITSHeaderText.blockSize
    if rest > 0 { try sink.write([UInt8](repeating: 0, count: FITSHeaderText.blockSize - rest)) }
  }

  private func encodedColumns(_ batch: FITSEncodedBatch) -> [FITSEncodedColumn] {
    guard var position = batch.bytes.baseAddress else { return [] }
    return columns.map { FITSEncodedColumn($0, in: batch, position: &position) }
  }

  private mutating func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    try sink.write(bytes)
    written += bytes.count
  }
}
