extension QueryChecker {
  /// A key of GROUP BY: a value, an alias or the number of an entry of the SELECT list.
  mutating func group(_ key: Expression, by items: [CheckedExpression]) throws(ADQLError) -> CheckedExpression {
    var value: CheckedExpression
    if case .number(let digits) = key.kind, let position = Int(digits) {
      guard items.indices.contains(position - 1) else {
        throw ADQLError(.grouping, "GROUP BY \(position): the SELECT list has \(items.count) columns.", at: key.span)
      }
      value = items[position - 1]
    } else {
      scopes[scopes.count - 1].clause = .groupBy
      value = try expression(key)
    }
    guard !value.contains(where: \.isAggregate) else {
      throw ADQLError(.grouping, "GROUP BY cannot group by an aggregate function.", at: key.span)
    }
    return value
  }

  /// A term of ORDER BY over one SELECT.
  mutating func order(
    _ term: OrderTerm, among columns: [ResultColumn], values: [CheckedExpression], isDistinct: Bool
  ) throws(ADQLError) -> CheckedOrderTerm {
    if let index = try output(term, among: columns, values: values) {
      return CheckedOrderTerm(key: .output(index), isDescending: term.isDescending)
    }
    guard case .expression(let written) = term.key else {
      throw ADQLError(.unknownColumn, "The result has no such column to sort by.", at: term.span)
    }
    scopes[scopes.count - 1].clause = .orderBy
    let value = try expression(written)
    try checkOrdered(value.type, at: term.span)
    if let index = values.firstIndex(of: value) {
      return CheckedOrderTerm(key: .output(index), isDescending: term.isDescending)
    }
    guard !isDistinct else {
      throw ADQLError(.grouping, "With SELECT DISTINCT, ORDER BY can only name what is selected.", at: term.span)
    }
    return CheckedOrderTerm(key: .expression(value), isDescending: term.isDescending)
  }

  /// Terms of ORDER BY over combined results: names or numbers of their columns.
  func order(_ terms: [OrderTerm], of columns: [ResultColumn]) throws(ADQLError) -> [CheckedOrderTerm] {
    try terms.map { (term) throws(ADQLError) in
      guard let index = try output(term, among: columns, values: nil) else {
        let written: String? =
          if case .expression(let expression) = term.key, case .column(let reference) = expression.kind {
            reference.column.name
          } else {
            nil
          }
        throw ADQLError(
          .unknownColumn, "ORDER BY after a set operation can only name columns of its result, or their numbers.",
          at: term.span, suggestion: written.flatMap { Spelling.nearest(to: $0, among: columns.map(\.name)) })
      }
      return CheckedOrderTerm(key: .output(index), isDescending: term.isDescending)
    }
  }

  /// The column of the result that a term means by its number or its name; nil when it is another expression.
  private func output(
    _ term: OrderTerm, among columns: [ResultColumn], values: [CheckedExpression]?
  ) throws(ADQLError) -> Int? {
    switch term.key {
    case .position(let position):
      guard columns.indices.contains(position - 1) else {
        throw ADQLError(
          .unknownColumn, "ORDER BY \(position): the result has \(columns.count) columns.", at: term.span)
      }
      try checkOrdered(columns[position - 1].type, at: term.span)
      return position - 1
    case .expression(let expression):
      guard case .column(let reference) = expression.kind, reference.qualifier == nil else { return nil }
      let name = reference.column
      let found = name.choose(columns.indices) { columns[$0] }
      guard let first = found.first else { return nil }
      // Two columns of one name that are the same value are no riddle.
      if found.dropFirst().contains(where: { values == nil || values?[$0] != values?[first] }) {
        throw ADQLError(
          .ambiguousName, "Several columns of the result are called \(name.name); sort by the number of one.",
          at: term.span)
      }
      try checkOrdered(columns[first].type, at: term.span)
      return first
    }
  }

  private func checkOrdered(_ type: ADQLType, at span: SourceSpan) throws(ADQLError) {
    guard type.isOrdered else {
      throw ADQLError(.type, "Values of type \(type.name) have no order to sort by.", at: span)
    }
  }

  /// Refuses a value that may differ between the rows of one group.
  func checkGrouped(
    _ value: CheckedExpression, _ groups: Set<CheckedExpression>, at span: SourceSpan
  ) throws(ADQLError) {
    if groups.contains(value) || value.isAggregate { return }
    let scope = scopes[scopes.count - 1]
    var columns: [CheckedColumn] = []
    switch value {
    case .column(let column): columns = [column]
    case .subquery(let query, _):
      columns = query.outerColumns.filter { !groups.contains(.column($0)) }
    default: break
    }
    if let column = columns.first(where: scope.owns) {
      let name = sources[column.source].columns[column.index].name
      throw ADQLError(
        .grouping, "\(name) differs between the rows of a group; put it into GROUP BY or into an aggregate function.",
        at: span)
    }
    for part in value.parts { try checkGrouped(part, groups, at: span) }
  }
}
