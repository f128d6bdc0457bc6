extension ColumnBuffer {
  /// Whether the elements are strings.
  var isText: Bool { if case .text = elements { true } else { false } }

  /// Whether the elements are complex numbers.
  var isComplex: Bool {
    switch elements {
    case .floatComplex, .doubleComplex: true
    default: false
    }
  }

  /// Appends a missing cell.
  mutating func appendNullCell() {
    if cellEnds == nil { appendFillers(elementsPerCell) }
    endCell(isNull: true)
  }

  /// Appends elements of no meaning.
  mutating func appendFillers(_ count: Int) {
    for _ in 0..<count { elements.appendFiller() }
  }
}

extension ColumnBuffer.Elements {
  /// Appends an element of no meaning: zero, an empty string, or not a number.
  mutating func appendFiller() {
    switch self {
    case .boolean(var values):
      self = .bit([])
      values.append(0)
      self = .boolean(values)
    case .bit(var values):
      self = .boolean([])
      values.append(0)
      self = .bit(values)
    case .unsignedByte(var values):
      self = .bit([])
      values.append(0)
      self = .unsignedByte(values)
    case .short(var values):
      self = .bit([])
      values.append(0)
      self = .short(values)
    case .int(var values):
      self = .bit([])
      values.append(0)
      self = .int(values)
    case .long(var values):
      self = .bit([])
      values.append(0)
      self = .long(values)
    case .float(var values):
      self = .bit([])
      values.append(.nan)
      self = .float(values)
    case .double(var values):
      self = .bit([])
      values.append(.nan)
      self = .double(values)
    case .floatComplex(var values):
      self = .bit([])
      values.append(contentsOf: [.nan, .nan])
      self = .floatComplex(values)
    case .doubleComplex(var values):
      self = .bit([])
      values.append(contentsOf: [.nan, .nan])
      self = .doubleComplex(values)
    case .text(var texts):
      self = .bit([])
      texts.endString()
      self = .text(texts)
    }
  }
}
