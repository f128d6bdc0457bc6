extension QueryChecker {
  mutating func condition(_ condition: Condition, in clause: Scope.Clause) throws(ADQLError) -> CheckedCondition {
    scopes[scopes.count - 1].clause = clause
    return try self.condition(condition)
  }

  mutating func condition(_ condition: Condition) throws(ADQLError) -> CheckedCondition {
    let span = condition.span
    switch condition.kind {
    case .comparison(let `operator`, let left, let right):
      return try comparison(`operator`, try expression(left), try expression(right), at: span)
    case .between(let value, let low, let high, let isNegated):
      let checked = try expression(value)
      let (one, lower) = try comparable(checked, try expression(low), at: low.span)
      let (_, upper) = try comparable(checked, try expression(high), at: high.span)
      return indexed(.between(one, low: lower, high: upper, isNegated: isNegated))
    case .inList(let value, let list, let isNegated):
      let checked = try expression(value)
      var one = checked
      var others: [CheckedExpression] = []
      for item in list {
        let pair = try comparable(checked, try expression(item), at: item.span)
        one = pair.0
        others.append(pair.1)
      }
      return .inList(one, others, isNegated: isNegated)
    case .inQuery(let value, let query, let isNegated):
      let checked = try expression(value)
      let inner = try self.query(query)
      guard inner.resultColumns.count == 1 else {
        throw ADQLError(
          .type, "The subquery of IN must select one column, not \(inner.resultColumns.count).", at: query.span)
      }
      guard checked.type.isComparable(with: inner.resultColumns[0].type) else {
        throw incomparable(checked.type, inner.resultColumns[0].type, at: span)
      }
      return .inQuery(checked, inner, isNegated: isNegated)
    case .like(let value, let pattern, let ignoresCase, let isNegated):
      return .like(
        try text(value, of: "LIKE"), pattern: try text(pattern, of: "LIKE"), ignoresCase: ignoresCase,
        isNegated: isNegated)
    case .isNull(let value, let isNegated): return .isNull(try expression(value), isNegated: isNegated)
    case .exists(let query): return .exists(try self.query(query))
    case .not(let inner): return .not(try self.condition(inner))
    case .and(let conditions):
      return .and(try conditions.map { (each) throws(ADQLError) in try self.condition(each) })
    case .or(let conditions):
      return .or(try conditions.map { (each) throws(ADQLError) in try self.condition(each) })
    }
  }

  func comparison(
    _ operator: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression, at span: SourceSpan
  ) throws(ADQLError) -> CheckedCondition {
    if `operator` == .equal, let test = geometryTest(left, right) ?? geometryTest(right, left) {
      return indexed(test)
    }
    let (one, other) = try comparable(left, right, at: span)
    return indexed(.comparison(`operator`, one, other))
  }

  /// `CONTAINS(…) = 1` and the like, with the number 1 or 0.
  private func geometryTest(_ call: CheckedExpression, _ expected: CheckedExpression) -> CheckedCondition? {
    guard case .function(let name, let arguments, _) = call, name == .contains || name == .intersects,
      case .number(let digits, _) = expected, digits == "1" || digits == "0"
    else { return nil }
    return .geometryTest(name, arguments[0], arguments[1], holds: digits == "1")
  }

  /// Two values that can be compared; a text literal becomes what it stands beside.
  private func comparable(
    _ left: CheckedExpression, _ right: CheckedExpression, at span: SourceSpan
  ) throws(ADQLError) -> (CheckedExpression, CheckedExpression) {
    let one = left.type == right.type ? left : try adapted(left, to: right.type, at: span)
    let other = left.type == right.type ? right : try adapted(right, to: left.type, at: span)
    guard one.type.isComparable(with: other.type) else { throw incomparable(one.type, other.type, at: span) }
    return (one, other)
  }

  private func incomparable(_ one: ADQLType, _ other: ADQLType, at span: SourceSpan) -> ADQLError {
    let advice =
      if one.isText && other.isNumeric || one.isNumeric && other.isText {
        "write the number between single quotes, or CAST one of them."
      } else if one.isGeometry || other.isGeometry {
        "use CONTAINS, INTERSECTS or DISTANCE."
      } else {
        "CAST one of them."
      }
    return ADQLError(.type, "\(one.name) and \(other.name) cannot be compared; \(advice)", at: span)
  }

  private mutating func text(_ expression: Expression, of user: String) throws(ADQLError) -> CheckedExpression {
    let value = try self.expression(expression)
    guard value.type.isText || value.type == .timestamp || value.type == .unknown else {
      throw ADQLError(
        .type, "\(user) takes texts, not \(value.type.name); write CAST(… AS VARCHAR).", at: expression.span)
    }
    return value.type == .timestamp ? .cast(value, .varchar, length: nil) : value
  }
}
