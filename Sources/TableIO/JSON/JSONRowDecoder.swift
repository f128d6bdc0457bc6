/// Turns JSON rows, arrays or objects, into the cells of a batch.
struct JSONRowDecoder {
  /// What to make of a name that no column has.
  enum UnknownNames {
    case warn, fail
  }

  let columns: [Column]
  private let unknownNames: UnknownNames
  private let names: [[UInt8]]
  private let indices: [String: Int]
  private var isFilled: [Bool]
  /// What was odd, once a name.
  private(set) var diagnostics: [Diagnostic] = []
  private var toldNames: Set<String> = []

  init(columns: [Column], unknownNames: UnknownNames) {
    self.columns = columns
    self.unknownNames = unknownNames
    names = columns.map { Array($0.name.utf8) }
    indices = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    isFilled = Array(repeating: false, count: columns.count)
  }

  /// Appends a row.
  mutating func decode(
    _ row: UnsafeBufferPointer<UInt8>, into batch: inout TableBatch, line: Int, rowNumber: Int
  ) throws(TableIOError) {
    var scanner = JSONScanner(row)
    let place = Place(line: line, row: rowNumber)
    switch scanner.next() {
    case .beginArray: try decodeArray(&scanner, &batch, place)
    case .beginObject: try decodeObject(&scanner, &batch, place)
    default: throw place.error("A row must be an array or an object.")
    }
    guard scanner.next() == .end else { throw place.error("The row is no valid JSON.") }
    batch.rowCount += 1
  }

  private struct Place {
    let line: Int
    let row: Int

    func error(_ message: String) -> TableIOError { TableIOError(.malformed, message, line: line, row: row) }
  }

  private func decodeArray(
    _ scanner: inout JSONScanner, _ batch: inout TableBatch, _ place: Place
  ) throws(TableIOError) {
    for index in columns.indices {
      if index > 0 {
        guard scanner.next() == .comma else {
          throw place.error("The row has \(index) values where the table has \(columns.count) columns.")
        }
      }
      try take(scanner.next(), &scanner, index, &batch, place)
    }
    guard scanner.next() == .endArray else {
      throw place.error("The row has more values than the table's \(columns.count) columns, or is no valid JSON.")
    }
  }

  private mutating func decodeObject(
    _ scanner: inout JSONScanner, _ batch: inout TableBatch, _ place: Place
  ) throws(TableIOError) {
    for index in isFilled.indices { isFilled[index] = false }
    var token = scanner.next()
    var expected = 0
    while token != .endObject {
      guard case .string(let range, let hasEscapes) = token, scanner.next() == .colon else {
        throw place.error("The row is no valid JSON.")
      }
      let index: Int?
      if expected < names.count, !hasEscapes, scanner.bytes[range].elementsEqual(names[expected]) {
        index = expected
      } else {
        index = try self.index(ofName: scanner, range, hasEscapes, place)
      }
      if let index, !isFilled[index] {
        try take(scanner.next(), &scanner, index, &batch, place)
        isFilled[index] = true
        expected = index + 1
      } else {
        guard JSONCell.skipValue(&scanner) else { throw place.error("The row is no valid JSON.") }
      }
      token = scanner.next()
      if token == .comma {
        token = scanner.next()
      } else if token != .endObject {
        throw place.error("The row is no valid JSON.")
      }
    }
    for index in columns.indices where !isFilled[index] { batch.columns[index].appendNullCell() }
  }

  private mutating func index(
    ofName scanner: JSONScanner, _ range: Range<Int>, _ hasEscapes: Bool, _ place: Place
  ) throws(TableIOError) -> Int? {
    let name = JSONCell.string(scanner, range, hasEscapes: hasEscapes) ?? ""
    if let index = indices[name] { return index }
    let message = "The name \"\(name)\" belongs to no column"
    guard unknownNames == .warn else {
      throw place.error(message + " that the first rows have. Have more rows looked at first.")
    }
    if toldNames.count < 100, toldNames.insert(name).inserted {
      diagnostics.append(Diagnostic(.warning, message + " and is passed over.", line: place.line))
    }
    return nil
  }

  private func take(
    _ token: JSONScanner.Token, _ scanner: inout JSONScanner, _ index: Int, _ batch: inout TableBatch, _ place: Place
  ) throws(TableIOError) {
    let start = scanner.index
    let column = columns[index]
    guard JSONCell.append(token, &scanner, shape: column.elementShape, to: &batch.columns[index]) else {
      let from = max(0, min(start, scanner.bytes.count) - 20)
      let shown = String(decoding: scanner.bytes[from..<min(scanner.bytes.count, start + 20)], as: UTF8.self)
      throw place.error(
        "A value near \(shown) does not fit column \"\(column.name)\" of type \(column.datatype.rawValue).")
    }
  }
}
