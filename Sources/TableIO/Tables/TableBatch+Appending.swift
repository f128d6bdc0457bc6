extension TableBatch {
  /// Adds the rows of another batch of the same table.
  mutating func append(_ other: TableBatch) {
    for index in columns.indices { columns[index].append(other.columns[index]) }
    rowCount += other.rowCount
  }

  /// Adds a row of cells that their columns accept.
  mutating func append(_ cells: [TableCell?]) {
    for (index, cell) in cells.enumerated() { columns[index].append(cell) }
    rowCount += 1
  }
}

extension ColumnBuffer {
  /// Adds the cells of another buffer of the same column.
  mutating func append(_ other: ColumnBuffer) {
    let elementsBefore = elementCount
    appendElements(other.elements)
    if let ends = other.cellEnds { cellEnds?.append(contentsOf: ends.lazy.map { $0 + elementsBefore }) }
    nullCells.append(other.nullCells)
    if nullElements.count > 0 || other.nullElements.count > 0 {
      nullElements.grow(to: elementsBefore)
      nullElements.append(other.nullElements)
      nullElements.grow(to: elementCount)
    }
  }

  private mutating func appendElements(_ other: Elements) {
    let mine = elements
    elements = .bit([])
    switch (consume mine, other) {
    case (.boolean(var values), .boolean(let more)):
      values += more
      elements = .boolean(values)
    case (.bit(var values), .bit(let more)):
      values += more
      elements = .bit(values)
    case (.unsignedByte(var values), .unsignedByte(let more)):
      values += more
      elements = .unsignedByte(values)
    case (.short(var values), .short(let more)):
      values += more
      elements = .short(values)
    case (.int(var values), .int(let more)):
      values += more
      elements = .int(values)
    case (.long(var values), .long(let more)):
      values += more
      elements = .long(values)
    case (.float(var values), .float(let more)):
      values += more
      elements = .float(values)
    case (.double(var values), .double(let more)):
      values += more
      elements = .double(values)
    case (.floatComplex(var values), .floatComplex(let more)):
      values += more
      elements = .floatComplex(values)
    case (.doubleComplex(var values), .doubleComplex(let more)):
      values += more
      elements = .doubleComplex(values)
    case (.text(var texts), .text(let more)):
      texts.append(more)
      elements = .text(texts)
    default: preconditionFailure("The buffers are of different columns.")
    }
  }
}

extension TextBuffer {
  fileprivate mutating func append(_ other: TextBuffer) {
    let before = bytes.count
    bytes += other.bytes
    ends.append(contentsOf: other.ends.lazy.map { $0 + before })
  }
}

extension Bitmap {
  fileprivate mutating func append(_ other: Bitmap) {
    for index in 0..<other.count { append(other[index]) }
  }

  fileprivate mutating func grow(to count: Int) {
    while self.count < count { append(false) }
  }
}
