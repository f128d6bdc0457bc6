/// Turns the cells of TABLEDATA into values, column by column, so that each loop knows its type.
struct TextCellDecoder: CellDecoder {
  let plans: [ColumnPlan]
  /// What was odd in the last rows; no more than ``issueLimit``.
  private(set) var issues: [CellIssue] = []
  private var column = 0

  static let issueLimit = 100

  init(plans: [ColumnPlan]) { self.plans = plans }

  /// Adds rows to a batch.
  /// - Parameter except: columns whose cells the caller decodes.
  mutating func decode(
    _ grid: CellGrid, base: UnsafePointer<UInt8>, into batch: inout TableBatch, except others: [Int] = []
  ) {
    issues.removeAll(keepingCapacity: true)
    grid.cells.withUnsafeBufferPointer { cells in
      for (index, plan) in plans.enumerated() where !others.contains(index) {
        column = index
        let cells = CellColumn(base: base, cells: cells, index: index, stride: plans.count, rowCount: grid.rowCount)
        decode(cells, plan, into: &batch.columns[index])
      }
    }
    batch.rowCount += grid.rowCount
  }

  private mutating func report(_ text: UnsafeBufferPointer<UInt8>, _ what: StaticString, row: Int, offset: Int) {
    guard issues.count < Self.issueLimit else { return }
    let value = String(decoding: text.prefix(40), as: UTF8.self)
    issues.append(CellIssue(row: row, column: column, offset: offset, message: "'\(value)' \(what)"))
  }

  private mutating func report(_ what: String, row: Int, offset: Int) {
    guard issues.count < Self.issueLimit else { return }
    issues.append(CellIssue(row: row, column: column, offset: offset, message: what))
  }

  mutating func values<Codec: ElementCodec>(
    _: Codec.Type, _ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer
  ) {
    let null = Codec.null(plan)
    var marks = CellMarks(takingFrom: &buffer)
    Codec.withValues(of: &buffer) { values in
      for row in 0..<cells.rowCount {
        let cell = cells[row]
        let raw = UnsafeBufferPointer(start: cells.base + cell.offset, count: Int(cell.count))
        if cell.isMarked {
          var decoded: [UInt8] = []
          XMLCharacters.appendDecoded(raw, to: &decoded)
          decoded.withUnsafeBufferPointer {
            one(Codec.self, $0, row, cell.offset, plan, null, &values, &marks)
          }
        } else {
          one(Codec.self, raw, row, cell.offset, plan, null, &values, &marks)
        }
      }
      marks.finish(elementCount: values.count / Codec.valuesPerElement)
    }
    marks.put(into: &buffer)
  }

  @inline(__always)
  private mutating func one<Codec: ElementCodec>(
    _: Codec.Type, _ raw: UnsafeBufferPointer<UInt8>, _ row: Int, _ offset: Int, _ plan: ColumnPlan,
    _ null: Codec.Value?,
    _ values: inout [Codec.Value], _ marks: inout CellMarks
  ) {
    let text = NumberParsing.trimmed(raw)
    guard plan.isScalar, Codec.valuesPerElement == 1 else {
      array(Codec.self, text, row, offset, plan, null, &values, &marks)
      return
    }
    var result: Codec.Value?
    if !text.isEmpty {
      switch Codec.parse(text) {
      case .value(let value): result = value
      case .missing: break
      case .odd(let value, let what):
        result = value
        report(text, what, row: row, offset: offset)
      }
    }
    if let value = result {
      values.append(value)
      marks.endCell(elementCount: values.count, isNull: null == value)
    } else {
      values.append(null ?? Codec.filler)
      marks.endCell(elementCount: values.count, isNull: true)
    }
  }

  private mutating func array<Codec: ElementCodec>(
    _: Codec.Type, _ text: UnsafeBufferPointer<UInt8>, _ row: Int, _ offset: Int, _ plan: ColumnPlan,
    _ null: Codec.Value?, _ values: inout [Codec.Value], _ marks: inout CellMarks
  ) {
    let width = Codec.valuesPerElement
    let wanted = plan.isVariable ? Int.max : plan.elementCount * width
    let start = values.count
    var at = 0
    var found = 0
    while at < text.count {
      while at < text.count, NumberParsing.isSpace(text[at]) || text[at] == UInt8(ascii: ",") { at += 1 }
      let from = at
      while at < text.count, !NumberParsing.isSpace(text[at]), text[at] != UInt8(ascii: ",") { at += 1 }
      guard at > from else { break }
      found += 1
      if found > wanted { continue }
      let token = UnsafeBufferPointer(rebasing: text[from..<at])
      var result: Codec.Value?
      switch Codec.parse(token) {
      case .value(let value): result = value
      case .missing: break
      case .odd(let value, let what):
        result = value
        report(token, what, row: row, offset: offset)
      }
      if Codec.marksElements, result == nil || result == null { marks.markElement(values.count / width) }
      if !Codec.marksElements, result == null { result = nil }
      values.append(result ?? (Codec.marksElements ? null : nil) ?? Codec.filler)
    }
    if plan.isVariable {
      let step = max(1, plan.primitiveCount) * width
      if found % step != 0 { report("\(found) numbers are no multiple of \(step)", row: row, offset: offset) }
      if found % width != 0 { values.append(Codec.filler) }
    } else {
      if found > 0, found != wanted {
        report("\(found) numbers stand where \(wanted) belong", row: row, offset: offset)
      }
      while values.count - start < wanted {
        if Codec.marksElements, found > 0, (values.count - start) % width == 0 {
          marks.markElement(values.count / width)
        }
        values.append(Codec.filler)
      }
    }
    let isNull = found == 0 && (plan.isVariable || wanted > 0)
    marks.endCell(elementCount: values.count / width, isNull: isNull)
  }

