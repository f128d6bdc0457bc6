/// One reading of a query by recursive descent: where it is in the tokens, and how deep.
///
/// The grammar is in the extensions, one file for each part. Each of their functions leaves the height of what it has
/// built in `height`.
struct Reading {
  let bytes: [UInt8]
  let tokens: [Token]
  let lexicalError: ADQLError?
  let limits: Parser.Limits
  let userFunctions: Set<String>?

  private(set) var index = 0
  var token: Token
  /// The levels of the tree that was built last.
  var height = 0
  private var nesting = 0

  private var takesNotes = false
  /// What was looked for at this token and not found.
  private var missed: [String] = []
  /// Where a name was last taken for an alias without `AS`: it may be a misspelt keyword.
  private var bareAlias: Int?

  init(_ bytes: [UInt8], lexer: Lexer, limits: Parser.Limits, userFunctions: Set<String>?) {
    self.bytes = bytes
    tokens = lexer.tokens
    lexicalError = lexer.error
    self.limits = limits
    self.userFunctions = userFunctions
    token = tokens[0]
  }

  mutating func restartTakingNotes() {
    takesNotes = true
    index = 0
    token = tokens[0]
    nesting = 0
  }

  // MARK: Tokens

  /// The token after this one by a number of places; the last token repeats for ever.
  func peek(_ distance: Int = 1) -> Token {
    tokens[min(index + distance, tokens.count - 1)]
  }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
    token = tokens[index]
    if takesNotes { missed = [] }
  }

  mutating func take(_ keyword: Keyword) -> Bool {
    if token.keyword == keyword {
      advance()
      return true
    }
    if takesNotes { missed.append(keyword.rawValue) }
    return false
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    if token.kind == kind {
      advance()
      return true
    }
    if takesNotes, let sign = kind.sign { missed.append(sign) }
    return false
  }

  mutating func expect(_ keyword: Keyword) throws(ADQLError) {
    guard take(keyword) else { throw unexpected() }
  }

  mutating func expect(_ kind: Token.Kind) throws(ADQLError) {
    guard take(kind) else { throw unexpected() }
  }

  /// Remembers, for the error, what else could stand here.
  mutating func note(_ expected: String) {
    if takesNotes { missed.append(expected) }
  }

  /// Takes a name for an alias, and remembers that it may have been meant as a keyword.
  mutating func noteBareAlias() {
    if takesNotes { bareAlias = index }
  }

  func text(_ token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  /// What begins with one token and ends before the current one.
  func span(from start: Token) -> SourceSpan {
    SourceSpan(Int(start.start), Int(tokens[max(index - 1, 0)].end))
  }

  // MARK: Bounds

  /// Goes one level deeper; each call is followed by `leave()` unless the reading fails.
  mutating func enter() throws(ADQLError) {
    nesting += 1
    guard nesting <= limits.nesting else {
      throw ADQLError(.tooComplex, "The query is nested more than \(limits.nesting) levels deep.", at: token.span)
    }
  }

  mutating func leave() { nesting -= 1 }

  /// Sets the height of something built of parts.
  mutating func grow(over tallest: Int) throws(ADQLError) {
    height = tallest + 1
    guard height <= limits.height else {
      throw ADQLError(
        .tooComplex, "The query is a chain or a nest of more than \(limits.height) parts.", at: token.span)
    }
  }

  // MARK: Errors

  /// The error that the current token cannot stand here.
  func unexpected() -> ADQLError {
    if token.kind == .invalid, let lexicalError { return lexicalError }
    guard takesNotes else { return ADQLError(.syntax, "") }
    let alias = bareAlias.flatMap { $0 == index - 1 ? tokens[$0] : nil }
    return UnexpectedToken(
      token: token, text: text(token), missed: missed, alias: alias.map { ($0.span, text($0)) }
    ).error
  }

  /// An error in words of its own, at the current token or at a piece of text.
  func refusal(_ message: String, at span: SourceSpan? = nil, kind: ADQLError.Kind = .syntax) -> ADQLError {
    if span == nil, token.kind == .invalid, let lexicalError { return lexicalError }
    return ADQLError(kind, message, at: span ?? token.span)
  }
}
