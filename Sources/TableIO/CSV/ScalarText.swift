/// The texts of a column, one after the other.
protocol TextColumn {
  var count: Int { get }
  /// A text; `nil` where it is missing.
  func text(at index: Int) -> UnsafeBufferPointer<UInt8>?
}

/// One text.
struct SingleText: TextColumn {
  let text: UnsafeBufferPointer<UInt8>
  var count: Int { 1 }
  func text(at index: Int) -> UnsafeBufferPointer<UInt8>? { text }
}

/// Turns texts into single values of a column's type.
enum ScalarText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Appends the values of texts.
  /// - Returns: the index of the first text that does not fit.
  static func append(_ column: some TextColumn, to elements: inout ColumnBuffer.Elements) -> Int? {
    let misfit: Int?
    switch elements {
    case .boolean(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: 0) { CellType.boolean($0).map { $0 ? 1 : 0 } }
      elements = .boolean(values)
    case .bit(var values):
      elements = .boolean([])
      misfit = append(column, &values, missing: 0) { NumberText.long($0).flatMap { 0...1 ~= $0 ? UInt8($0) : nil } }
      elements = .bit(values)
    case .unsignedByte(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: 0) { NumberText.long($0).flatMap(UInt8.init(exactly:)) }
      elements = .unsignedByte(values)
    case .short(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: 0) { NumberText.long($0).flatMap(Int16.init(exactly:)) }
      elements = .short(values)
    case .int(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: 0) { NumberText.long($0).flatMap(Int32.init(exactly:)) }
      elements = .int(values)
    case .long(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: 0) { NumberText.long($0) }
      elements = .long(values)
    case .float(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: .nan) { NumberParsing.float($0) }
      elements = .float(values)
    case .double(var values):
      elements = .bit([])
      misfit = append(column, &values, missing: .nan) { NumberParsing.double($0) }
      elements = .double(values)
    case .floatComplex(var values):
      elements = .bit([])
      misfit = appendPairs(column, &values)
      elements = .floatComplex(values)
    case .doubleComplex(var values):
      elements = .bit([])
      misfit = appendPairs(column, &values)
      elements = .doubleComplex(values)
    case .text(var texts):
      elements = .bit([])
      for index in 0..<column.count {
        if let text = column.text(at: index) { texts.bytes.append(contentsOf: text) }
        texts.endString()
      }
      misfit = nil
      elements = .text(texts)
    }
    return misfit
  }

  private static func append<T>(
    _ column: some TextColumn, _ values: inout [T], missing: T, _ parse: (Bytes) -> T?
  ) -> Int? {
    for index in 0..<column.count {
      guard let text = column.text(at: index) else {
        values.append(missing)
        continue
      }
      guard let value = parse(text) else { return index }
      values.append(value)
    }
    return nil
  }

  private static func appendPairs<T: BinaryFloatingPoint>(_ column: some TextColumn, _ values: inout [T]) -> Int? {
    for index in 0..<column.count {
      let text = column.text(at: index)
      guard let pair = text.map(complex) ?? (.nan, .nan) else { return index }
      values.append(T(pair.0))
      values.append(T(pair.1))
    }
    return nil
  }

  /// Reads a complex number as Python prints it, `(1+2j)`, or as two numbers.
  static func complex(_ text: Bytes) -> (Double, Double)? {
    let words = text.split(separator: UInt8(ascii: " "))
    if words.count == 2 {
      guard let real = NumberParsing.double(Bytes(rebasing: words[0])),
        let imaginary = NumberParsing.double(Bytes(rebasing: words[1]))
      else { return nil }
      return (real, imaginary)
    }
    var body = text[...]
    if body.first == UInt8(ascii: "("), body.last == UInt8(ascii: ")") { body = body.dropFirst().dropLast() }
    guard body.last == UInt8(ascii: "j") else { return NumberParsing.double(Bytes(rebasing: body)).map { ($0, 0) } }
    body = body.dropLast()
    // The sign of the imaginary part is the last one that belongs to no exponent.
    let sign = body.indices.last { index in
      index > body.startIndex && (body[index] == UInt8(ascii: "+") || body[index] == UInt8(ascii: "-"))
        && body[index - 1] | 0x20 != UInt8(ascii: "e")
    }
    guard let sign else { return NumberParsing.double(Bytes(rebasing: body)).map { (0, $0) } }
    guard let real = NumberParsing.double(Bytes(rebasing: body[..<sign])),
      let imaginary = NumberParsing.double(Bytes(rebasing: body[sign...]))
    else { return nil }
    return (real, imaginary)
  }
}
