/// What decoding needs to know of a column.
struct ColumnPlan {
  let name: String
  let datatype: Datatype
  /// Primitives in a cell of fixed shape; the fixed dimensions of a variable one.
  let primitiveCount: Int
  let isVariable: Bool
  /// Elements in a cell of fixed shape; a string is one.
  let elementCount: Int
  let hasVariableElements: Bool
  /// Primitives in each string of an array of strings; `nil` when a cell is one string.
  let stringLength: Int?
  let isScalar: Bool
  /// The most characters of a string.
  let textLimit: Int
  let integerNull: Int64?
  let floatingNull: Double?
  /// Why binary rows of such a column cannot be read.
  let binaryProblem: String?

  /// - Parameters:
  ///   - nullText: the text of `VALUES null`.
  ///   - binaryProblem: why the width of a value is not known.
  init(_ column: Column, nullText: String?, binaryProblem: String?) throws(TableIOError) {
    name = column.name
    datatype = column.datatype
    let shape = column.shape
    isVariable = shape.isVariable
    isScalar = shape.isScalar
    primitiveCount = try Self.product(shape.dimensions, of: column.name)
    let elements = column.elementShape
    elementCount = try Self.product(elements.dimensions, of: column.name)
    hasVariableElements = elements.isVariable
    let isArray = shape.dimensions.count + (shape.isVariable ? 1 : 0) > 1
    stringLength = column.datatype.isText && isArray ? shape.dimensions[0] : nil
    textLimit = shape.isVariable ? shape.limit ?? .max : primitiveCount
    integerNull = column.nullLiteral
    floatingNull = nullText.flatMap(Double.init)
    self.binaryProblem = binaryProblem
  }

  /// Bytes of a fixed cell, or of so many primitives, in binary rows.
  func byteCount(_ primitives: Int) -> Int {
    switch datatype {
    case .bit: (primitives + 7) / 8
    case .boolean, .unsignedByte, .char: primitives
    case .short, .unicodeChar: primitives * 2
    case .int, .float: primitives * 4
    case .long, .double, .floatComplex: primitives * 8
    case .doubleComplex: primitives * 16
    }
  }

  /// Bytes that a cell takes in a batch at the least.
  var leastByteCount: Int { hasVariableElements ? 8 : elementCount * 16 }

  private static let primitiveLimit = 1 << 24

  private static func product(_ dimensions: [Int], of name: String) throws(TableIOError) -> Int {
    var product = 1
    for dimension in dimensions {
      let (next, isOver) = product.multipliedReportingOverflow(by: dimension)
      guard !isOver, next <= primitiveLimit else {
        throw TableIOError(
          .limit, "The arrays of column '\(name)' have more than \(primitiveLimit) elements in a cell.")
      }
      product = next
    }
    return product
  }
}

/// A cell that is not as it should be.
struct CellIssue {
  var row: Int
  var column: Int
  var offset: Int
  var message: String
}

/// The cells of one column in some rows.
struct CellColumn {
  let base: UnsafePointer<UInt8>
  let cells: UnsafeBufferPointer<CellGrid.Cell>
  let index: Int
  let stride: Int
  let rowCount: Int

  @inline(__always) subscript(row: Int) -> CellGrid.Cell { cells[row &* stride &+ index] }
}

/// What marks missing and variable cells, taken out of a buffer while its values are lent.
struct CellMarks {
  var nullCells = Bitmap()
  var nullElements = Bitmap()
  var cellEnds: [Int]?

  init(takingFrom buffer: inout ColumnBuffer) {
    swap(&nullCells, &buffer.nullCells)
    swap(&nullElements, &buffer.nullElements)
    swap(&cellEnds, &buffer.cellEnds)
  }

  mutating func put(into buffer: inout ColumnBuffer) {
    swap(&nullCells, &buffer.nullCells)
    swap(&nullElements, &buffer.nullElements)
    swap(&cellEnds, &buffer.cellEnds)
  }

  /// Marks an element as missing.
  mutating func markElement(_ index: Int) {
    while nullElements.count < index { nullElements.append(false) }
    nullElements.append(true)
  }

  mutating func endCell(elementCount: Int, isNull: Bool) {
    cellEnds?.append(elementCount)
    nullCells.append(isNull)
  }

  /// Gives the elements after the last missing one their bits.
  mutating func finish(elementCount: Int) {
    guard nullElements.count > 0 else { return }
    while nullElements.count < elementCount { nullElements.append(false) }
  }
}