  mutating func bits(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer) {
    guard case .bit(var values) = buffer.elements else { return }
    buffer.elements = .boolean([])
    for row in 0..<cells.rowCount {
      let cell = cells[row]
      let start = values.count
      var isOdd = false
      for byte in UnsafeBufferPointer(start: cells.base + cell.offset, count: Int(cell.count)) {
        switch byte {
        case UInt8(ascii: "0"), UInt8(ascii: "1"): values.append(byte & 1)
        case UInt8(ascii: ","): break
        default: if !NumberParsing.isSpace(byte) { isOdd = true }
        }
      }
      let found = values.count - start
      if !plan.isVariable {
        if found > plan.elementCount { values.removeLast(found - plan.elementCount) }
        while values.count - start < plan.elementCount { values.append(0) }
        if found > 0, found != plan.elementCount { isOdd = true }
      }
      if isOdd { report("the cell holds other than the bits that belong there", row: row, offset: cell.offset) }
      let isNull = found == 0 && (plan.isVariable || plan.elementCount > 0)
      buffer.cellEnds?.append(values.count)
      buffer.nullCells.append(isNull)
    }
    buffer.elements = .bit(values)
  }

  /// The number of characters, references counted as they are written.
  private static func characterCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  mutating func strings(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer) {
    guard case .text(var texts) = buffer.elements else { return }
    buffer.elements = .bit([])
    for row in 0..<cells.rowCount {
      let cell = cells[row]
      let raw = UnsafeBufferPointer(start: cells.base + cell.offset, count: Int(cell.count))
      guard let length = plan.stringLength else {
        // Characters are counted only when there are too many bytes.
        if raw.count > plan.textLimit, Self.characterCount(raw) > plan.textLimit {
          report("the text is longer than \(plan.textLimit) characters", row: row, offset: cell.offset)
        }
        if cell.isMarked {
          XMLCharacters.appendDecoded(raw, to: &texts.bytes)
          texts.endString()
        } else {
          texts.append(utf8: UnsafeRawBufferPointer(raw))
        }
        // A single character cannot be empty.
        buffer.nullCells.append(plan.isScalar && raw.isEmpty)
        continue
      }
      var whole: [UInt8] = []
      if cell.isMarked { XMLCharacters.appendDecoded(raw, to: &whole) } else { whole.append(contentsOf: raw) }
      let start = texts.count
      if !whole.isEmpty {
        FixedStrings.split(
          String(decoding: whole, as: UTF8.self), length: length,
          limit: plan.hasVariableElements ? .max : plan.elementCount, into: &texts)
      }
      if !plan.hasVariableElements { while texts.count - start < plan.elementCount { texts.endString() } }
      buffer.cellEnds?.append(texts.count)
      buffer.nullCells.append(whole.isEmpty)
    }
    buffer.elements = .text(texts)
  }
}

/// Arrays of strings: VOTable joins them, each filled up to the same length, counted in units of UTF-16 as in BINARY.
enum FixedStrings {
  /// Splits a text into strings of so many characters; blanks and NULs at the end of each are filling.
  static func split(_ text: String, length: Int, limit: Int, into texts: inout TextBuffer) {
    guard length > 0 else { return }
    var scalars = text.unicodeScalars[...]
    var count = 0
    while !scalars.isEmpty, count < limit {
      var units = 0
      var piece = scalars.prefix {
        units += UTF16.width($0)
        return units <= length
      }
      // A character that is wider than the string stands alone.
      if piece.isEmpty { piece = scalars.prefix(1) }
      scalars = scalars[piece.endIndex...]
      if let end = piece.firstIndex(of: "\0") { piece = piece[..<end] }
      while piece.last == " " { piece.removeLast() }
      texts.append(Substring(piece))
      count += 1
    }
  }
}
