/// Turns JSON values into cells, leniently: services declare one type and send another.
///
/// A number fits a text column (as it is spelled), a text that spells a number fits a column of numbers, 0 and 1 are truth values, and
/// an empty text is a missing value wherever it is no text.
enum JSONCell {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Appends a whole JSON text as one cell.
  /// - Returns: `false` when it is no JSON or does not fit the column.
  static func append(_ text: Bytes, shape: ArrayShape, to buffer: inout ColumnBuffer) -> Bool {
    var scanner = JSONScanner(text)
    return append(scanner.next(), &scanner, shape: shape, to: &buffer) && scanner.next() == .end
  }

  /// Appends the value that begins with a token as one cell.
  static func append(
    _ token: JSONScanner.Token, _ scanner: inout JSONScanner, shape: ArrayShape, to buffer: inout ColumnBuffer
  ) -> Bool {
    if token == .null || isEmptyText(token) && !buffer.isText {
      buffer.appendNullCell()
      return true
    }
    if shape.isScalar {
      if case .text(var texts) = buffer.elements, token == .beginArray || token == .beginObject {
        // A structure in a text column stays JSON.
        guard let range = skipStructure(&scanner) else { return false }
        buffer.elements = .bit([])
        texts.bytes.append(contentsOf: scanner.bytes[range])
        texts.endString()
        buffer.elements = .text(texts)
      } else {
        guard appendElement(token, &scanner, to: &buffer.elements) else { return false }
      }
      buffer.endCell()
      return true
    }
    guard token == .beginArray, let count = appendArray(&scanner, to: &buffer) else { return false }
    buffer.endCell()
    let step = shape.fixedCount
    return shape.isVariable ? step > 0 && count % step == 0 : count == step
  }

  /// A string without its escapes.
  static func string(_ scanner: JSONScanner, _ range: Range<Int>, hasEscapes: Bool) -> String? {
    guard hasEscapes else { return String(decoding: scanner.bytes[range], as: UTF8.self) }
    return (try? JSONValue(parsing: Array(scanner.bytes[range.lowerBound - 1...range.upperBound])))?.stringValue
  }

  private static func isEmptyText(_ token: JSONScanner.Token) -> Bool {
    if case .string(let range, _) = token { range.isEmpty } else { false }
  }

  /// Appends the elements of an array and of the arrays in it, and returns how many there were.
  private static func appendArray(_ scanner: inout JSONScanner, to buffer: inout ColumnBuffer) -> Int? {
    var depth = 1
    var count = 0
    while depth > 0 {
      let token = scanner.next()
      switch token {
      case .beginArray where buffer.isComplex && beginsWithScalar(scanner):
        guard appendPair(&scanner, to: &buffer.elements) else { return nil }
        count += 1
      case .beginArray: depth += 1
      case .endArray: depth -= 1
      case .comma: break
      case .null:
        buffer.elements.appendFiller()
        count += 1
        switch buffer.elements {
        case .float, .double, .floatComplex, .doubleComplex: break
        default: buffer.markLastElementNull()
        }
      default:
        guard appendElement(token, &scanner, to: &buffer.elements) else { return nil }
        count += 1
      }
    }
    return count
  }

  /// Whether the next value is no list: a list of such is a complex number, not an array of them.
  private static func beginsWithScalar(_ scanner: JSONScanner) -> Bool {
    var ahead = scanner
    switch ahead.next() {
    case .number, .string: return true
    default: return false
    }
  }

  /// Appends a complex number, a list of two, whose first bracket has been taken.
  private static func appendPair(_ scanner: inout JSONScanner, to elements: inout ColumnBuffer.Elements) -> Bool {
    guard let real = number(scanner.next(), scanner), scanner.next() == .comma,
      let imaginary = number(scanner.next(), scanner), scanner.next() == .endArray
    else { return false }
    switch elements {
    case .floatComplex(var values):
      guard let real = NumberParsing.float(real), let imaginary = NumberParsing.float(imaginary) else { return false }
      elements = .bit([])
      values += [real, imaginary]
      elements = .floatComplex(values)
    case .doubleComplex(var values):
      guard let real = NumberParsing.double(real), let imaginary = NumberParsing.double(imaginary) else { return false }
      elements = .bit([])
      values += [real, imaginary]
      elements = .doubleComplex(values)
    default: return false
    }
    return true
  }

