/// Reads YAML in flow style: `{a: 1, b: [x, 'y z']}`, quoted and plain scalars.
struct YAMLFlow {
  private let text: [Character]
  private var index = 0
  private var depth = 0

  init(_ text: Substring) { self.text = Array(text) }

  /// Whether nothing but white space and a comment is left.
  var isAtEnd: Bool {
    let rest = text[index...].drop { $0 == " " || $0 == "\n" }
    return rest.isEmpty || rest.first == "#"
  }

  /// Reads a value.
  /// - Returns: `nil` when the text ends too early or is no value.
  mutating func value() -> YAMLNode? {
    skipSpace()
    while let first = peek(), first == "!" || first == "&" {
      while let next = peek(), !" ,]}".contains(next) { index += 1 }
      skipSpace()
    }
    guard let first = peek() else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64 else { return nil }
    switch first {
    case "{": return mapping()
    case "[": return sequence()
    case "\"": return doubleQuoted()
    case "'": return singleQuoted()
    default: return .scalar(plainInFlow())
    }
  }

  /// A plain scalar without the white space around it; the ways to spell nothing are the empty text.
  static func plain(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last == " " || last == "\n" { text.removeLast() }
    return ["~", "null", "Null", "NULL"].contains(text) ? "" : String(text)
  }

  private mutating func mapping() -> YAMLNode? {
    index += 1
    var members: [YAMLNode.Member] = []
    while true {
      skipSpace()
      if take("}") { return .mapping(members) }
      guard let key = value()?.text else { return nil }
      skipSpace()
      if take(":") {
        skipSpace()
        let isEmpty = peek() == "," || peek() == "}"
        guard let value = isEmpty ? YAMLNode.scalar("") : value() else { return nil }
        members.append(.init(key: key, value: value))
      } else {
        members.append(.init(key: key, value: .scalar("")))
      }
      skipSpace()
      if !take(","), peek() != "}" { return nil }
    }
  }

  private mutating func sequence() -> YAMLNode? {
    index += 1
    var items: [YAMLNode] = []
    while true {
      skipSpace()
      if take("]") { return .sequence(items) }
      guard let item = value() else { return nil }
      items.append(item)
      skipSpace()
      if !take(","), peek() != "]" { return nil }
    }
  }

  private mutating func singleQuoted() -> YAMLNode? {
    index += 1
    var result = ""
    while let character = peek() {
      index += 1
      if character != "'" {
        result.append(character)
      } else if !take("'") {
        return .scalar(result)
      } else {
        result.append("'")
      }
    }
    return nil
  }

  private mutating func doubleQuoted() -> YAMLNode? {
    index += 1
    var result = String.UnicodeScalarView()
    while let character = peek() {
      index += 1
      if character == "\"" { return .scalar(String(result)) }
      guard character == "\\" else {
        result.append(contentsOf: character.unicodeScalars)
        continue
      }
      guard let letter = peek() else { return nil }
      index += 1
      switch letter {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "b": result.append("\u{8}")
      case "f": result.append("\u{c}")
      case "0": result.append("\0")
      case "e": result.append("\u{1b}")
      case "x", "u", "U":
        guard let unit = hexadecimal(letter == "x" ? 2 : letter == "u" ? 4 : 8) else { return nil }
        result.append(scalar(unit))
      // A line that ends in a backslash goes on without a blank; the continuation may begin with an escaped one.
      case " ", "\n": skipSpace()
      default: result.append(contentsOf: letter.unicodeScalars)
      }
    }
    return nil
  }

  /// The character of a code unit; of two when it is the first of a surrogate pair, as JSON writes them.
  private mutating func scalar(_ unit: UInt32) -> Unicode.Scalar {
    if 0xD800..<0xDC00 ~= unit, index + 1 < text.count, text[index] == "\\", text[index + 1] == "u" {
      let start = index
      index += 2
      if let low = hexadecimal(4), 0xDC00..<0xE000 ~= low {
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
      }
      index = start
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    guard index + count <= text.count else { return nil }
    let value = UInt32(String(text[index..<index + count]), radix: 16)
    index += count
    return value
  }

  private mutating func plainInFlow() -> String {
    let start = index
    while let character = peek() {
      if depth > 1, ",]}".contains(character) { break }
      if character == ":", depth > 1, index + 1 == text.count || " ,]}".contains(text[index + 1]) { break }
      index += 1
    }
    return Self.plain(Substring(String(text[start..<index])))
  }

  private func peek() -> Character? { index < text.count ? text[index] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard peek() == character else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let character = peek(), character == " " || character == "\n" { index += 1 }
  }
}
