/// Character references of XML and the usual ones of HTML.
enum CharacterReferences {
  private static let named: [Substring: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
    "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "copy": "©", "deg": "°", "times": "×",
    "middot": "·", "bull": "•", "laquo": "«", "raquo": "»", "eacute": "é", "auml": "ä", "ouml": "ö", "uuml": "ü",
  ]

  /// Replaces references by their characters; what is none stays.
  static func resolved(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
    var result = ""
    var rest = text
    while let place = rest.firstIndex(of: "&") {
      result += rest[..<place]
      rest = rest[place...]
      let body = rest.dropFirst().prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
      if body.endIndex < rest.endIndex, rest[body.endIndex] == ";", let scalar = scalar(body) {
        result.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: body.endIndex)...]
      } else {
        result += "&"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// Replaces the names of HTML that XML does not have by their characters; XML's own references stay.
  static func withoutNames(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let place = rest.firstIndex(of: "&") {
      result += rest[..<place]
      rest = rest[place...]
      let body = rest.dropFirst().prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
      let reference = rest[..<(body.endIndex < rest.endIndex ? rest.index(after: body.endIndex) : body.endIndex)]
      if !["lt", "gt", "amp", "quot", "apos"].contains(body), let scalar = named[body], reference.last == ";" {
        result.unicodeScalars.append(scalar)
        rest = rest[reference.endIndex...]
      } else {
        result += "&"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// The character of what stands between `&` and `;`.
  private static func scalar(_ body: Substring) -> Unicode.Scalar? {
    guard body.first == "#" else { return named[body] }
    let digits = body.dropFirst()
    let code = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init)
  }
}
