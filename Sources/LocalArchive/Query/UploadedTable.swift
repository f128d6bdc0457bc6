public import TableIO

/// A table that a query brings along (TAP 1.1, section 2.7.6).
public struct UploadedTable: Sendable {
  /// The name in the query, `TAP_UPLOAD.name`: a regular identifier of ADQL.
  public var name: String
  /// The table. It has a column at least; of columns whose names differ in nothing but case, queries name one between double quotes.
  public var table: Table

  /// Names a table.
  public init(name: String, table: Table) {
    self.name = name
    self.table = table
  }
}
