/// A Swift type that cells of a ``Table`` can be read as and made of.
///
/// Values convert only where nothing is lost but, from 64-bit whole numbers to `Double`, digits beyond the 53rd bit:
///
/// | type | cells |
/// |---|---|
/// | `Bool` | boolean; whole numbers that are 0 or 1 |
/// | `Int`, `Int64` | whole numbers |
/// | `Double` | real and whole numbers |
/// | `Float` | float |
/// | `String` | anything, as its shortest text |
/// | arrays of these | arrays of such elements, none of which is missing; a complex number is two |
/// | ``TableCell`` | anything |
public protocol TableValue: Sendable {
  /// The value of a cell.
  /// - Returns: `nil` when the cell holds something else.
  init?(_ cell: TableCell)

  /// The value as a cell.
  var tableCell: TableCell { get }
}

extension TableCell: TableValue {
  /// The cell itself.
  public init(_ cell: TableCell) { self = cell }
  /// The cell itself.
  public var tableCell: TableCell { self }
}

extension Bool: TableValue {
  /// The value of a boolean cell, or of a whole number that is 0 or 1.
  public init?(_ cell: TableCell) {
    switch cell {
    case .boolean(let value): self = value
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }

  /// A boolean cell.
  public var tableCell: TableCell { .boolean(self) }
}

extension Int64: TableValue {
  /// The value of a cell with a whole number.
  public init?(_ cell: TableCell) {
    guard case .integer(let value) = cell else { return nil }
    self = value
  }

  /// A cell with a whole number.
  public var tableCell: TableCell { .integer(self) }
}

extension Int: TableValue {
  /// The value of a cell with a whole number.
  public init?(_ cell: TableCell) {
    guard let value = Int64(cell) else { return nil }
    self.init(exactly: value)
  }

  /// A cell with a whole number.
  public var tableCell: TableCell { .integer(Int64(self)) }
}

extension Double: TableValue {
  /// The value of a cell with a number.
  public init?(_ cell: TableCell) {
    switch cell {
    case .double(let value): self = value
    case .float(let value): self.init(value)
    case .integer(let value): self.init(value)
    default: return nil
    }
  }

  /// A cell with a number of double precision.
  public var tableCell: TableCell { .double(self) }
}

extension Float: TableValue {
  /// The value of a cell with a number of single precision.
  public init?(_ cell: TableCell) {
    guard case .float(let value) = cell else { return nil }
    self = value
  }

  /// A cell with a number of single precision.
  public var tableCell: TableCell { .float(self) }
}

extension String: TableValue {
  /// The text of a cell, see ``TableCell/text``.
  public init(_ cell: TableCell) { self = cell.text }
  /// A cell with text.
  public var tableCell: TableCell { .text(self) }
}

extension Array: TableValue where Element: TableValue {
  /// The elements of an array, or the two parts of a complex number.
  public init?(_ cell: TableCell) {
    let cells: [TableCell?]
    switch cell {
    case .array(let elements): cells = elements
    case .floatComplex(let real, let imaginary): cells = [.float(real), .float(imaginary)]
    case .doubleComplex(let real, let imaginary): cells = [.double(real), .double(imaginary)]
    default: return nil
    }
    self = []
    reserveCapacity(cells.count)
    for cell in cells {
      guard let cell, let value = Element(cell) else { return nil }
      append(value)
    }
  }

  /// A cell with an array.
  public var tableCell: TableCell { .array(map(\.tableCell)) }
}
