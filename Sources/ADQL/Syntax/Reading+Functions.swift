extension Reading {
  /// A function of the language, with its arguments counted.
  mutating func function(_ keyword: Keyword) throws(ADQLError) -> Expression {
    if let aggregate = keyword.aggregate { return try self.aggregate(aggregate) }
    let start = token
    let call = FunctionCall(name: takeIdentifier(), arguments: try arguments())
    try check(call, of: keyword, at: span(from: start))
    return Expression(.function(call), span: span(from: start))
  }

  /// A call of a user-defined function.
  mutating func userFunction() throws(ADQLError) -> Expression {
    let start = token
    if let userFunctions, !userFunctions.contains(text(start).lowercased()) {
      let known = userFunctions.sorted() + Keyword.allCases.filter(\.isFunction).map(\.rawValue)
      throw ADQLError(
        .unknownFunction, "There is no function \(text(start)).", at: start.span,
        suggestion: Spelling.nearest(to: text(start), among: known))
    }
    let call = FunctionCall(name: takeIdentifier(), arguments: try arguments())
    return Expression(.function(call), span: span(from: start))
  }

  /// `([value, …])`.
  private mutating func arguments() throws(ADQLError) -> [Expression] {
    try expect(.leftParenthesis)
    height = 1
    if take(.rightParenthesis) { return [] }
    try enter()
    var values: [Expression] = []
    var tallest = 0
    repeat {
      values.append(try expression())
      tallest = max(tallest, height)
    } while take(.comma)
    leave()
    try expect(.rightParenthesis)
    try grow(over: tallest)
    return values
  }

  /// `COUNT(*)`, or `AVG([DISTINCT|ALL] value)` and its like.
  private mutating func aggregate(_ function: Aggregate.Function) throws(ADQLError) -> Expression {
    let start = token
    advance()
    try expect(.leftParenthesis)
    if function == .count, take(.asterisk) {
      try expect(.rightParenthesis)
      height = 1
      return Expression(.aggregate(Aggregate(.count, of: nil)), span: span(from: start))
    }
    try enter()
    var quantifier: SetQuantifier?
    if take(.distinct) { quantifier = .distinct } else if take(.all) { quantifier = .all }
    let value = try expression()
    leave()
    try expect(.rightParenthesis)
    try grow(over: height)
    return Expression(.aggregate(Aggregate(function, quantifier: quantifier, of: value)), span: span(from: start))
  }

  /// Refuses calls that the grammar has no form for.
  private func check(_ call: FunctionCall, of keyword: Keyword, at span: SourceSpan) throws(ADQLError) {
    let arguments = call.argumentsWithoutCoordinateSystem
    var isRight = keyword.arity?.contains(arguments.count) == true
    switch keyword {
    case .inUnit where isRight:
      guard case .string = arguments.last?.kind else {
        throw refusal("IN_UNIT wants its unit as a string: IN_UNIT(value, 'deg').", at: arguments.last?.span)
      }
    case .region where isRight:
      guard case .string = arguments.first?.kind else {
        throw refusal("REGION wants a string: REGION('CIRCLE ICRS 10 20 0.1').", at: arguments.first?.span)
      }
    case .distance:
      isRight = arguments.count != 3 && isRight
    case .circle where arguments.count == 2, .box where arguments.count == 3:
      isRight = arguments.first?.canBePosition == true
    case .polygon where !arguments.count.isMultiple(of: 2) || arguments.count < 6:
      isRight = isRight && arguments.allSatisfy(\.canBePosition)
    default: break
    }
    guard isRight else {
      throw ADQLError(
        .syntax, "\(keyword.rawValue) does not take these \(call.arguments.count) arguments: write \(keyword.forms).",
        at: span)
    }
  }
}
