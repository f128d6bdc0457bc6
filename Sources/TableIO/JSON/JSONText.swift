#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Takes a JSON document apart value by value, with no more than one value in memory.
final class JSONText {
  /// Line of the next byte, from 1.
  private(set) var line: Int

  private let source: any ByteSource
  private let valueLimit: Int
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var position = 0
  private var limit = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - valueLimit: bytes one value may have.
  ///   - line: the line the source begins on.
  init(_ source: any ByteSource, valueLimit: Int = 64 << 20, line: Int = 1) {
    self.source = source
    self.valueLimit = valueLimit
    self.line = line
    buffer = .allocate(capacity: 1 << 17)
  }

  deinit { buffer.deallocate() }

  /// Passes over a byte-order mark.
  func skipByteOrderMark() throws(TableIOError) {
    while limit - position < 3, !isAtEnd { try fill() }
    if limit - position >= 3, buffer[position] == 0xef, buffer[position + 1] == 0xbb, buffer[position + 2] == 0xbf {
      position += 3
    }
  }

  /// The next byte that is no white space; it stays. `nil` at the end.
  func peek() throws(TableIOError) -> UInt8? {
    while true {
      while position < limit {
        let byte = buffer[position]
        if !isJSONSpace(byte) { return byte }
        if byte == 0x0a { line += 1 }
        position += 1
      }
      if isAtEnd { return nil }
      try fill()
    }
  }

  /// Takes the next byte that is no white space if it is this one.
  func take(_ byte: UInt8) throws(TableIOError) -> Bool {
    guard try peek() == byte else { return false }
    position += 1
    return true
  }

  /// Takes a byte that must come now.
  func expect(_ byte: UInt8, _ what: String) throws(TableIOError) {
    guard try take(byte) else { throw malformed("Expected \(what)") }
  }

  /// Takes a whole value. Its bytes are valid until the next call.
  func value() throws(TableIOError) -> UnsafeBufferPointer<UInt8> {
    var end = JSONValueEnd()
    guard try peek() != nil else { throw malformed("The JSON document ends where a value is expected") }
    var scanned = 0
    while true {
      if let count = end.advance(UnsafeBufferPointer(rebasing: buffer[(position + scanned)..<limit])) {
        let value = UnsafeBufferPointer(rebasing: buffer[position..<position + scanned + count])
        guard !value.isEmpty else { throw malformed("Expected a JSON value") }
        position += value.count
        line += end.lineCount
        return value
      }
      scanned = limit - position
      if isAtEnd {
        guard end.mayEnd, scanned > 0 else { throw malformed("The JSON document ends inside a value") }
        defer { position = limit }
        return UnsafeBufferPointer(rebasing: buffer[position..<limit])
      }
      guard scanned < valueLimit else {
        throw TableIOError(.limit, "A JSON value is longer than \(valueLimit) bytes.", line: line)
      }
      try fill()
    }
  }

  /// Takes a whole value of any size and puts its bytes aside.
  func copyValue(to spool: SpoolFile?) throws(TableIOError) {
    var end = JSONValueEnd()
    guard try peek() != nil else { throw malformed("The JSON document ends where a value is expected") }
    while true {
      let rest = UnsafeBufferPointer(rebasing: buffer[position..<limit])
      let count = end.advance(rest)
      let used = count ?? rest.count
      try spool?.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest[..<used])))
      position += used
      if count != nil || isAtEnd && end.mayEnd { break }
      guard !isAtEnd else { throw malformed("The JSON document ends inside a value") }
      try fill()
    }
    line += end.lineCount
  }

  /// Takes a value as a Swift value.
  func parsedValue() throws(TableIOError) -> JSONValue {
    let line = line
    let bytes = Array(try value())
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw TableIOError(
        .malformed, error.message + ".", line: line + error.line - 1, column: error.line == 1 ? nil : error.column)
    }
  }

  /// Takes a member's name and the colon behind it.
  func name() throws(TableIOError) -> String {
    guard try peek() == UInt8(ascii: "\""), case .string(let name) = try parsedValue() else {
      throw malformed("Expected a name in quotes")
    }
    try expect(UInt8(ascii: ":"), "':' after the name \"\(name)\"")
    return name
  }

  /// An error at the present place.
  func malformed(_ message: String) -> TableIOError { TableIOError(.malformed, message + ".", line: line) }

  private func fill() throws(TableIOError) {
    if position > 0 {
      if limit > position { memmove(buffer.baseAddress!, buffer.baseAddress! + position, limit - position) }
      limit -= position
      position = 0
    }
    if limit == buffer.count {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer[..<limit])
      buffer.deallocate()
      buffer = larger
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[limit...]))
    limit += count
    isAtEnd = count == 0
  }
}

/// Finds the end of a JSON value that comes in pieces, by brackets and quotes alone.
struct JSONValueEnd {
  /// Line ends inside the value.
  private(set) var lineCount = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isScalar = false
  private var hasBegun = false

  /// Whether the value is complete if nothing follows.
  var mayEnd: Bool { isScalar }

  /// Goes on through a piece.
  /// - Returns: how many of its bytes belong to the value, once its end is found.
  mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
          if depth == 0 { return index + 1 }
        }
        index += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        if isScalar { return index }
        isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if isScalar { return index }
        depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        if depth == 0 { return index }
      case 0x20, 0x09, 0x0d, 0x0a:
        if depth == 0 { return index }
        if byte == 0x0a { lineCount += 1 }
      default:
        if depth == 0 { isScalar = true }
      }
      index += 1
    }
    return nil
  }
}
