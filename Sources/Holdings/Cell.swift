/// One value of an archive table row, as loosely typed as the archives send it.
///
/// MAST declares one type and sends another (`obsid` is declared string and sent as a number), so a row is read into cells
/// first and converted by the reader of each column.
public enum Cell: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
}

extension Cell {
  /// The value as a whole number, when it is one: a number without fraction, or text that spells one (surrounding blanks allowed).
  public var integerValue: Int64? {
    switch self {
    case .integer(let value): value
    case .real(let value): Int64(exactly: value)
    case .text(let text): Int64(text.trimmingBlanks)
    case .boolean(let value): value ? 1 : 0
    case .null: nil
    }
  }

  /// The value as a floating-point number; text is read when it spells a number.
  public var realValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .text(let text): Double(text.trimmingBlanks)
    case .boolean, .null: nil
    }
  }

  /// The value as text; numbers in the shortest form that reads back the same, `nil` for null.
  public var textValue: String? {
    switch self {
    case .null: nil
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .real(let value): Int64(exactly: value).map(String.init) ?? value.description
    case .text(let text): text
    }
  }

  /// The value as a truth value: booleans, 0 and 1, and the spellings `t`, `f`, `true` and `false` in any case.
  public var booleanValue: Bool? {
    switch self {
    case .boolean(let value): value
    case .integer(let value): value == 0 ? false : value == 1 ? true : nil
    case .real, .null: nil
    case .text(let text):
      switch text.lowercased() {
      case "t", "true": true
      case "f", "false": false
      default: nil
      }
    }
  }
}

extension String {
  /// The text without leading and trailing spaces and tabs.
  var trimmingBlanks: Substring {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return text
  }
}
