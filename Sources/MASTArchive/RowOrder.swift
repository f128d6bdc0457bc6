import Holdings

/// The order of table rows by one or more columns: ascending, text by code point, missing values last, otherwise as before.
/// Source: `jwst-mast-query` 13.4.
enum RowOrder {
  /// The rows in order.
  /// - Parameter key: the values of a row in the columns that decide, the first one first.
  static func sorted<Row>(_ rows: [Row], by key: (Row) -> [Cell]) -> [Row] {
    let keys = rows.map(key)
    return rows.indices.sorted { a, b in
      for (left, right) in zip(keys[a], keys[b]) {
        if precedes(left, right) { return true }
        if precedes(right, left) { return false }
      }
      return a < b
    }.map { rows[$0] }
  }

  private static func precedes(_ a: Cell, _ b: Cell) -> Bool {
    switch (a, b) {
    case (.null, _): false
    case (_, .null): true
    case (.text(let a), .text(let b)): a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    case (.integer(let a), .integer(let b)): a < b
    default: (a.realValue ?? .infinity) < (b.realValue ?? .infinity)
    }
  }
}
