import TableIO

/// Finds and cleans the message in an error document. The documents are read leniently, as text, because they are broken
/// more often than others and may be cut.
enum MessageText {
  /// So much of a document is looked at.
  private static let limit = 1 << 20

  /// The document's text: inflated, in the encoding that it declares, else UTF-8, else Latin-1.
  static func decode(_ bytes: [UInt8], contentType: String?) -> String {
    var bytes = bytes
    if GzipByteSource.isGzip(bytes) { bytes = inflated(bytes) }
    let head = String(decoding: bytes.prefix(200), as: UTF8.self)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) { return utf16(bytes) { ($1 << 8) | $0 } }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) { return utf16(bytes) { ($0 << 8) | $1 } }
    let declared = (charset(in: contentType ?? "", after: "charset=") ?? charset(in: head, after: "encoding="))
    if declared.map({ $0.hasPrefix("iso-8859-1") || $0.hasPrefix("windows-1252") || $0 == "latin1" }) != true,
      let text = String(validating: bytes, as: UTF8.self) ?? validPrefix(bytes)
    {
      return text
    }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// The text of the INFO that reports an error (VOTable; TAP 1.1, section 3.3).
  static func queryStatus(_ document: String) -> String? {
    var rest = document[...]
    while let start = rest.firstRange(of: "INFO") {
      rest = rest[start.upperBound...]
      let tag = rest.prefix { $0 != ">" }
      guard MessageText.attribute("name", in: tag) == "QUERY_STATUS",
        MessageText.attribute("value", in: tag)?.uppercased() == "ERROR"
      else { continue }
      if tag.hasSuffix("/") { return "" }
      return content(rest[tag.endIndex...].dropFirst(), endTag: "INFO>")
    }
    return nil
  }

  /// The message of a job's error summary (UWS 1.1).
  static func jobMessage(_ document: String) -> String? {
    guard let summary = document.firstRange(of: "errorSummary"),
      let start = document[summary.upperBound...].firstRange(of: "message>")
    else { return nil }
    return content(document[start.upperBound...], endTag: "message>")
  }

  /// The message of a web page: what a servlet reports, or else the page's words.
  static func page(_ document: String) -> String? {
    let lower = document.prefix(1000).lowercased()
    guard lower.contains("<html") || lower.contains("<!doctype html") || lower.contains("<body") else { return nil }
    for (mark, end) in [
      ("<b>Message: </b>", "</li>"), ("<b>Message:</b>", "</li>"), ("<b>Message</b>", "</p>"),
      ("<b>message</b>", "</p>"), ("<b>Description</b>", "</p>"), ("<b>description</b>", "</p>"),
    ] {
      guard let start = document.firstRange(of: mark) else { continue }
      let rest = document[start.upperBound...]
      let text = words(rest[..<(rest.firstRange(of: end)?.lowerBound ?? rest.endIndex)])
      if !clean(text).isEmpty { return text }
    }
    let body = document.firstRange(of: "<body").map { document[$0.lowerBound...] } ?? document[...]
    return words(body)
  }

  /// Single blanks, no control characters, not too long.
  static func clean(_ text: String) -> String {
    var result = ""
    var isBlank = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        isBlank = !result.isEmpty
        continue
      }
      if isControl(scalar) { continue }
      if isBlank { result += " " }
      isBlank = false
      result.unicodeScalars.append(scalar)
      if result.utf8.count > 4 * ServerMessage.longest { break }
    }
    return result.count > ServerMessage.longest ? result.prefix(ServerMessage.longest) + "…" : result
  }

  /// An element's text up to its end tag, CDATA and references resolved.
  private static func content(_ rest: Substring, endTag: String) -> String {
    var text = ""
    var rest = rest
    while !rest.isEmpty {
      if rest.hasPrefix("<![CDATA[") {
        let data = rest.dropFirst(9)
        let end = data.firstRange(of: "]]>")
        text += data[..<(end?.lowerBound ?? data.endIndex)]
        rest = end.map { data[$0.upperBound...] } ?? ""
      } else if rest.hasPrefix("<") {
        let tag = rest.prefix { $0 != ">" }
        if tag.hasPrefix("</"), (tag + ">").hasSuffix(endTag) { break }
        rest = rest[tag.endIndex...].dropFirst()
      } else {
        let piece = rest.prefix { $0 != "<" }
        text += CharacterReferences.resolved(piece)
        rest = rest[piece.endIndex...]
      }
    }
    return text
  }

  /// The words of a page without its tags, styles and scripts.
  private static func words(_ page: Substring) -> String {
    var text = ""
    var rest = page
    while !rest.isEmpty {
      guard rest.first == "<" else {
        let piece = rest.prefix { $0 != "<" }
        text += CharacterReferences.resolved(piece)
        rest = rest[piece.endIndex...]
        continue
      }
      let tag = rest.prefix { $0 != ">" }
      let name = tag.drop { $0 == "<" || $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
      rest = rest[tag.endIndex...].dropFirst()
      if name == "style" || name == "script" {
        rest = rest.firstRange(of: "</\(name)").map { rest[$0.lowerBound...] } ?? ""
      }
      if !["b", "i", "em", "strong", "code", "span", "a", "u"].contains(name) { text += " " }
    }
    return text
  }

  /// The value of an attribute in a start tag.
  static func attribute(_ name: String, in tag: Substring) -> String? {
    var rest = tag
    while let place = rest.firstRange(of: name) {
      let before = rest[..<place.lowerBound].last
      rest = rest[place.upperBound...]
      let value = rest.drop(while: \.isWhitespace)
      guard before?.isWhitespace == true, value.first == "=" else { continue }
      let quoted = value.dropFirst().drop(while: \.isWhitespace)
      guard let quote = quoted.first, quote == "\"" || quote == "'" else { continue }
      return CharacterReferences.resolved(quoted.dropFirst().prefix { $0 != quote })
    }
    return nil
  }
}

extension MessageText {
  private static func charset(in text: String, after mark: String) -> String? {
    let lower = text.lowercased()
    guard let place = lower.firstRange(of: mark) else { return nil }
    let value = lower[place.upperBound...].drop { $0 == "\"" || $0 == "'" }
    return String(value.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }

  /// UTF-8 that was cut inside its last character.
  private static func validPrefix(_ bytes: [UInt8]) -> String? {
    let rest = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count + 1
    guard rest <= 3, rest <= bytes.count, bytes[bytes.count - rest] >= 0xC2 else { return nil }
    let whole = bytes.dropLast(rest)
    // Only long documents are cut: one odd byte at the end of a short one, behind ASCII alone, is a letter of Latin-1.
    if rest == 1, bytes.count < 4096, !whole.isEmpty, whole.allSatisfy({ $0 < 0x80 }) { return nil }
    return String(validating: whole, as: UTF8.self)
  }

  private static func utf16(_ bytes: [UInt8], _ unit: (UInt16, UInt16) -> UInt16) -> String {
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map { unit(UInt16(bytes[$0]), UInt16(bytes[$0 + 1])) }
    return String(decoding: units.first == 0xFEFF ? units.dropFirst() : units[...], as: UTF16.self)
  }

  /// As much as can be inflated of data that may be cut.
  private static func inflated(_ bytes: [UInt8]) -> [UInt8] {
    let source = GzipByteSource(MemoryByteSource(bytes))
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    while result.count < limit, let count = try? source.read(into: &piece), count > 0 {
      result += piece[..<count]
    }
    return result
  }

  /// C0 and C1 controls, and the marks that reorder text on a terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
