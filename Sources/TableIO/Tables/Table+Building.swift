extension Table {
  /// A table without rows, to be filled with ``append(row:)``.
  ///
  ///     var table = Table(columns: [Column("target", .unicodeChar, shape: .variable), Column("ra", .double, unit: "deg")])
  ///     try table.append(row: ["M 31", 10.684708])
  ///     try table.append(row: ["nowhere", nil])
  ///
  /// - Parameters:
  ///   - columns: the columns.
  ///   - name: the table's name.
  public init(columns: [Column], name: String? = nil) {
    self.init(metadata: TableMetadata(name: name, columns: columns), rows: TableBatch(columns: columns))
  }

  /// Adds a row.
  ///
  /// Values must be of their column's type. A whole number may stand for a real one, and a double for a float where both are the
  /// same number. Nothing is cut off: a text longer than its column, a number out of its range and an array of another length are
  /// errors, and the table stays as it was.
  /// - Parameter row: a value a column; `nil` is missing.
  /// - Throws: ``TableIOError`` of kind `wrongType`.
  public mutating func append(row: [(any TableValue)?]) throws(TableIOError) {
    guard row.count == metadata.columns.count else {
      throw TableIOError(
        .wrongType, "The row has \(row.count) values; the table has \(metadata.columns.count) columns.",
        row: rowCount + 1)
    }
    let cells = row.map { $0?.tableCell }
    for (column, cell) in zip(metadata.columns, cells) {
      guard let cell, !column.accepts(cell) else { continue }
      let shape = column.shape.text.map { "[\($0)]" } ?? ""
      throw TableIOError(
        .wrongType,
        "The column \"\(column.name)\" of type \(column.datatype.rawValue)\(shape) cannot hold the value \"\(cell.excerpt)\".",
        row: rowCount + 1)
    }
    rows.append(cells)
  }
}

extension TableCell {
  /// The beginning of the value's text, for messages.
  fileprivate var excerpt: String { text.count > 60 ? text.prefix(60) + "…" : text }
}

extension Column {
  /// Whether a cell of this column can hold a value as it is.
  func accepts(_ cell: TableCell) -> Bool {
    let shape = elementShape
    if shape.isScalar { return acceptsElement(cell) }
    guard case .array(let elements) = cell else { return false }
    let count = shape.fixedCount
    if shape.isVariable {
      guard count > 0 ? elements.count % count == 0 : elements.isEmpty else { return false }
      if let limit = shape.limit, elements.count / max(1, count) > limit { return false }
    } else if elements.count != count {
      return false
    }
    return elements.allSatisfy { element in element.map(acceptsElement) ?? (datatype == .boolean || datatype.isInteger)
    }
  }

  private func acceptsElement(_ cell: TableCell) -> Bool {
    switch (datatype, cell) {
    case (.boolean, .boolean), (.long, .integer), (.double, .integer), (.double, .float), (.double, .double),
      (.float, .float), (.floatComplex, .floatComplex), (.doubleComplex, .floatComplex),
      (.doubleComplex, .doubleComplex):
      true
    case (.bit, .integer(let value)): value == 0 || value == 1
    case (.unsignedByte, .integer(let value)): UInt8(exactly: value) != nil
    case (.short, .integer(let value)): Int16(exactly: value) != nil
    case (.int, .integer(let value)): Int32(exactly: value) != nil
    case (.float, .integer(let value)): Float(exactly: value) != nil
    case (.float, .double(let value)): value.isNaN || Float(exactly: value) != nil
    case (.char, .text(let text)): text.utf8.allSatisfy { $0 < 0x80 } && text.utf8.count <= textLimit
    case (.unicodeChar, .text(let text)): text.utf16.count <= textLimit
    default: false
    }
  }

  /// The most characters of a string.
  private var textLimit: Int {
    if let length = shape.dimensions.first { return length }
    return shape.isVariable ? shape.limit ?? .max : 1
  }
}
