/// The cells of one column in a batch of rows: typed elements one after the other, and what is missing.
///
/// A cell holds elements: one for a scalar, ``elementsPerCell`` for a fixed array, as many as ``cellEnds`` tells for a
/// variable one. A string is one element, whatever its length. A missing cell still has its elements (of any value) when the
/// shape is fixed, and none when it is variable.
public struct ColumnBuffer: Sendable, Hashable {
  /// The elements of all cells, by type.
  public enum Elements: Sendable, Hashable {
    /// 1 true, 0 false.
    case boolean([UInt8])
    /// 1 or 0.
    case bit([UInt8])
    case unsignedByte([UInt8])
    case short([Int16])
    case int([Int32])
    case long([Int64])
    case float([Float])
    case double([Double])
    /// Two numbers an element, real and imaginary part.
    case floatComplex([Float])
    /// Two numbers an element, real and imaginary part.
    case doubleComplex([Double])
    /// `char` and `unicodeChar`.
    case text(TextBuffer)
  }

  /// The elements.
  public var elements: Elements
  /// Elements in each cell; meaningless for variable arrays.
  public let elementsPerCell: Int
  /// Where the elements of each cell end, counted in elements; only for variable arrays.
  public var cellEnds: [Int]?
  /// The cells that are missing; one bit a cell.
  public var nullCells: Bitmap
  /// The elements that are missing inside arrays of booleans and whole numbers; empty when there is none, otherwise one bit an element.
  public var nullElements: Bitmap

  /// An empty buffer for a column.
  public init(for column: Column) {
    elements =
      switch column.datatype {
      case .boolean: .boolean([])
      case .bit: .bit([])
      case .unsignedByte: .unsignedByte([])
      case .short: .short([])
      case .int: .int([])
      case .long: .long([])
      case .float: .float([])
      case .double: .double([])
      case .floatComplex: .floatComplex([])
      case .doubleComplex: .doubleComplex([])
      case .char, .unicodeChar: .text(TextBuffer())
      }
    let shape = column.elementShape
    elementsPerCell = shape.fixedCount
    cellEnds = shape.isVariable ? [] : nil
    nullCells = Bitmap()
    nullElements = Bitmap()
  }

  /// Number of cells.
  public var count: Int { nullCells.count }

  /// Number of elements in all cells.
  public var elementCount: Int {
    switch elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values): values.count
    case .short(let values): values.count
    case .int(let values): values.count
    case .long(let values): values.count
    case .float(let values): values.count
    case .double(let values): values.count
    case .floatComplex(let values): values.count / 2
    case .doubleComplex(let values): values.count / 2
    case .text(let texts): texts.count
    }
  }

  /// The elements of a cell.
  public func elementRange(at row: Int) -> Range<Int> {
    guard let cellEnds else { return row * elementsPerCell..<(row + 1) * elementsPerCell }
    return (row == 0 ? 0 : cellEnds[row - 1])..<cellEnds[row]
  }

  /// Whether a cell is missing.
  public func isNull(at row: Int) -> Bool { nullCells[row] }

  /// Whether an element is missing.
  public func isNullElement(_ element: Int) -> Bool { element < nullElements.count && nullElements[element] }

  /// Marks the element that was appended last as missing.
  public mutating func markLastElementNull() {
    let count = elementCount
    while nullElements.count < count { nullElements.append(false) }
    nullElements[count - 1] = true
  }

  /// Ends the cell whose elements have been appended since the last one ended.
  /// - Parameter isNull: whether the cell is missing.
  public mutating func endCell(isNull: Bool = false) {
    let end = elementCount
    cellEnds?.append(end)
    nullCells.append(isNull)
  }

  /// Removes all cells and keeps the memory.
  public mutating func removeAll() {
    switch elements {
    case .boolean(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .boolean(values)
    case .bit(var values):
      elements = .boolean([])
      values.removeAll(keepingCapacity: true)
      elements = .bit(values)
    case .unsignedByte(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .unsignedByte(values)
    case .short(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .short(values)
    case .int(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .int(values)
    case .long(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .long(values)
    case .float(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .float(values)
    case .double(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .double(values)
    case .floatComplex(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .floatComplex(values)
    case .doubleComplex(var values):
      elements = .bit([])
      values.removeAll(keepingCapacity: true)
      elements = .doubleComplex(values)
    case .text(var texts):
      elements = .bit([])
      texts.removeAll()
      elements = .text(texts)
    }
    cellEnds?.removeAll(keepingCapacity: true)
    nullCells.removeAll()
    nullElements.removeAll()
  }
}
