extension JSONValue {
  /// Reads a JSON document in UTF-8.
  /// - Parameter bytes: the whole document; a byte-order mark and white space around it are allowed.
  /// - Throws: ``JSONError`` with the place of the first fault.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var result: Result<JSONValue, JSONError> = .success(.null)
    bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(bytes: buffer)
      do throws(JSONError) { result = .success(try parser.document()) } catch { result = .failure(error) }
    }
    self = try result.get()
  }

  /// Reads a JSON document.
  public init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}

/// A recursive-descent reader over bytes, with a bound on nesting.
///
/// Archive answers are long arrays of objects with the same names in the same order, so each object's names are first
/// compared with those of the object before it and their strings shared.
struct JSONParser {
  static let maximumDepth = 200

  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0
  var depth = 0
  private var names: [String] = []

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    skipWhiteSpace()
    let value = try value()
    skipWhiteSpace()
    if index < bytes.count { throw error("Unexpected text after the JSON document") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard index < bytes.count else { throw error("The JSON document ends where a value is expected") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try enter()
    var members: [JSONObject.Member] = []
    members.reserveCapacity(names.count)
    if !close(UInt8(ascii: "}")) {
      repeat {
        skipWhiteSpace()
        let name = try memberName(at: members.count)
        skipWhiteSpace()
        guard take(UInt8(ascii: ":")) else { throw error("Expected ':' after the name \"\(name)\"") }
        skipWhiteSpace()
        members.append(.init(name: name, value: try value()))
        skipWhiteSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw error("Expected ',' or '}' in an object") }
    }
    depth -= 1
    return JSONObject(members: members)
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    if !close(UInt8(ascii: "]")) {
      repeat {
        skipWhiteSpace()
        elements.append(try value())
        skipWhiteSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw error("Expected ',' or ']' in an array") }
    }
    depth -= 1
    return elements
  }

  private mutating func memberName(at position: Int) throws(JSONError) -> String {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw error("Expected a name in quotes") }
    if position < names.count, let end = match(names[position], from: index + 1) {
      index = end
      return names[position]
    }
    let name = try string()
    if position < names.count { names[position] = name } else if position == names.count { names.append(name) }
    return name
  }

  /// The index behind the closing quote when the bytes from `start` spell `name` and end there.
  private func match(_ name: String, from start: Int) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      let end = start + wanted.count
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
      for offset in 0..<wanted.count where bytes[start + offset] != wanted[offset] { return nil }
      return end + 1
    }
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: bytes[start..<index - 1], as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw error("A control character stands unescaped in a string")
      default: index += 1
      }
    }
    throw error("A string is not closed")
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try appendEscape(to: &text)
      case 0..<0x20: throw error("A control character stands unescaped in a string")
      default: text.append(byte)
      }
    }
    throw error("A string is not closed")
  }

  private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
    guard index < bytes.count else { throw error("A string is not closed") }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try hexadecimal()
      if 0xD800..<0xDC00 ~= scalar, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        let low = try hexadecimal()
        guard 0xDC00..<0xE000 ~= low else { throw error("A surrogate pair is broken") }
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
      text.append(contentsOf: Array(String(character).utf8))
    default: throw error("An unknown escape stands in a string")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw error("A \\u escape is cut") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
        throw error("A \\u escape has a letter that is no hexadecimal digit")
      }
      value = value << 4 + UInt32(digit)
      index += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    _ = take(UInt8(ascii: "-"))
    let first = index
    guard skipDigits() > 0, !(bytes[first] == UInt8(ascii: "0") && index - first > 1) else {
      index = start
      throw error("Expected a JSON value")
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard skipDigits() > 0 else { throw error("A number ends at its decimal point") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() > 0 else { throw error("A number ends in its exponent") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text) else { throw error("A number cannot be read") }
    return .real(value)
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while index < bytes.count, 0x30...0x39 ~= bytes[index] { index += 1 }
    return index - start
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count, (0..<count).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] }) else {
      throw error("Expected a JSON value")
    }
    index += count
    return value
  }

  private mutating func enter() throws(JSONError) {
    index += 1
    depth += 1
    if depth > Self.maximumDepth { throw error("The JSON document is nested deeper than \(Self.maximumDepth) levels") }
  }

  /// Takes the closing bracket of an empty object or array.
  private mutating func close(_ bracket: UInt8) -> Bool {
    skipWhiteSpace()
    return take(bracket)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipWhiteSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private func error(_ message: String) -> JSONError {
    let before = bytes[..<Swift.min(index, bytes.count)]
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONError(message: message, line: line, column: before.endIndex - lineStart + 1)
  }
}
