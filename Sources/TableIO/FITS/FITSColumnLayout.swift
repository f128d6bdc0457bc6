/// How a column is laid out in a FITS binary table, known once all its cells have been seen.
struct FITSColumnLayout {
  /// Where the cells are.
  enum Placement: Equatable {
    /// In the row, as elements one after the other.
    case elements
    /// In the row, one bit each.
    case bits
    /// In the row, as strings of this many bytes each.
    case strings(width: Int, count: Int)
    /// Behind all rows; the row has a length and a place, of 8 bytes each for large tables.
    case heap(isWide: Bool)
  }

  let column: Column
  let placement: Placement
  /// The value of TFORM.
  let form: String
  /// The value of TDIM.
  let dimensions: String?
  /// The value of TNULL.
  let nullValue: Int64?
  /// Bytes in a row.
  let width: Int
  /// Bytes in one element.
  let elementSize: Int

  init(_ column: Column, census: FITSColumnCensus, rowCount: Int, heapIsWide: Bool) throws(TableIOError) {
    self.column = column
    let shape = column.elementShape
    let type = FITSPrimitive(column.datatype)
    elementSize = type.size
    nullValue = try census.nullValue(for: column)
    if census.isOnHeap(column, rowCount: rowCount) {
      placement = .heap(isWide: heapIsWide)
      width = heapIsWide ? 16 : 8
      let letter = type.letter(bitsHaveNulls: true)
      form = "1\(heapIsWide ? "Q" : "P")\(letter)(\(max(census.largestHeapCell, 1)))"
      dimensions = nil
      return
    }
    var dimensions = shape.dimensions
    switch column.datatype {
    case .char, .unicodeChar:
      let width = census.stringWidth(for: column)
      let count = shape.isVariable ? max(1, census.largestCount) : shape.fixedCount
      placement = .strings(width: width, count: count)
      self.width = width * count
      form = "\(self.width)A"
      if shape.isVariable { dimensions.append(count / max(1, shape.fixedCount)) }
      dimensions.insert(width, at: 0)
    case .bit where !census.hasNulls:
      placement = .bits
      width = (shape.fixedCount + 7) / 8
      form = "\(shape.fixedCount)X"
    default:
      placement = .elements
      width = shape.fixedCount * type.size
      form = "\(shape.fixedCount)\(type.letter(bitsHaveNulls: true))"
    }
    self.dimensions =
      dimensions.count < 2 ? nil : "(\(dimensions.map(String.init).joined(separator: ",")))"
  }
}

/// A datatype's FITS side.
struct FITSPrimitive {
  let datatype: Datatype
  /// Bytes in one element; a bit counts as the byte it takes while it is not packed.
  let size: Int

  init(_ datatype: Datatype) {
    self.datatype = datatype
    size =
      switch datatype {
      case .boolean, .bit, .unsignedByte, .char, .unicodeChar: 1
      case .short: 2
      case .int, .float: 4
      case .long, .double, .floatComplex: 8
      case .doubleComplex: 16
      }
  }

  /// The letter of TFORM. Bits that may be missing, or that are on the heap, are written as truth values.
  func letter(bitsHaveNulls: Bool) -> Character {
    switch datatype {
    case .boolean: "L"
    case .bit: bitsHaveNulls ? "L" : "X"
    case .unsignedByte: "B"
    case .short: "I"
    case .int: "J"
    case .long: "K"
    case .char, .unicodeChar: "A"
    case .float: "E"
    case .double: "D"
    case .floatComplex: "C"
    case .doubleComplex: "M"
    }
  }
}
