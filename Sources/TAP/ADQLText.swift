import ADQL

/// How values and names are spelled in ADQL. Source: ADQL 2.1, section 2.1.
package enum ADQLText {
  /// A text literal. A NUL ends the text for many databases and is left out.
  package static func literal(_ value: String) -> String {
    var text = "'"
    for scalar in value.unicodeScalars where scalar != "\0" {
      if scalar == "'" { text += "'" }
      text.unicodeScalars.append(scalar)
    }
    return text + "'"
  }

  /// Names with dots between them; parts that are quoted already stay as they are.
  package static func qualified(_ name: String) -> String {
    var parts = [""]
    var isQuoted = false
    for character in name.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      if character == ".", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(character)
      }
    }
    return parts.map { isDelimited($0) ? $0 : Identifier.written($0) }.joined(separator: ".")
  }

  private static func isDelimited(_ part: String) -> Bool {
    guard part.utf8.count > 2, part.hasPrefix("\""), part.hasSuffix("\"") else { return false }
    let inner = part.dropFirst().dropLast()
    return !inner.replacing("\"\"", with: "").contains("\"")
  }
}
