/// Keeps account of missing cells and elements while a column's elements are out of its buffer.
struct NullNotes {
  private let isScalar: Bool
  private let isVariable: Bool
  private var elements: [Int] = []
  private var ends: [Int] = []
  private var cells = Bitmap()
  private var cellIsNull = false

  init(_ buffer: ColumnBuffer) {
    isVariable = buffer.cellEnds != nil
    isScalar = !isVariable && buffer.elementsPerCell == 1
  }

  /// A missing element: a missing cell where there is one element in each.
  mutating func note(element: Int, row: Int) {
    if isScalar { cellIsNull = true } else { elements.append(element) }
  }

  /// A missing cell.
  mutating func noteCell(_ row: Int) { cellIsNull = true }

  mutating func endCell(_ end: Int) {
    cells.append(cellIsNull)
    if isVariable { ends.append(end) }
    cellIsNull = false
  }

  /// Puts the account into the buffer.
  func give(to buffer: inout ColumnBuffer, elementCount: Int) {
    buffer.nullCells = cells
    if isVariable { buffer.cellEnds = ends }
    guard !elements.isEmpty else { return }
    buffer.nullElements = Bitmap(count: elementCount)
    for element in elements { buffer.nullElements[element] = true }
  }
}
