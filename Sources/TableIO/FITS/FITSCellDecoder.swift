/// Cells of one column in memory.
protocol FITSCells {
  var count: Int { get }
  /// The first byte of a cell, and its number of elements.
  func cell(_ row: Int) -> (start: UnsafeRawPointer, elementCount: Int)
}

/// Cells at equal distances, in the rows.
struct FITSRowCells: FITSCells {
  let base: UnsafeRawPointer
  let stride: Int
  let elementCount: Int
  let count: Int

  func cell(_ row: Int) -> (start: UnsafeRawPointer, elementCount: Int) { (base + row * stride, elementCount) }
}

/// Cells that were fetched from the heap, one behind the other.
struct FITSHeapCells: FITSCells {
  let base: UnsafeRawPointer
  let cells: [(offset: Int, elementCount: Int)]
  var count: Int { cells.count }

  func cell(_ row: Int) -> (start: UnsafeRawPointer, elementCount: Int) {
    (base + cells[row].offset, cells[row].elementCount)
  }
}

/// Turns stored cells into a column's values.
struct FITSCellDecoder {
  let stored: FITSStoredColumn
  /// Whether a single NaN is a missing value.
  let nanIsNull: Bool
  /// Row of the first cell, from 0, for messages.
  let firstRow: Int

  func decode(_ cells: some FITSCells, into buffer: inout ColumnBuffer) throws(TableIOError) {
    switch stored.form.letter {
    case UInt8(ascii: "A"): decodeText(cells, into: &buffer)
    case UInt8(ascii: "L"): decodeBooleans(cells, into: &buffer)
    case UInt8(ascii: "X"): decodeBits(cells, into: &buffer)
    case UInt8(ascii: "B"): try decodeIntegers(UInt8.self, cells, into: &buffer)
    case UInt8(ascii: "I"): try decodeIntegers(Int16.self, cells, into: &buffer)
    case UInt8(ascii: "J"): try decodeIntegers(Int32.self, cells, into: &buffer)
    case UInt8(ascii: "K"): try decodeIntegers(Int64.self, cells, into: &buffer)
    case UInt8(ascii: "E"), UInt8(ascii: "C"): decodeFloats(cells, into: &buffer)
    default: decodeDoubles(cells, into: &buffer)
    }
  }

