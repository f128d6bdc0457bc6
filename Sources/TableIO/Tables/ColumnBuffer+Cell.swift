extension ColumnBuffer {
  /// Adds a cell that the column accepts; see ``Column/accepts(_:)``.
  mutating func append(_ cell: TableCell?) {
    guard let cell else { return appendNullCell() }
    guard case .array(let values) = cell else {
      elements.append(cell)
      return endCell()
    }
    for value in values {
      if let value {
        elements.append(value)
      } else {
        elements.appendFiller()
        markLastElementNull()
      }
    }
    endCell()
  }
}

extension ColumnBuffer.Elements {
  /// Adds an element that fits; the values are taken out meanwhile, so that they are not copied.
  fileprivate mutating func append(_ cell: TableCell) {
    let mine = self
    self = .bit([])
    switch consume mine {
    case .boolean(var values):
      values.append(cell == .boolean(true) ? 1 : 0)
      self = .boolean(values)
    case .bit(var values):
      values.append(UInt8(clamping: cell.integer))
      self = .bit(values)
    case .unsignedByte(var values):
      values.append(UInt8(clamping: cell.integer))
      self = .unsignedByte(values)
    case .short(var values):
      values.append(Int16(clamping: cell.integer))
      self = .short(values)
    case .int(var values):
      values.append(Int32(clamping: cell.integer))
      self = .int(values)
    case .long(var values):
      values.append(cell.integer)
      self = .long(values)
    case .float(var values):
      values.append(Float(cell.parts.real))
      self = .float(values)
    case .double(var values):
      values.append(cell.parts.real)
      self = .double(values)
    case .floatComplex(var values):
      values += [Float(cell.parts.real), Float(cell.parts.imaginary)]
      self = .floatComplex(values)
    case .doubleComplex(var values):
      values += [cell.parts.real, cell.parts.imaginary]
      self = .doubleComplex(values)
    case .text(var texts):
      texts.append(cell.text)
      self = .text(texts)
    }
  }
}

extension TableCell {
  fileprivate var integer: Int64 { if case .integer(let value) = self { value } else { 0 } }

  fileprivate var parts: (real: Double, imaginary: Double) {
    switch self {
    case .integer(let value): (Double(value), 0)
    case .float(let value): (Double(value), 0)
    case .double(let value): (value, 0)
    case .floatComplex(let real, let imaginary): (Double(real), Double(imaginary))
    case .doubleComplex(let real, let imaginary): (real, imaginary)
    default: (.nan, .nan)
    }
  }
}
