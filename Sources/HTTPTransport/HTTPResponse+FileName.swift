extension HTTPResponse {
  /// The file name that the server proposes (`Content-Disposition`, RFC 6266), reduced to one harmless component; `nil` when
  /// there is none or nothing of it is left.
  package var proposedFileName: String? {
    guard let field = headers["Content-Disposition"] else { return nil }
    let parameters = Self.parameters(of: field)
    if let extended = parameters.last(where: { $0.name == "filename*" })?.value {
      let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
      if parts.count == 3, let name = Self.harmless(PercentEncoding.decode(parts[2])) { return name }
    }
    return parameters.last { $0.name == "filename" }.flatMap { Self.harmless($0.value) }
  }

  /// The `name=value` parts behind the first semicolon; values may stand between quotes.
  private static func parameters(of field: String) -> [(name: String, value: String)] {
    var result: [(name: String, value: String)] = []
    var rest = field.drop { $0 != ";" }.dropFirst()
    while !rest.isEmpty {
      rest = rest.drop { $0.isWhitespace || $0 == ";" }
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest[name.endIndex...]
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      var value = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
          value.append(character == "\\" ? rest.popFirst() ?? character : character)
        }
        rest = rest.drop { $0 != ";" }
      } else {
        value = String(rest.prefix { $0 != ";" })
        rest = rest.dropFirst(value.count)
        while value.last?.isWhitespace == true { value.removeLast() }
      }
      result.append((name.filter { !$0.isWhitespace }.lowercased(), value))
    }
    return result
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