  private func decodeText(_ cells: some FITSCells, into buffer: inout ColumnBuffer) {
    guard case .text(var texts) = buffer.elements else { return }
    buffer.elements = .bit([])
    let isSingle = stored.column.elementShape.isScalar
    var missing: [Int] = []
    for row in 0..<cells.count {
      let (start, length) = cells.cell(row)
      let bytes = UnsafeRawBufferPointer(start: start, count: length)
      let width = isSingle ? length : stored.stringWidth
      var isNull = false
      for index in 0..<(isSingle ? 1 : buffer.elementsPerCell) {
        let place = min(index * width, length)
        let limit = min(place + width, length)
        var end = place
        while end < limit, bytes[end] != 0 { end += 1 }
        isNull = end == place
        while end > place, bytes[end - 1] == 0x20 { end -= 1 }
        if isNull, !isSingle { missing.append(texts.count) }
        texts.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[place..<end]))
        texts.endString()
      }
      buffer.nullCells.append(isNull && isSingle)
    }
    buffer.elements = .text(texts)
    guard !missing.isEmpty else { return }
    buffer.nullElements = Bitmap(count: texts.count)
    for element in missing { buffer.nullElements[element] = true }
  }

  private func decodeBooleans(_ cells: some FITSCells, into buffer: inout ColumnBuffer) {
    guard case .boolean(var values) = buffer.elements else { return }
    buffer.elements = .bit([])
    var nulls = NullNotes(buffer)
    for row in 0..<cells.count {
      let (start, count) = cells.cell(row)
      for index in 0..<count {
        let byte = start.load(fromByteOffset: index, as: UInt8.self)
        values.append(byte == UInt8(ascii: "T") ? 1 : 0)
        if byte != UInt8(ascii: "T"), byte != UInt8(ascii: "F") { nulls.note(element: values.count - 1, row: row) }
      }
      nulls.endCell(values.count)
    }
    buffer.elements = .boolean(values)
    nulls.give(to: &buffer, elementCount: values.count)
  }

  private func decodeBits(_ cells: some FITSCells, into buffer: inout ColumnBuffer) {
    guard case .bit(var values) = buffer.elements else { return }
    buffer.elements = .boolean([])
    var nulls = NullNotes(buffer)
    for row in 0..<cells.count {
      let (start, count) = cells.cell(row)
      for index in 0..<count {
        let byte = start.load(fromByteOffset: index >> 3, as: UInt8.self)
        values.append(byte >> UInt8(7 - index & 7) & 1)
      }
      nulls.endCell(values.count)
    }
    buffer.elements = .bit(values)
    nulls.give(to: &buffer, elementCount: values.count)
  }

  private func decodeFloats(_ cells: some FITSCells, into buffer: inout ColumnBuffer) {
    let perElement = stored.form.letter == UInt8(ascii: "C") ? 2 : 1
    var nulls = NullNotes(buffer)
    let isScalar = nanIsNull && stored.column.shape.isScalar
    if case .double(var values) = buffer.elements, case .linear(let scale, let zero) = stored.scaling {
      buffer.elements = .bit([])
      gather(UInt32.self, cells, perElement, &nulls, isScalar, &values) { Double(Float(bitPattern: $0)) * scale + zero }
      buffer.elements = .double(values)
    } else if case .floatComplex(var values) = buffer.elements {
      buffer.elements = .bit([])
      gather(UInt32.self, cells, 2, &nulls, isScalar, &values) { Float(bitPattern: $0) }
      buffer.elements = .floatComplex(values)
    } else if case .float(var values) = buffer.elements {
      buffer.elements = .bit([])
      gather(UInt32.self, cells, 1, &nulls, isScalar, &values) { Float(bitPattern: $0) }
      buffer.elements = .float(values)
    }
    nulls.give(to: &buffer, elementCount: buffer.elementCount)
  }

  private func decodeDoubles(_ cells: some FITSCells, into buffer: inout ColumnBuffer) {
    var nulls = NullNotes(buffer)
    let isScalar = nanIsNull && stored.column.shape.isScalar
    if case .doubleComplex(var values) = buffer.elements {
      buffer.elements = .bit([])
      gather(UInt64.self, cells, 2, &nulls, isScalar, &values) { Double(bitPattern: $0) }
      buffer.elements = .doubleComplex(values)
    } else if case .double(var values) = buffer.elements {
      buffer.elements = .bit([])
      if case .linear(let scale, let zero) = stored.scaling {
        gather(UInt64.self, cells, 1, &nulls, isScalar, &values) { Double(bitPattern: $0) * scale + zero }
      } else {
        gather(UInt64.self, cells, 1, &nulls, isScalar, &values) { Double(bitPattern: $0) }
      }
      buffer.elements = .double(values)
    }
    nulls.give(to: &buffer, elementCount: buffer.elementCount)
  }

  /// Appends the words of all cells as numbers; a cell of a scalar column that is not a number is missing.
  private func gather<Word: FixedWidthInteger, Value: BinaryFloatingPoint>(
    _: Word.Type, _ cells: some FITSCells, _ perElement: Int, _ nulls: inout NullNotes, _ notesNaN: Bool,
    _ values: inout [Value], _ convert: (Word) -> Value
  ) {
    for row in 0..<cells.count {
      let (start, count) = cells.cell(row)
      var hasNumber = false
      for index in 0..<count * perElement {
        let word = start.loadUnaligned(fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self)
        let value = convert(Word(bigEndian: word))
        if !value.isNaN { hasNumber = true }
        values.append(value)
      }
      if notesNaN, !hasNumber { nulls.noteCell(row) }
      nulls.endCell(values.count / perElement)
    }
  }

  private func decodeIntegers<Word: FixedWidthInteger>(
    _: Word.Type, _ cells: some FITSCells, into buffer: inout ColumnBuffer
  ) throws(TableIOError) {
    var nulls = NullNotes(buffer)
    let null = stored.null.flatMap(Word.init(exactly:))
    var beyond: Int?
    func gather<Value>(_ values: inout [Value], _ convert: (Word) -> Value?) {
      for row in 0..<cells.count {
        let (start, count) = cells.cell(row)
        for index in 0..<count {
          let word = Word(
            bigEndian: start.loadUnaligned(fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self))
          if word == null {
            nulls.note(element: values.count, row: row)
            values.append(convert(0) ?? convert(Word.min)!)
          } else if let value = convert(word) {
            values.append(value)
          } else {
            beyond = beyond ?? row
            return
          }
        }
        nulls.endCell(values.count)
      }
    }
    let offset: Int64 = if case .offset(let offset) = stored.scaling { offset } else { 0 }
    switch buffer.elements {
    case .unsignedByte(var values):
      buffer.elements = .bit([])
      gather(&values) { UInt8(truncatingIfNeeded: $0) }
      buffer.elements = .unsignedByte(values)
    case .short(var values):
      buffer.elements = .bit([])
      gather(&values) { Int16(truncatingIfNeeded: Int64($0) + offset) }
      buffer.elements = .short(values)
    case .int(var values):
      buffer.elements = .bit([])
      gather(&values) { Int32(truncatingIfNeeded: Int64($0) + offset) }
      buffer.elements = .int(values)
    case .long(var values):
      buffer.elements = .bit([])
      if stored.scaling == .unsignedLong {
        // Stored numbers count from 2⁶³; what is not below it does not fit a signed number.
        gather(&values) { $0 < 0 ? Int64($0) &- Int64.min : nil }
      } else {
        gather(&values) { Int64($0) &+ offset }
      }
      buffer.elements = .long(values)
    case .double(var values):
      buffer.elements = .bit([])
      if case .linear(let scale, let zero) = stored.scaling { gather(&values) { Double($0) * scale + zero } }
      buffer.elements = .double(values)
    default: return
    }
    if let beyond {
      throw TableIOError(
        .unsupported,
        "Column \"\(stored.column.name)\" has an unsigned number beyond 2⁶³, which no type of a table holds.",
        row: firstRow + beyond + 1)
    }
    nulls.give(to: &buffer, elementCount: buffer.elementCount)
  }
}
