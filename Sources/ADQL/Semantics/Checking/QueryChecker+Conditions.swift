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
      let sides = try comparable(try expressions([value, low, high]))
      return indexed(.between(sides[0], low: sides[1], high: sides[2], isNegated: isNegated))
    case .inList(let value, let list, let isNegated):
      let sides = try comparable(try expressions([value] + list))
      return .inList(sides[0], Array(sides.dropFirst()), isNegated: isNegated)
    case .inQuery(let value, let query, let isNegated):
      let checked = try expression(value)
      let inner = try self.query(query)
      guard inner.resultColumns.count == 1 else {
        throw ADQLError(
          .type, "The subquery of IN must select one column, not \(inner.resultColumns.count).", at: query.span)
      }
      let type = inner.resultColumns[0].type
      let one = try adapted(checked, to: type, at: value.span)
      // What the subquery selects stays as it is: texts there would not become timestamps.
      guard one.type.compared(with: type) != nil, one.type != .timestamp || !type.isText else {
        throw incomparable(one.type, type, at: span)
      }
      return .inQuery(one, inner, isNegated: isNegated)
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
    let sides = try comparable([(left, span), (right, span)])
    return indexed(.comparison(`operator`, sides[0], sides[1]))
  }

  /// `CONTAINS(…) = 1` and the like, with the number 1 or 0.
  private func geometryTest(_ call: CheckedExpression, _ expected: CheckedExpression) -> CheckedCondition? {
    guard case .function(let name, let arguments, _) = call, name == .contains || name == .intersects,
      case .number(let digits, _) = expected, digits == "1" || digits == "0"
    else { return nil }
    return .geometryTest(name, arguments[0], arguments[1], holds: digits == "1")
  }

  /// Values that are compared with each other, of one type; text literals become what they stand beside.
  func comparable(_ values: [(CheckedExpression, SourceSpan)]) throws(ADQLError) -> [CheckedExpression] {
    let others = values.filter { !$0.0.isTextLiteral }
    guard var type = others.first?.0.type else { return values.map(\.0) }
    for (value, span) in others.dropFirst() {
      guard let common = type.compared(with: value.type) else { throw incomparable(type, value.type, at: span) }
      type = common
    }
    guard type.isOrdered else { throw incomparable(type, .varchar, at: values[0].1) }
    return try values.map { (value, span) throws(ADQLError) in try adapted(value, to: type, at: span) }
  }

  private mutating func expressions(
    _ written: [Expression]
  ) throws(ADQLError) -> [(CheckedExpression, SourceSpan)] {
    try written.map { (each) throws(ADQLError) in (try expression(each), each.span) }
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
