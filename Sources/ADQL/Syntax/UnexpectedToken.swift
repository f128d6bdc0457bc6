/// Puts into words that something cannot stand where it stands.
struct UnexpectedToken {
  var token: Token
  /// The token as it was typed.
  var text: String
  /// What was looked for in its place.
  var missed: [String]
  /// The name just before, when it was taken for an alias without `AS`.
  var alias: (span: SourceSpan, text: String)?

  var error: ADQLError {
    if let alias {
      if let meant = Spelling.nearest(to: alias.text, among: missedKeywords) {
        return ADQLError(.syntax, "\(alias.text) cannot stand here.", at: alias.span, suggestion: meant)
      }
      if alias.text.uppercased() == "LIMIT" {
        return ADQLError(.syntax, "ADQL has no LIMIT: write SELECT TOP \(text) ….", at: alias.span)
      }
    }
    if let advice { return ADQLError(.syntax, advice, at: token.span, expected: expected) }
    let meant = token.kind == .identifier ? Spelling.nearest(to: text, among: missedKeywords) : nil
    return ADQLError(.syntax, "\(found) cannot stand here.", at: token.span, expected: expected, suggestion: meant)
  }

  private var missedKeywords: [String] {
    missed.filter { Keyword(rawValue: $0) != nil }
  }

  private var found: String {
    switch token.kind {
    case .endOfQuery: "The end of the query"
    case .keyword: text.uppercased()
    default: text.unicodeScalars.count > 60 ? String(text.unicodeScalars.prefix(60)) + "…" : text
    }
  }

  /// What is to be done about frequent mistakes.
  private var advice: String? {
    if token.kind == .identifier, text.uppercased() == "LIMIT" {
      return "ADQL has no LIMIT: write SELECT TOP and the number of rows."
    }
    return switch token.keyword {
    case .true, .false: "ADQL has no \(text.uppercased()): write 1, 0, 'true' or 'false', as the column has it."
    case .cross: "ADQL has no CROSS JOIN: write a comma between the tables."
    case .with: "WITH can only stand at the beginning of the whole query."
    case let word? where missed.contains("a value") || missed.contains("a name"):
      if word.isFunction || word == .top || word == .offset || missed.contains("a name") {
        "\(word.rawValue) is a reserved word: as a name it belongs between double quotes, \"\(text)\"."
      } else {
        nil
      }
    default: nil
    }
  }

  /// What could have stood there, without repetition; the signs of arithmetic are left out where there is more to say.
  private var expected: [String] {
    var seen: Set<String> = []
    let all = missed.filter { seen.insert($0).inserted }.map { $0 == "GROUP" || $0 == "ORDER" ? $0 + " BY" : $0 }
    if token.kind == .endOfQuery, all.contains(")") { return [")"] }
    guard all.count > 6 else { return all }
    let signs: Set<String> = ["+", "-", "*", "/", "||", ".", ";", "=", "<>", "<", "<=", ">", ">="]
    var words = all.filter { !signs.contains($0) }
    if all.contains("=") { words.insert("a comparison", at: 0) }
    return words
  }
}

extension Keyword {
  /// Whether the word names a function.
  var isFunction: Bool { arity != nil }
}
