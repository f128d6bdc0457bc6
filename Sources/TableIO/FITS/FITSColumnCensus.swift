/// What has been seen of a column's cells, which decides how the column is laid out.
struct FITSColumnCensus {
  /// Whether a cell or an element of a whole number, truth value or bit was missing.
  var hasNulls = false
  /// Smallest and largest whole number.
  var minimum = Int64.max
  var maximum = Int64.min
  /// The values of an unsignedByte column that occur; bytes often use their whole range, but seldom all of it.
  var usedBytes: [Bool] = []
  /// Whether the column's own null value stands for itself somewhere.
  var nullLiteralOccurs = false
  /// Most bytes of a string.
  var longestString = 0
  /// Bytes of all strings, or elements of all cells.
  var total = 0
  /// Most elements in a cell.
  var largestCount = 0

  /// Whether cells go behind the rows: arrays of open length, and strings of such different lengths that padding all to the longest
  /// would more than double the table.
  func isOnHeap(_ column: Column, rowCount: Int) -> Bool {
    let shape = column.elementShape
    guard column.datatype.isText else { return shape.isVariable }
    guard shape.isScalar else { return false }
    let padded = rowCount.multipliedReportingOverflow(by: longestString)
    let needed = total + 8 * rowCount
    return padded.overflow || padded.partialValue > 2 * needed && padded.partialValue - needed > 1 << 20
  }

  /// Most elements of a cell on the heap.
  var largestHeapCell: Int { max(largestCount, longestString) }

  /// Bytes of each string in the row: as many as the column declares, unless that is far more than its cells need.
  func stringWidth(for column: Column) -> Int {
    let needed = max(1, longestString)
    guard let declared = column.shape.dimensions.first ?? column.shape.limit else { return needed }
    return declared >= needed && declared <= 2 * needed + 64 ? declared : needed
  }

  /// The whole number that stands for a missing value and for nothing else.
  func nullValue(for column: Column) throws(TableIOError) -> Int64? {
    let range: ClosedRange<Int64>
    switch column.datatype {
    case .unsignedByte: range = 0...255
    case .short: range = Int64(Int16.min)...Int64(Int16.max)
    case .int: range = Int64(Int32.min)...Int64(Int32.max)
    case .long: range = .min ... .max
    default: return nil
    }
    if let literal = column.nullLiteral, range.contains(literal), !nullLiteralOccurs { return literal }
    guard hasNulls else { return nil }
    if column.datatype == .unsignedByte {
      if let free = usedBytes.lastIndex(of: false) { return Int64(free) }
    } else {
      if minimum > range.lowerBound { return range.lowerBound }
      if maximum < range.upperBound { return range.upperBound }
    }
    throw TableIOError(
      .unsupported,
      "Column \"\(column.name)\" has missing values and uses the whole range of \(column.datatype.rawValue), so that FITS has no value "
        + "left to stand for the missing ones. Write another format.")
  }
}
