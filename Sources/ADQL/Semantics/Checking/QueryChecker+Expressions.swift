extension QueryChecker {
  mutating func expression(_ expression: Expression) throws(ADQLError) -> CheckedExpression {
    switch expression.kind {
    case .number(let text): return try number(text, at: expression.span)
    case .string(let text): return .text(text)
    case .null: return .null
    case .column(let reference): return try column(reference)
    case .unary(let sign, let operand):
      let value = try number(try self.expression(operand), "the sign", at: operand.span)
      return sign == .minus ? .negated(value) : value
    case .binary: return try chain(expression)
    case .function(let call): return try function(call, at: expression.span)
    case .aggregate(let aggregate): return try self.aggregate(aggregate, at: expression.span)
    case .cast(let operand, let target): return try cast(operand, to: target)
    case .conditional(let written): return try conditional(written, at: expression.span)
    case .subquery(let query):
      let checked = try self.query(query)
      guard checked.resultColumns.count == 1 else {
        throw ADQLError(
          .type, "A subquery that stands for a value must select one column, not \(checked.resultColumns.count).",
          at: query.span)
      }
      return .subquery(checked, checked.resultColumns[0].type)
    }
  }

  func number(_ text: String, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    if text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text) {
      return .number(text, Int32(exactly: value) == nil ? .bigint : .integer)
    }
    guard Double(literal: text) != nil else {
      throw ADQLError(.type, "The number \(text) is too large.", at: span)
    }
    return .number(text, .double)
  }

  /// Operators lean to the left and can be many; a loop spares the stack.
  private mutating func chain(_ expression: Expression) throws(ADQLError) -> CheckedExpression {
    var first = expression
    var steps: [(BinaryOperator, left: SourceSpan, right: Expression)] = []
    while case .binary(let `operator`, let left, let right) = first.kind {
      steps.append((`operator`, left.span, right))
      first = left
    }
    var value = try self.expression(first)
    for (`operator`, span, written) in steps.reversed() {
      let right = try self.expression(written)
      if `operator` == .concatenate {
        value = .concatenation(try text(value, "||", at: span), try text(right, "||", at: written.span))
      } else {
        let (a, b) = (
          try number(value, `operator`.rawValue, at: span), try number(right, `operator`.rawValue, at: written.span)
        )
        value = .arithmetic(`operator`, a, b, a.type.arithmetic(with: b.type))
      }
    }
    return value
  }

  private func number(
    _ value: CheckedExpression, _ user: String, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    guard value.type.isNumeric || value.type == .unknown else {
      throw ADQLError(.type, "\(user) takes numbers, not \(value.type.name).", at: span)
    }
    return value
  }

  private func text(
    _ value: CheckedExpression, _ user: String, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    guard value.type.isText || value.type == .unknown else {
      throw ADQLError(.type, "\(user) takes texts, not \(value.type.name); write CAST(… AS VARCHAR).", at: span)
    }
    return value
  }

  private mutating func aggregate(_ aggregate: Aggregate, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    let isDistinct = aggregate.quantifier == .distinct
    let name = aggregate.function.rawValue
    guard let written = aggregate.argument else {
      _ = try inAggregate(name, nil, at: span)
      return .aggregate(aggregate.function, isDistinct: false, nil, .bigint)
    }
    let value = try inAggregate(name, written, at: span)
    let type: ADQLType
    switch aggregate.function {
    case .count: type = .bigint
    case .sum: type = value.type.isInteger ? .bigint : .double
    case .average: type = .double
    case .minimum, .maximum: type = value.type
    }
    let fits: Bool
    switch aggregate.function {
    case .count: fits = true
    case .sum, .average: fits = value.type.isNumeric || value.type == .unknown
    case .minimum, .maximum: fits = value.type.isOrdered
    }
    guard fits else {
      throw ADQLError(.type, "\(name) cannot be taken of \(value.type.name).", at: written.span)
    }
    return .aggregate(aggregate.function, isDistinct: isDistinct, value, type)
  }

  /// The argument of an aggregate function, when one may stand here.
  mutating func inAggregate(
    _ name: String, _ argument: Expression?, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    let clause = scopes[scopes.count - 1].clause
    let place: String? =
      switch clause {
      case .select, .having, .orderBy: nil
      case .on: "in a join's condition"
      case .where: "in WHERE; HAVING takes conditions on groups"
      case .groupBy: "in GROUP BY"
      case .aggregate: "inside another aggregate function"
      }
    if let place { throw ADQLError(.grouping, "\(name) cannot stand \(place).", at: span) }
    guard let argument else { return .null }
    let value = try insideAggregate(argument)
    let scope = scopes[scopes.count - 1]
    let columns = value.columns
    guard columns.isEmpty || columns.contains(where: scope.owns) else {
      throw ADQLError(
        .unsupported, "\(name) of columns of the query around this one is not offered; take it there.", at: span)
    }
    return value
  }

  /// A value inside an aggregate function, where no other may stand.
  mutating func insideAggregate(_ written: Expression) throws(ADQLError) -> CheckedExpression {
    let clause = scopes[scopes.count - 1].clause
    scopes[scopes.count - 1].clause = .aggregate
    defer { scopes[scopes.count - 1].clause = clause }
    return try expression(written)
  }

  private mutating func cast(_ operand: Expression, to target: CastTarget) throws(ADQLError) -> CheckedExpression {
    let value = try expression(operand)
    let from = value.type
    let type = target.name.type
    let fits: Bool
    switch type {
    case .char, .varchar: fits = from != .blob && from != .opaque
    case .timestamp: fits = from == .timestamp || from.isText
    case .point, .circle, .polygon: fits = from == type || from.isText
    default: fits = from.isNumeric || from.isText || from == .boolean
    }
    guard fits || from == .unknown else {
      throw ADQLError(.type, "\(from.name) cannot be cast to \(target.name.rawValue).", at: operand.span)
    }
    if case .text(let text) = value {
      if type == .timestamp { return try timestamp(text, at: operand.span) }
      if type.isNumeric, Double(literal: text.trimmed) == nil {
        throw ADQLError(.type, "'\(text)' is no number.", at: operand.span)
      }
    }
    // CHAR alone is CHAR(1), as in SQL.
    return .cast(value, type, length: target.length ?? (type == .char ? 1 : nil))
  }

  private mutating func conditional(
    _ written: CaseExpression, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    var compared: [(CheckedExpression, SourceSpan)] = []
    if let operand = written.operand { compared.append((try expression(operand), operand.span)) }
    var tests: [CheckedBranch.Test] = []
    var results: [(CheckedExpression, SourceSpan)] = []
    for branch in written.branches {
      switch branch.test {
      case .condition(let condition) where written.operand == nil:
        tests.append(.condition(try self.condition(condition)))
      case .value(let value) where written.operand != nil: compared.append((try expression(value), value.span))
      default:
        throw ADQLError(.syntax, "CASE takes values after an operand, and conditions without one.", at: span)
      }
      results.append((try expression(branch.result), branch.result.span))
    }
    if let otherwise = written.otherwise { results.append((try expression(otherwise), otherwise.span)) }
    let sides = try comparable(compared)
    if written.operand != nil { tests = sides.dropFirst().map { .value($0) } }
    let (values, type) = try unified(results, "The branches of CASE")
    return .conditional(
      of: sides.first, zip(tests, values).map(CheckedBranch.init),
      otherwise: written.otherwise == nil ? nil : values.last, type)
  }
}
