/// The cells of some rows as the bytes that a file will have, made column by column and then woven into rows.
///
/// Columns have a type each, so their cells are made in tight loops without a decision per cell; weaving only copies.
struct CellMatrix: Sendable {
  /// The bytes of all cells, column after column.
  var bytes = OutputBuffer(capacity: 1 << 16)
  private var ends: [Int] = []
  private var starts: [Int] = []

  /// The most rows rendered at a time, few enough for their bytes to stay in the processor's cache.
  private static let rowLimit = 512
  /// The most bytes of values rendered at a time, where rows are large.
  private static let sizeLimit = 1 << 20

  /// How many rows of a batch to render at a time.
  static func rowsAtOnce(of batch: TableBatch) -> Int {
    let size = batch.columns.reduce(0) { $0 + $1.approximateSize }
    return max(1, min(rowLimit, sizeLimit / max(1, size / max(1, batch.rowCount))))
  }

  /// Ends the cell whose bytes have been added since the last one ended.
  @inline(__always)
  mutating func endCell() { ends.append(bytes.count) }

  /// Removes all cells.
  mutating func removeAll() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds all cells to an output, row by row.
  /// - Parameter rowCount: the number of cells that each column has.
  mutating func weave(rowCount: Int, into output: inout OutputBuffer) {
    guard rowCount > 0, !ends.isEmpty else { return }
    let columnCount = ends.count / rowCount
    starts.removeAll(keepingCapacity: true)
    for column in 0..<columnCount { starts.append(column == 0 ? 0 : ends[column * rowCount - 1]) }
    output.append(atMost: bytes.count) { target in
      bytes.withBytes { source in
        ends.withUnsafeBufferPointer { ends in
          starts.withUnsafeMutableBufferPointer { starts in
            var next = target
            for row in 0..<rowCount {
              for column in 0..<columnCount {
                let start = starts[column]
                let end = ends[column * rowCount + row]
                starts[column] = end
                next = Self.copy(source.baseAddress! + start, count: end - start, to: next)
              }
            }
            return next
          }
        }
      }
    }
  }

  /// Copies 32 bytes without looking, which both buffers allow, and the rest where there is one.
  @inline(__always)
  private static func copy(
    _ source: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let head = UnsafeRawPointer(source).loadUnaligned(as: SIMD32<UInt8>.self)
    UnsafeMutableRawPointer(target).storeBytes(of: head, as: SIMD32<UInt8>.self)
    if count > 32 { (target + 32).update(from: source + 32, count: count - 32) }
    return target + count
  }
}

extension ColumnBuffer {
  /// Bytes of all values, about.
  fileprivate var approximateSize: Int {
    switch elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values): values.count
    case .short(let values): 2 * values.count
    case .int(let values): 4 * values.count
    case .float(let values), .floatComplex(let values): 4 * values.count
    case .long(let values): 8 * values.count
    case .double(let values), .doubleComplex(let values): 8 * values.count
    case .text(let texts): texts.bytes.count + 8 * texts.count
    }
  }
}
