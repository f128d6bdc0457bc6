/// Cuts the bytes of a query into tokens.
///
/// What is no token becomes `invalid` and ends the list; its error is raised when the parser comes to it, so that of two
/// mistakes the first is told.
struct Lexer {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var tokens: [Token] = []
  private(set) var error: ADQLError?

  /// Reads all tokens.
  ///
  /// - Parameter bytes: the query in UTF-8, shorter than 2 GiB.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 2)
    while error == nil, skipBlanks() { next() }
    append(error == nil ? .endOfQuery : .invalid, from: error?.span?.start ?? bytes.count)
  }

  private mutating func append(_ kind: Token.Kind, keyword: Keyword? = nil, from start: Int) {
    tokens.append(Token(kind: kind, keyword: keyword, start: Int32(start), end: Int32(index)))
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// Goes to the next token, over blanks and comments, which begin with two dashes and end with the line.
  private mutating func skipBlanks() -> Bool {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "-"), byte(index + 1) == UInt8(ascii: "-") {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
      } else if ByteClass.blanks.contains(bytes[index]) {
        index += 1
      } else {
        return true
      }
    }
    return false
  }

  private mutating func next() {
    let first = bytes[index]
    switch first {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): word()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: ".") where ByteClass.digits.contains(byte(index + 1)): number()
    case UInt8(ascii: "'"): quoted(.string)
    case UInt8(ascii: "\""): quoted(.delimited)
    default: sign(first)
    }
  }

  private mutating func word() {
    let start = index
    while index < bytes.count, ByteClass.nameBytes.contains(bytes[index]) { index += 1 }
    let keyword = KeywordTable.find(bytes, start, index)
    append(keyword == nil ? .identifier : .keyword, keyword: keyword, from: start)
  }

  /// Digits, a point, digits, an exponent: `12`, `12.`, `.5`, `1.5E-3`.
  private mutating func number() {
    let start = index
    var kind = Token.Kind.integer
    skipDigits()
    if byte(index) == UInt8(ascii: ".") {
      kind = .decimal
      index += 1
      skipDigits()
    }
    if byte(index) | 0x20 == UInt8(ascii: "e") {
      let hasSign = byte(index + 1) == UInt8(ascii: "+") || byte(index + 1) == UInt8(ascii: "-")
      if ByteClass.digits.contains(byte(index + (hasSign ? 2 : 1))) {
        kind = .decimal
        index += hasSign ? 2 : 1
        skipDigits()
      }
    }
    if ByteClass.nameBytes.contains(byte(index)) {
      while ByteClass.nameBytes.contains(byte(index)) { index += 1 }
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      return refuse("\(text) is neither a number nor a name.", from: start)
    }
    append(kind, from: start)
  }

  private mutating func skipDigits() {
    while ByteClass.digits.contains(byte(index)) { index += 1 }
  }

  /// A string or a delimited name; inside, a doubled quote stands for one.
  private mutating func quoted(_ kind: Token.Kind) {
    let start = index
    let quote = bytes[start]
    index += 1
    while index < bytes.count, bytes[index] != 0 {
      if bytes[index] != quote {
        index += 1
      } else if byte(index + 1) == quote {
        index += 2
      } else {
        index += 1
        if kind == .delimited, index == start + 2 {
          return refuse("A name between double quotes is empty.", from: start)
        }
        return append(kind, from: start)
      }
    }
    if index < bytes.count { return refuse("A NUL character cannot be part of a query.", from: index) }
    refuse(
      kind == .string
        ? "A string is not closed: ' is missing." : "A name in double quotes is not closed: \" is missing.",
      from: start)
  }

  private mutating func sign(_ first: UInt8) {
    let start = index
    let second = byte(index + 1)
    index += 1
    switch first {
    case UInt8(ascii: "("): append(.leftParenthesis, from: start)
    case UInt8(ascii: ")"): append(.rightParenthesis, from: start)
    case UInt8(ascii: ","): append(.comma, from: start)
    case UInt8(ascii: "."): append(.period, from: start)
    case UInt8(ascii: ";"): append(.semicolon, from: start)
    case UInt8(ascii: "*"): append(.asterisk, from: start)
    case UInt8(ascii: "+"): append(.plus, from: start)
    case UInt8(ascii: "-"): append(.minus, from: start)
    case UInt8(ascii: "/"): append(.slash, from: start)
    case UInt8(ascii: "="): append(.equal, from: start)
    case UInt8(ascii: "<") where second == UInt8(ascii: ">"): double(.notEqual, from: start)
    case UInt8(ascii: "!") where second == UInt8(ascii: "="): double(.notEqual, from: start)
    case UInt8(ascii: "<") where second == UInt8(ascii: "="): double(.lessOrEqual, from: start)
    case UInt8(ascii: ">") where second == UInt8(ascii: "="): double(.greaterOrEqual, from: start)
    case UInt8(ascii: "|") where second == UInt8(ascii: "|"): double(.concatenation, from: start)
    case UInt8(ascii: "<"): append(.less, from: start)
    case UInt8(ascii: ">"): append(.greater, from: start)
    default: refuseCharacter(at: start)
    }
  }

  private mutating func double(_ kind: Token.Kind, from start: Int) {
    index += 1
    append(kind, from: start)
  }

  private mutating func refuse(_ message: String, from start: Int) {
    error = ADQLError(.syntax, message, at: SourceSpan(start, index))
  }

  private mutating func refuseCharacter(at start: Int) {
    let scalar = String(decoding: bytes[start..<min(start + 4, bytes.count)], as: UTF8.self).unicodeScalars.first ?? " "
    let number = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
    let message =
      switch scalar {
      case "_": "A name that begins with an underscore belongs between double quotes."
      case "%": "ADQL has no operator %: write MOD(a, b)."
      case "!": "ADQL has no operator !: write NOT, or != for unequal."
      case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}":
        "This is a typographic quotation mark (\(code)): ADQL wants ' around strings and \" around names."
      case "\u{A0}", "\u{2003}", "\u{2009}", "\u{200B}", "\u{FEFF}":
        "This blank is not an ordinary one (\(code)): write a space."
      case _ where scalar.properties.isAlphabetic:
        "A name with \(scalar) (\(code)) in it belongs between double quotes."
      case _ where scalar.value > 0x20 && scalar.value < 0x7F: "ADQL has no sign \(scalar)."
      default: "The character \(code) means nothing in ADQL."
      }
    refuse(message, from: start)
  }
}
