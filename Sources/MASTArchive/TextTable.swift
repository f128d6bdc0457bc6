/// A table in the plain-text layout of `jwst_mast_query`: one header line, one line a row, columns right-justified and one
/// blank apart. Source: `jwst-mast-query` 15.
public struct TextTable: Sendable, Hashable {
  /// A column by the kind of its values, which decides how missing values and the header look.
  public struct Column: Sendable, Hashable {
    enum Values: Hashable {
      case integers([Int64?])
      case reals([Double?])
      case booleans([Bool])
      case texts([String?], missing: String)
    }

    /// The header.
    public let name: String
    let values: Values

    /// Whole numbers; a missing one prints `<NA>`.
    public static func integers(_ name: String, _ values: [Int64?]) -> Self {
      Self(name: name, values: .integers(values))
    }

    /// Numbers with up to six decimals, as many as the column needs; a missing one prints `NaN`.
    public static func reals(_ name: String, _ values: [Double?]) -> Self { Self(name: name, values: .reals(values)) }

    /// Truth values, printed `True` and `False`.
    public static func booleans(_ name: String, _ values: [Bool]) -> Self {
      Self(name: name, values: .booleans(values))
    }

    /// Texts and numbers already spelled; `missing` is what stands for `nil`.
    public static func texts(_ name: String, _ values: [String?], missing: String = "NaN") -> Self {
      Self(name: name, values: .texts(values, missing: missing))
    }

    var count: Int {
      switch values {
      case .integers(let values): values.count
      case .reals(let values): values.count
      case .booleans(let values): values.count
      case .texts(let values, _): values.count
      }
    }

    /// A number among other values: up to six decimals, at least one.
    package static func decimalText(_ value: Double) -> String { DecimalColumn.cells([value])[0] }

    /// The header with the blank that numeric columns carry in front.
    var header: String {
      if case .texts = values { name } else { " " + name }
    }

    var cells: [String] {
      switch values {
      case .integers(let values): values.map { $0.map(String.init) ?? "<NA>" }
      case .reals(let values): DecimalColumn.cells(values)
      case .booleans(let values): values.map { $0 ? "True" : "False" }
      case .texts(let values, let missing): values.map { $0.map(Self.escaped) ?? missing }
      }
    }

    private static func escaped(_ text: String) -> String {
      guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
      return text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "\t": result += "\\t"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        default: result += scalar.properties.generalCategory == .control ? "?" : String(scalar)
        }
      }
    }
  }

  /// The columns, all of the same length.
  public var columns: [Column]

  /// Makes a table of columns.
  public init(columns: [Column]) { self.columns = columns }

  /// The table as text without a newline at the end; without rows, the column names one blank apart.
  public var text: String {
    let rowCount = columns.first?.count ?? 0
    guard rowCount > 0 else { return columns.map(\.name).joined(separator: " ") }
    var lines = [String](repeating: "", count: rowCount + 1)
    for (position, column) in columns.enumerated() {
      let cells = [column.header] + column.cells
      let widths = cells.map(\.unicodeScalars.count)
      let width = widths.max() ?? 0
      for row in cells.indices {
        if position > 0 { lines[row] += " " }
        lines[row] += String(repeating: " ", count: width - widths[row])
        lines[row] += cells[row]
      }
    }
    return lines.joined(separator: "\n")
  }
}
