/// Turns the columns of a batch into bytes to put aside, column after column:
///
/// 1. for cells of open length, the number of elements in each (32 bits);
/// 2. for strings, the length of each (32 bits), then their bytes;
/// 3. for all else, a byte that tells whether elements are missing, the elements as FITS stores them, and, if so, a byte for each
///    that is 1 where it is missing. Bits take a byte each.
struct FITSBatchEncoder {
  private(set) var bytes: [UInt8] = []
  private let rowCount: Int

  init(rowCount: Int) { self.rowCount = rowCount }

  mutating func append(
    _ buffer: ColumnBuffer, column: Column, census: inout FITSColumnCensus
  ) throws(TableIOError) {
    let isVariable = column.elementShape.isVariable
    guard buffer.count == rowCount, isVariable == (buffer.cellEnds != nil),
      isVariable || buffer.elementCount == rowCount * buffer.elementsPerCell
    else {
      throw TableIOError(.malformed, "Column \"\(column.name)\" of the batch does not fit the table's columns.")
    }
    if isVariable {
      for row in 0..<rowCount {
        let count = buffer.elementRange(at: row).count
        census.largestCount = max(census.largestCount, count)
        append(UInt32(truncatingIfNeeded: count))
      }
    }
    if !column.datatype.isText { census.total += buffer.elementCount }
    switch buffer.elements {
    case .text(let texts): append(texts, buffer, &census)
    case .boolean(let values):
      let nulls = nullFlags(buffer, &census)
      append(elements: values.map { $0 == 0 ? UInt8(ascii: "F") : UInt8(ascii: "T") }, nulls)
    case .bit(let values): append(elements: values, nullFlags(buffer, &census))
    case .unsignedByte(let values):
      if census.usedBytes.isEmpty { census.usedBytes = Array(repeating: false, count: 256) }
      for element in values.indices where !buffer.isNullElement(element) {
        // A cell of fixed shape is missing with all its elements.
        if buffer.cellEnds == nil, buffer.isNull(at: element / max(1, buffer.elementsPerCell)) { continue }
        census.usedBytes[Int(values[element])] = true
      }
      append(integers: values, buffer, column, &census)
    case .short(let values): append(integers: values, buffer, column, &census)
    case .int(let values): append(integers: values, buffer, column, &census)
    case .long(let values): append(integers: values, buffer, column, &census)
    case .float(let values):
      append(words: values.map(\.bitPattern), missing: Float.nan.bitPattern, buffer, perElement: 1)
    case .double(let values):
      append(words: values.map(\.bitPattern), missing: Double.nan.bitPattern, buffer, perElement: 1)
    case .floatComplex(let values):
      append(words: values.map(\.bitPattern), missing: Float.nan.bitPattern, buffer, perElement: 2)
    case .doubleComplex(let values):
      append(words: values.map(\.bitPattern), missing: Double.nan.bitPattern, buffer, perElement: 2)
    }
  }

  private mutating func append(_ texts: TextBuffer, _ buffer: ColumnBuffer, _ census: inout FITSColumnCensus) {
    var isMissing = [Bool](repeating: false, count: texts.count)
    if buffer.nullCells.containsTrue {
      for row in 0..<rowCount where buffer.isNull(at: row) {
        for element in buffer.elementRange(at: row) { isMissing[element] = true }
      }
    }
    if buffer.nullElements.containsTrue {
      for element in 0..<texts.count where buffer.isNullElement(element) { isMissing[element] = true }
    }
    var content: [UInt8] = []
    content.reserveCapacity(texts.bytes.count + texts.count)
    for element in 0..<texts.count {
      let range = texts.range(at: element)
      var length = 0
      if !isMissing[element] {
        if range.isEmpty { content.append(UInt8(ascii: " ")) } else { content.append(contentsOf: texts.bytes[range]) }
        length = max(1, range.count)
      }
      census.longestString = max(census.longestString, length)
      append(UInt32(truncatingIfNeeded: length))
    }
    census.total += content.count
    bytes.append(contentsOf: content)
  }

  private mutating func append<T: FixedWidthInteger>(
    integers values: [T], _ buffer: ColumnBuffer, _ column: Column, _ census: inout FITSColumnCensus
  ) {
    let nulls = nullFlags(buffer, &census)
    var low = T.max
    var high = T.min
    let literal = column.nullLiteral.flatMap(T.init(exactly:))
    if let nulls {
      for (value, isMissing) in zip(values, nulls) where isMissing == 0 {
        low = min(low, value)
        high = max(high, value)
        if value == literal { census.nullLiteralOccurs = true }
      }
    } else {
      for value in values {
        low = min(low, value)
        high = max(high, value)
      }
      if let literal, values.contains(literal) { census.nullLiteralOccurs = true }
    }
    if low <= high {
      census.minimum = min(census.minimum, Int64(low))
      census.maximum = max(census.maximum, Int64(high))
    }
    append(elements: values.map(\.bigEndian), nulls)
  }

  private mutating func append<T: FixedWidthInteger>(
    words: [T], missing: T, _ buffer: ColumnBuffer, perElement: Int
  ) {
    var words = words
    if buffer.nullCells.containsTrue {
      for row in 0..<rowCount where buffer.isNull(at: row) {
        let range = buffer.elementRange(at: row)
        for word in range.lowerBound * perElement..<range.upperBound * perElement { words[word] = missing }
      }
    }
    for index in words.indices { words[index] = words[index].bigEndian }
    append(elements: words, nil)
  }

  private mutating func append<T>(elements: [T], _ nulls: [UInt8]?) {
    bytes.append(nulls == nil ? 0 : 1)
    elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    if let nulls { bytes.append(contentsOf: nulls) }
  }

  private mutating func append(_ word: UInt32) {
    withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
  }

  /// A byte for each element, 1 where it is missing; `nil` when none is.
  private func nullFlags(_ buffer: ColumnBuffer, _ census: inout FITSColumnCensus) -> [UInt8]? {
    guard buffer.nullCells.containsTrue || buffer.nullElements.containsTrue else { return nil }
    census.hasNulls = true
    var flags = [UInt8](repeating: 0, count: buffer.elementCount)
    for row in 0..<rowCount where buffer.isNull(at: row) {
      for element in buffer.elementRange(at: row) { flags[element] = 1 }
    }
    for element in flags.indices where buffer.isNullElement(element) { flags[element] = 1 }
    return flags
  }
}

/// A batch that was put aside.
struct FITSEncodedBatch {
  let rowCount: Int
  let bytes: UnsafeRawBufferPointer
}
