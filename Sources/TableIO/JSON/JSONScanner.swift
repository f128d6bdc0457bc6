/// Goes through JSON in memory token by token, without making values.
struct JSONScanner {
  enum Token: Equatable {
    case beginArray, endArray, beginObject, endObject, comma, colon, true_, false_, null, end, invalid
    /// The bytes between the quotes, and whether there are escapes in them.
    case string(Range<Int>, hasEscapes: Bool)
    /// The bytes of a number.
    case number(Range<Int>)
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The bytes of a token.
  func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

  mutating func next() -> Token {
    while index < bytes.count, isJSONSpace(bytes[index]) { index += 1 }
    guard index < bytes.count else { return .end }
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "["): return single(.beginArray)
    case UInt8(ascii: "]"): return single(.endArray)
    case UInt8(ascii: "{"): return single(.beginObject)
    case UInt8(ascii: "}"): return single(.endObject)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ":"): return single(.colon)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true", .true_)
    case UInt8(ascii: "f"): return word("false", .false_)
    case UInt8(ascii: "n"): return word("null", .null)
    case UInt8(ascii: "-"), 0x30...0x39: return number()
    // Python's json writes these, which JSON does not have.
    case UInt8(ascii: "N"): return word("NaN", .number(index..<index + 3))
    case UInt8(ascii: "I"): return word("Infinity", .number(index..<index + 8))
    default: return .invalid
    }
  }

  private mutating func single(_ token: Token) -> Token {
    index += 1
    return token
  }

  private mutating func word(_ word: StaticString, _ token: Token) -> Token {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { return .invalid }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return .invalid }
    index += count
    return token
  }

  private mutating func number() -> Token {
    let start = index
    if bytes[index] == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "I") {
      index += 1
      return word("Infinity", .number(start..<start + 9))
    }
    while index < bytes.count, isNumberByte(bytes[index]) { index += 1 }
    return .number(start..<index)
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() -> Token {
    index += 1
    let start = index
    var hasEscapes = false
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return .string(start..<index - 1, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        index += 2
      case 0..<0x20: return .invalid
      default: index += 1
      }
    }
    return .invalid
  }
}

func isJSONSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }
