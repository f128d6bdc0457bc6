extension HTTPResponse {
  /// The file name of `Content-Disposition` (RFC 6266), its last component only; `nil` when there is none.
  ///
  /// `filename*` goes before `filename`. The name is a server's word: check it before a file gets it.
  public var fileName: String? {
    guard let field = headers["Content-Disposition"] else { return nil }
    var names: [String: String] = [:]
    for (name, value) in Self.parameters(of: field) { names[name] = value }
    let name = names["filename*"].flatMap(Self.extendedValue) ?? names["filename"]
    return name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
  }

  /// The same name as one harmless component: what could mislead is left out; `nil` when nothing is left.
  package var proposedFileName: String? { fileName.flatMap(Self.harmless) }

  /// The parameters behind the first word, with their names in lower case; quotes are taken off.
  private static func parameters(of field: String) -> [(name: String, value: String)] {
    var parameters: [(String, String)] = []
    var rest = field.drop { $0 != ";" }
    while rest.first == ";" {
      rest = rest.dropFirst()
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest[name.endIndex...]
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      var value = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let next = rest.popFirst(), next != "\"" {
          if next == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(next) }
        }
        rest = rest.drop { $0 != ";" }
      } else {
        let word = rest.prefix { $0 != ";" }
        rest = rest[word.endIndex...]
        value = String(word.reversed().drop { $0.isWhitespace }.reversed())
      }
      parameters.append((name.filter { !$0.isWhitespace }.lowercased(), value))
    }
    return parameters
  }

  /// `UTF-8''na%C3%AFve.tar` (RFC 8187); `nil` for another character set or broken text.
  private static func extendedValue(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
    var bytes: [UInt8] = []
    var rest = parts[2].utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The last component without control characters and leading dots and hyphens, cut to a length that file systems take.
  private static func harmless(_ text: String) -> String? {
    let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    var name = String(String.UnicodeScalarView(last.unicodeScalars.filter { !isControl($0) }))
    name = String(name.drop { $0 == "." || $0 == "-" || $0.isWhitespace })
    while name.last?.isWhitespace == true { name.removeLast() }
    while name.utf8.count > 200 { name.removeFirst() }
    return name.isEmpty ? nil : name
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