  /// The text of a number, one without digits in quotes among them.
  private static func number(_ token: JSONScanner.Token, _ scanner: JSONScanner) -> Bytes? {
    switch token {
    case .number(let range), .string(let range, hasEscapes: false): scanner.slice(range)
    default: nil
    }
  }

  /// Passes over a value.
  /// - Returns: whether it is one.
  static func skipValue(_ scanner: inout JSONScanner) -> Bool {
    switch scanner.next() {
    case .beginArray, .beginObject: skipStructure(&scanner) != nil
    case .string, .number, .true_, .false_, .null: true
    default: false
    }
  }

  /// Passes over the array or object whose first bracket has been taken.
  static func skipStructure(_ scanner: inout JSONScanner) -> Range<Int>? {
    let start = scanner.index - 1
    var depth = 1
    while depth > 0 {
      switch scanner.next() {
      case .beginArray, .beginObject: depth += 1
      case .endArray, .endObject: depth -= 1
      case .end, .invalid: return nil
      default: break
      }
    }
    return start..<scanner.index
  }

  private static func appendElement(
    _ token: JSONScanner.Token, _ scanner: inout JSONScanner, to elements: inout ColumnBuffer.Elements
  ) -> Bool {
    if case .text(var texts) = elements {
      elements = .bit([])
      defer { elements = .text(texts) }
      return appendText(token, scanner, to: &texts)
    }
    switch token {
    case .number(let range): return appendNumber(scanner.slice(range), to: &elements)
    case .beginArray: return appendPair(&scanner, to: &elements)
    case .string(let range, hasEscapes: false): return appendScalar(scanner.slice(range), to: &elements)
    case .true_, .false_:
      let bit: UInt8 = token == .true_ ? 1 : 0
      switch elements {
      case .boolean(var values):
        elements = .bit([])
        values.append(bit)
        elements = .boolean(values)
        return true
      case .bit(var values):
        elements = .boolean([])
        values.append(bit)
        elements = .bit(values)
        return true
      default: return false
      }
    default: return false
    }
  }

  private static func appendText(
    _ token: JSONScanner.Token, _ scanner: JSONScanner, to texts: inout TextBuffer
  ) -> Bool {
    switch token {
    case .string(let range, hasEscapes: false): texts.bytes.append(contentsOf: scanner.bytes[range])
    case .string(let range, hasEscapes: true):
      guard let text = string(scanner, range, hasEscapes: true) else { return false }
      texts.bytes.append(contentsOf: text.utf8)
    case .number(let range): texts.bytes.append(contentsOf: scanner.bytes[range])
    case .true_: texts.bytes.append(contentsOf: "true".utf8)
    case .false_: texts.bytes.append(contentsOf: "false".utf8)
    default: return false
    }
    texts.endString()
    return true
  }

  private static func appendNumber(_ text: Bytes, to elements: inout ColumnBuffer.Elements) -> Bool {
    switch elements {
    case .boolean(var values):
      guard text.count == 1, text[0] == 0x30 || text[0] == 0x31 else { return false }
      elements = .bit([])
      values.append(text[0] - 0x30)
      elements = .boolean(values)
      return true
    case .unsignedByte, .short, .int, .long:
      if appendScalar(text, to: &elements) { return true }
      // 3.0 and 1e3 are whole, too.
      guard let value = NumberParsing.double(text), value.magnitude < 0x1p53, let whole = Int64(exactly: value) else {
        return false
      }
      return Array(whole.description.utf8).withUnsafeBufferPointer { appendScalar($0, to: &elements) }
    default: return appendScalar(text, to: &elements)
    }
  }

  private static func appendScalar(_ text: Bytes, to elements: inout ColumnBuffer.Elements) -> Bool {
    ScalarText.append(SingleText(text: text), to: &elements) == nil
  }
}
