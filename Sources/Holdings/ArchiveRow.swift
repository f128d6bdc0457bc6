/// The type MAST declares for a column, in the words of its `fields` list.
public enum ColumnType: String, Sendable, Hashable {
  case integer = "int"
  case real = "float"
  case text = "string"
  case boolean = "boolean"
  /// A moment, kept as milliseconds since 1970 and sent as `/Date(ms)/`.
  case date = "date"
}

/// A column of a typed row: its name in the archive, its declared type, and how to read and write the value.
public struct RowColumn<Row>: Sendable {
  /// The name as MAST spells it, for example `obs_id` or `productFilename`.
  public let name: String
  /// The declared type.
  public let type: ColumnType
  /// Reads the column's value out of a row.
  public let cell: @Sendable (Row) -> Cell
  /// Writes a value into a row; a value that does not fit the type leaves null.
  public let store: @Sendable (inout Row, Cell) -> Void
}

/// A row type whose columns are listed once, for everything that reads or writes rows: wire formats, the database, tables.
public protocol ArchiveRow: Sendable {
  /// All columns in the archive's order.
  static var columns: [RowColumn<Self>] { get }
  /// An empty row: every column null.
  init()
}

extension ArchiveRow {
  /// Makes a row from cells by column name; names the type does not have are ignored, missing ones stay null.
  public init(cells: [String: Cell]) {
    self.init()
    for column in Self.columns {
      if let cell = cells[column.name], cell != .null { column.store(&self, cell) }
    }
  }

  /// The value of the column with this name, `nil` when there is no such column.
  public func cell(named name: String) -> Cell? {
    Self.columns.first { $0.name == name }?.cell(self)
  }
}

extension RowColumn {
  static func text(_ name: String, _ path: any WritableKeyPath<Row, String?> & Sendable) -> Self {
    Self(name: name, type: .text, cell: { $0[keyPath: path].map(Cell.text) ?? .null }) { row, cell in
      // An empty string is how MAST sends a missing text.
      row[keyPath: path] = cell.textValue.flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  static func integer(_ name: String, _ path: any WritableKeyPath<Row, Int64?> & Sendable) -> Self {
    Self(name: name, type: .integer, cell: { $0[keyPath: path].map(Cell.integer) ?? .null }) { row, cell in
      row[keyPath: path] = cell.integerValue
    }
  }

  /// An identifier: declared as text, sent as a number.
  static func identifier(_ name: String, _ path: any WritableKeyPath<Row, Int64?> & Sendable) -> Self {
    Self(name: name, type: .text, cell: { $0[keyPath: path].map(Cell.integer) ?? .null }) { row, cell in
      row[keyPath: path] = cell.integerValue
    }
  }

  static func real(_ name: String, _ path: any WritableKeyPath<Row, Double?> & Sendable) -> Self {
    Self(name: name, type: .real, cell: { $0[keyPath: path].map(Cell.real) ?? .null }) { row, cell in
      row[keyPath: path] = cell.realValue
    }
  }

  static func boolean(_ name: String, _ path: any WritableKeyPath<Row, Bool?> & Sendable) -> Self {
    Self(name: name, type: .boolean, cell: { $0[keyPath: path].map(Cell.boolean) ?? .null }) { row, cell in
      row[keyPath: path] = cell.booleanValue
    }
  }
}
