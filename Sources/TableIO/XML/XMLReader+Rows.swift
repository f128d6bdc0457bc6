/// Where the cells of some rows stand, row by row.
struct CellGrid {
  /// A cell's bytes, or its primitives when the rows are binary.
  struct Cell {
    var offset: Int
    var count: UInt32
    /// Whether references stand in the text, or whether the cell is missing in binary rows.
    var isMarked: Bool
  }

  let columnCount: Int
  var cells: [Cell] = []
  var rowCount = 0
  /// The place after the last row.
  var end = 0

  mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    rowCount = 0
  }
}

/// The bytes of the tags of plain rows.
struct PlainRowTags {
  let rowStart: [UInt8]
  let rowEnd: [UInt8]
  let cellStart: [UInt8]
  let cellEnd: [UInt8]
  let emptyCell: [UInt8]

  /// - Parameter prefix: the prefix of the elements; empty for none.
  init(row: String, cell: String, prefix: String) {
    let lead = prefix.isEmpty ? "" : prefix + ":"
    rowStart = Array("<\(lead)\(row)>".utf8)
    rowEnd = Array("</\(lead)\(row)>".utf8)
    cellStart = Array("<\(lead)\(cell)>".utf8)
    cellEnd = Array("</\(lead)\(cell)>".utf8)
    emptyCell = Array("<\(lead)\(cell)/>".utf8)
  }
}

extension XMLReader {
  /// Finds the rows that follow the present place and are whole and plain: no attributes, comments, CDATA or line of their own.
  ///
  /// Stops before the first row that is anything else, which the caller reads event by event. The rows are read only when
  /// ``skipRows(_:)`` is called; until then their bytes stay at ``windowBase``.
  func scanRows(_ tags: PlainRowTags, into grid: inout CellGrid, rowLimit: Int) {
    grid.removeAll()
    grid.end = input.cursor
    let base = UnsafePointer(input.base)
    let end = input.end
    let columnCount = grid.columnCount
    var cells: [CellGrid.Cell] = []
    swap(&cells, &grid.cells)
    tags.rowStart.withUnsafeBufferPointer { rowStart in
      tags.rowEnd.withUnsafeBufferPointer { rowEnd in
        tags.cellStart.withUnsafeBufferPointer { cellStart in
          tags.cellEnd.withUnsafeBufferPointer { cellEnd in
            tags.emptyCell.withUnsafeBufferPointer { emptyCell in
              var scan = PlainScan(base: base, end: end, at: input.cursor)
              rows: while grid.rowCount < rowLimit {
                guard scan.skipSpace(), scan.skip(rowStart) else { break }
                for _ in 0..<columnCount {
                  guard scan.skipSpace() else { break rows }
                  if scan.skip(cellStart) {
                    guard let cell = scan.cell(), scan.skip(cellEnd) else { break rows }
                    cells.append(cell)
                  } else if scan.skip(emptyCell) {
                    cells.append(CellGrid.Cell(offset: scan.at, count: 0, isMarked: false))
                  } else {
                    break rows
                  }
                }
                guard scan.skipSpace(), scan.skip(rowEnd) else { break }
                grid.rowCount += 1
                grid.end = scan.at
              }
            }
          }
        }
      }
    }
    cells.removeLast(cells.count - grid.rowCount * columnCount)
    swap(&cells, &grid.cells)
  }

  /// Where the offsets of scanned rows count from.
  var windowBase: UnsafePointer<UInt8> { UnsafePointer(input.base) }

  /// The present place in the window.
  var windowOffset: Int { input.cursor }

  /// Goes on after scanned rows.
  func skipRows(_ grid: CellGrid) { input.cursor = grid.end }

  /// Line and byte of a place in scanned rows.
  func position(at offset: Int) -> (line: Int, column: Int) {
    let place = input.position(at: min(offset, input.end))
    return (place.line, place.column)
  }
}

private struct PlainScan {
  let base: UnsafePointer<UInt8>
  let end: Int
  var at: Int

  /// - Returns: `false` at the end of the window.
  @inline(__always)
  mutating func skipSpace() -> Bool {
    while at < end {
      if base[at] > 0x20 { return true }
      at += 1
    }
    return false
  }

  @inline(__always)
  mutating func skip(_ tag: UnsafeBufferPointer<UInt8>) -> Bool {
    guard end - at >= tag.count else { return false }
    for index in 0..<tag.count where base[at + index] != tag[index] { return false }
    at += tag.count
    return true
  }

  /// A cell's text up to the next tag; `nil` when it is not plain or not whole.
  @inline(__always)
  mutating func cell() -> CellGrid.Cell? {
    let start = at
    var hasReferences = false
    while true {
      at = XMLScan.endOfCell(base, from: at, to: end)
      guard at < end else { return nil }
      switch base[at] {
      case UInt8(ascii: "<"):
        guard let count = UInt32(exactly: at - start) else { return nil }
        return CellGrid.Cell(offset: start, count: count, isMarked: hasReferences)
      case UInt8(ascii: "&"):
        var close = at + 1
        while close < end, close - at < 12, base[close] != UInt8(ascii: ";") { close += 1 }
        guard close < end, base[close] == UInt8(ascii: ";"),
          XMLCharacters.reference(UnsafeBufferPointer(start: base + at + 1, count: close - at - 1)) != nil
        else { return nil }
        hasReferences = true
        at = close + 1
      default:
        if at - start >= 2, base[at - 1] == UInt8(ascii: "]"), base[at - 2] == UInt8(ascii: "]") { return nil }
        at += 1
      }
    }
  }
}
