extension Reading {
  /// A value: strings put together, of which the parts may be sums.
  ///
  /// - Parameters:
  ///   - first: a part that has been read already, in parentheses; `nil` when all is to come.
  ///   - start: where that part's parenthesis opens.
  mutating func expression(startingWith first: Expression? = nil, at start: Token? = nil) throws(ADQLError)
    -> Expression
  {
    let start = start ?? token
    var left = try sum(startingWith: first, at: start)
    while true {
      let tallest = height
      guard take(.concatenation) else { return left }
      left = try binary(.concatenate, left, try sum(startingWith: nil, at: token), over: tallest, at: start)
    }
  }

  private mutating func sum(startingWith first: Expression?, at start: Token) throws(ADQLError) -> Expression {
    var left = try product(startingWith: first, at: start)
    while true {
      let tallest = height
      if take(.plus) {
        left = try binary(.add, left, try product(startingWith: nil, at: token), over: tallest, at: start)
      } else if take(.minus) {
        left = try binary(.subtract, left, try product(startingWith: nil, at: token), over: tallest, at: start)
      } else {
        return left
      }
    }
  }

  private mutating func product(startingWith first: Expression?, at start: Token) throws(ADQLError) -> Expression {
    var left: Expression
    if let first { left = first } else { left = try factor() }
    while true {
      let tallest = height
      if take(.asterisk) {
        left = try binary(.multiply, left, try factor(), over: tallest, at: start)
      } else if take(.slash) {
        left = try binary(.divide, left, try factor(), over: tallest, at: start)
      } else {
        return left
      }
    }
  }

  private mutating func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, over tallest: Int, at start: Token
  ) throws(ADQLError) -> Expression {
    try grow(over: max(tallest, height))
    return Expression(.binary(operation, left, right), span: span(from: start))
  }

  /// `[sign] primary`.
  private mutating func factor() throws(ADQLError) -> Expression {
    guard token.kind == .plus || token.kind == .minus else { return try primary() }
    let start = token
    advance()
    try enter()
    let operand = try factor()
    leave()
    try grow(over: height)
    return Expression(.unary(start.kind == .minus ? .minus : .plus, operand), span: span(from: start))
  }

  private mutating func primary() throws(ADQLError) -> Expression {
    let start = token
    height = 1
    switch token.kind {
    case .integer, .decimal:
      advance()
      return Expression(.number(text(start)), span: start.span)
    case .string:
      advance()
      return Expression(.string(unquoted(start)), span: start.span)
    case .identifier:
      return peek().kind == .leftParenthesis ? try userFunction() : try column()
    case .delimited:
      return try column()
    case .leftParenthesis:
      return try parenthesizedExpression()
    case .keyword:
      return try keywordExpression()
    default:
      note("a value")
      throw unexpected()
    }
  }

  private mutating func column() throws(ADQLError) -> Expression {
    let column = try columnReference()
    height = 1
    return Expression(.column(column), span: column.span)
  }

  private mutating func parenthesizedExpression() throws(ADQLError) -> Expression {
    let start = token
    if peek().keyword == .select {
      let query = try parenthesizedQuery()
      try grow(over: height)
      return Expression(.subquery(query), span: span(from: start))
    }
    advance()
    try enter()
    let value = try expression()
    leave()
    try expect(.rightParenthesis)
    return value
  }

  private mutating func keywordExpression() throws(ADQLError) -> Expression {
    let start = token
    switch token.keyword {
    case .null:
      advance()
      return Expression(.null, span: start.span)
    case .case: return try conditional()
    case .cast: return try cast()
    case let keyword? where keyword.isFunction:
      if peek().kind == .leftParenthesis { return try function(keyword) }
      if peek().kind == .period { return try column() }
      fallthrough
    default:
      note("a value")
      throw unexpected()
    }
  }

  /// `CASE [operand] WHEN … THEN … [ELSE …] END`.
  private mutating func conditional() throws(ADQLError) -> Expression {
    let start = token
    advance()
    try enter()
    var tallest = 0
    var conditional = CaseExpression(branches: [])
    if token.keyword != .when {
      conditional.operand = try expression()
      tallest = height
    }
    while take(.when) {
      let test = conditional.operand == nil ? CaseExpression.Test.condition(try condition()) : .value(try expression())
      tallest = max(tallest, height)
      try expect(.then)
      conditional.branches.append(CaseExpression.Branch(when: test, then: try expression()))
      tallest = max(tallest, height)
    }
    guard !conditional.branches.isEmpty else { throw unexpected() }
    if take(.else) {
      conditional.otherwise = try expression()
      tallest = max(tallest, height)
    }
    leave()
    try expect(.end)
    try grow(over: tallest)
    return Expression(.conditional(conditional), span: span(from: start))
  }

  /// `CAST(value AS type)`.
  private mutating func cast() throws(ADQLError) -> Expression {
    let start = token
    advance()
    try expect(.leftParenthesis)
    try enter()
    let value = try expression()
    let tallest = height
    leave()
    try expect(.as)
    let target = try castTarget()
    try expect(.rightParenthesis)
    try grow(over: tallest)
    return Expression(.cast(value, target), span: span(from: start))
  }

  private mutating func castTarget() throws(ADQLError) -> CastTarget {
    let word = text(token).uppercased()
    if word == "DOUBLE", token.kind == .identifier {
      advance()
      guard token.kind == .identifier, text(token).uppercased() == "PRECISION" else {
        note("PRECISION")
        throw unexpected()
      }
      advance()
      return CastTarget(.doublePrecision)
    }
    guard token.kind == .identifier || token.kind == .keyword, let name = CastTarget.Name(rawValue: word) else {
      for name in CastTarget.Name.allCases { note(name.rawValue) }
      throw unexpected()
    }
    advance()
    guard name == .char || name == .varchar, take(.leftParenthesis) else { return CastTarget(name) }
    let length = try unsignedInteger()
    try expect(.rightParenthesis)
    return CastTarget(name, length: length)
  }
}
