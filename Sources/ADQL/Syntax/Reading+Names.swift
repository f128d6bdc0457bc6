extension Reading {
  /// Whether a token can be a name where only a name is possible.
  private func isName(_ token: Token) -> Bool {
    switch token.kind {
    case .identifier, .delimited: true
    case .keyword: token.keyword?.isFunction == true
    default: false
    }
  }

  /// A name where only a name is possible: after a dot, after `AS`, in a list of names.
  mutating func name() throws(ADQLError) -> Identifier {
    guard isName(token) else {
      note("a name")
      throw unexpected()
    }
    return takeIdentifier()
  }

  /// The current token as a name.
  mutating func takeIdentifier() -> Identifier {
    let start = token
    advance()
    return identifier(start)
  }

  func identifier(_ token: Token) -> Identifier {
    guard token.kind == .delimited else { return Identifier(text(token), span: token.span) }
    return Identifier(unquoted(token), isDelimited: true, span: token.span)
  }

  /// What stands between the quotes of a string or a name.
  func unquoted(_ token: Token) -> String {
    let inside = bytes[Int(token.start) + 1..<Int(token.end) - 1]
    let quote = bytes[Int(token.start)]
    guard inside.contains(quote) else { return String(decoding: inside, as: UTF8.self) }
    var single: [UInt8] = []
    single.reserveCapacity(inside.count)
    var isSecond = false
    for byte in inside {
      isSecond = byte == quote && !isSecond
      if !isSecond { single.append(byte) }
    }
    return String(decoding: single, as: UTF8.self)
  }

  /// `[AS] alias`, if there is one.
  mutating func alias() throws(ADQLError) -> Identifier? {
    if take(.as) { return try name() }
    guard token.kind == .identifier || token.kind == .delimited else { return nil }
    if token.kind == .identifier { noteBareAlias() }
    return takeIdentifier()
  }

  /// `[[catalog.]schema.]table`.
  mutating func tableName() throws(ADQLError) -> TableName {
    guard token.kind == .identifier || token.kind == .delimited || isName(token) && peek().kind == .period else {
      note("a table")
      if token.keyword?.isFunction == true { note("a name") }
      throw unexpected()
    }
    var parts = [takeIdentifier()]
    while take(.period) {
      guard parts.count < 3 else { throw refusal("A table's name has at most three parts: catalogue, schema, table.") }
      parts.append(try name())
    }
    return tableName(parts[...])
  }

  /// `[qualifier.]column`, of which the first part is known to be a name.
  mutating func columnReference() throws(ADQLError) -> ColumnReference {
    let first = takeIdentifier()
    guard token.kind == .period else {
      note(".")
      return ColumnReference(column: first)
    }
    var parts = [first]
    while take(.period) {
      guard parts.count < 4 else {
        throw refusal("A column's name has at most four parts: catalogue, schema, table, column.")
      }
      parts.append(try name())
    }
    return ColumnReference(qualifier: tableName(parts.dropLast()), column: parts[parts.count - 1])
  }

  /// `qualifier.*`, if that is what stands here.
  mutating func qualifiedAsterisk() -> TableName? {
    guard isName(token), peek().kind == .period else { return nil }
    var distance = 2
    while isName(peek(distance)), peek(distance + 1).kind == .period, distance < 6 { distance += 2 }
    guard peek(distance).kind == .asterisk else { return nil }
    var parts: [Identifier] = []
    while token.kind != .asterisk {
      parts.append(takeIdentifier())
      advance()
    }
    advance()
    return tableName(parts[...])
  }

  private func tableName(_ parts: ArraySlice<Identifier>) -> TableName {
    let last = parts.endIndex - 1
    return TableName(
      catalog: parts.count > 2 ? parts[last - 2] : nil, schema: parts.count > 1 ? parts[last - 1] : nil,
      table: parts[last])
  }
}
