/// The value of a cell that is not missing, whatever the column's type.
public enum TableCell: Sendable, Hashable {
  case boolean(Bool)
  /// `bit`, `unsignedByte`, `short`, `int` and `long`.
  case integer(Int64)
  case float(Float)
  case double(Double)
  /// Real and imaginary part.
  case floatComplex(Float, Float)
  /// Real and imaginary part.
  case doubleComplex(Double, Double)
  /// `char` and `unicodeChar`.
  case text(String)
  /// An array, its first dimension the fastest; elements may be missing.
  case array([TableCell?])

  /// The shortest text that tells the value: numbers as the shortest decimal that reads back the same, the elements of an array
  /// with blanks between them as in VOTable's TABLEDATA, a missing element as nothing.
  public var text: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .float(let value): Self.text(value, isNaN: value.isNaN, isInfinite: value.isInfinite)
    case .double(let value): Self.text(value, isNaN: value.isNaN, isInfinite: value.isInfinite)
    case .floatComplex(let real, let imaginary): "\(TableCell.float(real).text) \(TableCell.float(imaginary).text)"
    case .doubleComplex(let real, let imaginary): "\(TableCell.double(real).text) \(TableCell.double(imaginary).text)"
    case .text(let text): text
    case .array(let elements): elements.map { $0?.text ?? "" }.joined(separator: " ")
    }
  }

  private static func text(_ value: some BinaryFloatingPoint & CustomStringConvertible, isNaN: Bool, isInfinite: Bool)
    -> String
  {
    if isNaN { return "NaN" }
    if isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value.description
  }
}

extension ColumnBuffer {
  /// The value of a cell, `nil` when it is missing.
  /// - Parameters:
  ///   - row: less than ``count``.
  ///   - column: the column that the buffer was made for.
  public func cell(at row: Int, of column: Column) -> TableCell? {
    if isNull(at: row) { return nil }
    let range = elementRange(at: row)
    if column.elementShape.isScalar { return element(at: range.lowerBound) }
    return .array(range.map { isNullElement($0) ? nil : element(at: $0) })
  }

  private func element(at index: Int) -> TableCell {
    switch elements {
    case .boolean(let values): .boolean(values[index] != 0)
    case .bit(let values), .unsignedByte(let values): .integer(Int64(values[index]))
    case .short(let values): .integer(Int64(values[index]))
    case .int(let values): .integer(Int64(values[index]))
    case .long(let values): .integer(values[index])
    case .float(let values): .float(values[index])
    case .double(let values): .double(values[index])
    case .floatComplex(let values): .floatComplex(values[2 * index], values[2 * index + 1])
    case .doubleComplex(let values): .doubleComplex(values[2 * index], values[2 * index + 1])
    case .text(let texts): .text(texts.string(at: index))
    }
  }
}
