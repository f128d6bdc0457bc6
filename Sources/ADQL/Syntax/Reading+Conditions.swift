extension Reading {
  /// What a parenthesis in a condition can hold: only what follows it tells which.
  private enum Operand {
    case expression(Expression)
    case condition(Condition)
  }

  /// A search condition.
  mutating func condition() throws(ADQLError) -> Condition {
    try requireCondition(try disjunction())
  }

  /// Refuses a value where a condition is wanted.
  private mutating func requireCondition(_ operand: Operand) throws(ADQLError) -> Condition {
    switch operand {
    case .condition(let condition): return condition
    case .expression(let value):
      if case .function(let call) = value.kind, ["CONTAINS", "INTERSECTS"].contains(call.name.name.uppercased()) {
        let name = call.name.name.uppercased()
        throw refusal("\(name) gives 1 or 0 and is not a condition by itself: write 1=\(name)(…).", at: value.span)
      }
      throw unexpected()
    }
  }

  private mutating func disjunction() throws(ADQLError) -> Operand {
    let start = token
    let first = try conjunction()
    guard token.keyword == .or else {
      if case .condition = first { note("OR") }
      return first
    }
    var parts = [try requireCondition(first)]
    var tallest = height
    while take(.or) {
      parts.append(try requireCondition(try conjunction()))
      tallest = max(tallest, height)
    }
    try grow(over: tallest)
    return .condition(Condition(.or(parts), span: span(from: start)))
  }

  private mutating func conjunction() throws(ADQLError) -> Operand {
    let start = token
    let first = try negation()
    guard token.keyword == .and else {
      if case .condition = first { note("AND") }
      return first
    }
    var parts = [try requireCondition(first)]
    var tallest = height
    while take(.and) {
      parts.append(try requireCondition(try negation()))
      tallest = max(tallest, height)
    }
    try grow(over: tallest)
    return .condition(Condition(.and(parts), span: span(from: start)))
  }

  private mutating func negation() throws(ADQLError) -> Operand {
    let start = token
    guard take(.not) else { return try predicate() }
    try enter()
    let condition = try requireCondition(try negation())
    leave()
    try grow(over: height)
    return .condition(Condition(.not(condition), span: span(from: start)))
  }

  /// A predicate; or a value alone, when it ends where a parenthesis closes or an operator of arithmetic follows.
  private mutating func predicate() throws(ADQLError) -> Operand {
    let start = token
    if take(.exists) {
      let query = try parenthesizedQuery()
      try grow(over: height)
      return .condition(Condition(.exists(query), span: span(from: start)))
    }
    let value: Expression
    if token.kind == .leftParenthesis, peek().keyword != .select {
      switch try parenthesizedOperand() {
      case .condition(let condition): return .condition(condition)
      case .expression(let first): value = try expression(startingWith: first, at: start)
      }
    } else {
      value = try expression()
    }
    guard let kind = try predicate(of: value) else { return .expression(value) }
    return .condition(Condition(kind, span: span(from: start)))
  }

  private mutating func parenthesizedOperand() throws(ADQLError) -> Operand {
    try expect(.leftParenthesis)
    try enter()
    let operand = try disjunction()
    leave()
    try expect(.rightParenthesis)
    return operand
  }

  /// What is said of a value; `nil` when nothing is.
  private mutating func predicate(of value: Expression) throws(ADQLError) -> Condition.Kind? {
    let tallest = height
    if let comparison = comparisonOperator {
      advance()
      let right = try expression()
      try grow(over: max(tallest, height))
      return .comparison(comparison, value, right)
    }
    note("=")
    if take(.is) {
      let isNegated = take(.not)
      try expect(.null)
      try grow(over: tallest)
      return .isNull(value, isNegated: isNegated)
    }
    let isNegated = take(.not)
    if take(.between) {
      let low = try expression()
      var tallest = max(tallest, height)
      try expect(.and)
      let high = try expression()
      tallest = max(tallest, height)
      try grow(over: tallest)
      return .between(value, low: low, high: high, isNegated: isNegated)
    }
    if take(.in) { return try membership(of: value, isNegated: isNegated) }
    let ignoresCase = token.keyword == .ilike
    if take(.like) || take(.ilike) {
      let pattern = try expression()
      try grow(over: max(tallest, height))
      return .like(value, pattern: pattern, ignoresCase: ignoresCase, isNegated: isNegated)
    }
    if isNegated { throw unexpected() }
    return nil
  }

  private mutating func membership(of value: Expression, isNegated: Bool) throws(ADQLError) -> Condition.Kind {
    var tallest = height
    if holdsQuery {
      let query = try parenthesizedQuery()
      try grow(over: max(tallest, height))
      return .inQuery(value, query, isNegated: isNegated)
    }
    try expect(.leftParenthesis)
    try enter()
    var list: [Expression] = []
    repeat {
      list.append(try expression())
      tallest = max(tallest, height)
    } while take(.comma)
    leave()
    try expect(.rightParenthesis)
    try grow(over: tallest)
    return .inList(value, list, isNegated: isNegated)
  }

  /// Whether a query stands behind the parentheses that open here.
  private var holdsQuery: Bool {
    var distance = 0
    while distance <= limits.nesting, peek(distance).kind == .leftParenthesis { distance += 1 }
    return distance > 0 && (peek(distance).keyword == .select || peek(distance).keyword == .with)
  }

  var comparisonOperator: ComparisonOperator? {
    switch token.kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}
