extension Rendering {
  mutating func expression(_ value: CheckedExpression) throws(ADQLError) -> SQLFragment {
    // Operators lean to the left and can be many; a loop spares the stack.
    var first = value
    var steps: [(BinaryOperator, CheckedExpression, ADQLType)] = []
    while true {
      if case .arithmetic(let `operator`, let left, let right, let type) = first {
        steps.append((`operator`, right, type))
        first = left
      } else if case .concatenation(let left, let right) = first {
        steps.append((.concatenate, right, .varchar))
        first = left
      } else {
        break
      }
    }
    var chain = OperatorChain(try single(first))
    for (`operator`, right, type) in steps.reversed() {
      chain.append(`operator`, try expression(right), type: type, in: dialect)
    }
    return chain.fragment
  }

  private mutating func single(_ value: CheckedExpression) throws(ADQLError) -> SQLFragment {
    var fragment: SQLFragment
    if case .function(let name, let arguments, let type) = value {
      let arguments = name == .coalesce ? try expressions(arguments, as: type) : try expressions(arguments)
      fragment = try call(name, arguments, type: type)
    } else {
      fragment = SQLFragment(try sql(of: value), type: value.type)
    }
    switch value {
    case .text(let text): fragment.constant = .text(text)
    case .null: fragment.constant = .null
    default:
      fragment.constant = value.constantNumber.map { .number($0) } ?? value.constantRegion.map { .region($0) }
    }
    for region in value.constantRegions where !dialect.isReadable(region) {
      throw ADQLError(.type, "\(region.written) is no place or area of the sky. \(region.advice)")
    }
    return fragment
  }

  /// A call of a function. Arguments come written: those of a geometry serve twice, and would double at each level if written twice.
  private func call(
    _ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType
  ) throws(ADQLError) -> SQLFragment {
    var fragment = SQLFragment(try dialect.function(name, arguments, type: type), type: type)
    if [.point, .circle, .box, .polygon, .region].contains(name) {
      fragment.constructor = SQLFragment.Constructor(name: name, arguments: arguments)
    }
    return fragment
  }

  private mutating func expressions(_ values: [CheckedExpression]) throws(ADQLError) -> [SQLFragment] {
    var fragments: [SQLFragment] = []
    for value in values { fragments.append(try expression(value)) }
    return fragments
  }

  /// Values that shall be of one type. A point, a circle or a polygon beside regions becomes one.
  private mutating func expressions(
    _ values: [CheckedExpression], as type: ADQLType
  ) throws(ADQLError) -> [SQLFragment] {
    var fragments: [SQLFragment] = []
    for value in values { fragments.append(try expression(value, as: type)) }
    return fragments
  }

  /// A value where values of a type are wanted. A point, a circle or a polygon among regions becomes one.
  mutating func expression(_ value: CheckedExpression, as type: ADQLType) throws(ADQLError) -> SQLFragment {
    let fragment = try expression(value)
    guard type == .region, value.type.isGeometry, value.type != .region else { return fragment }
    return SQLFragment(try dialect.cast(fragment, to: .region, length: nil), type: .region)
  }

  private mutating func sql(of value: CheckedExpression) throws(ADQLError) -> String {
    switch value {
    case .column(let column): return sql(of: column)
    case .merged(let values, let type):
      return try dialect.function(.coalesce, try expressions(values, as: type), type: type)
    case .number(let digits, let type): return dialect.number(digits, type: type)
    case .text(let text): return dialect.text(text)
    case .null: return "NULL"
    case .negated(let inner): return "(-\(try expression(inner).sql))"
    case .arithmetic, .concatenation, .function: return try expression(value).sql
    case .converted(let inner, let factor, _): return dialect.converted(try expression(inner), by: factor)
    case .aggregate(let function, let isDistinct, let argument, let type):
      let fragment = try argument.map { (argument) throws(ADQLError) in try expression(argument) }
      return dialect.aggregate(function, isDistinct: isDistinct, fragment, type: type)
    case .stringAggregate(let inner, let delimiter):
      return dialect.stringAggregate(try expression(inner), delimiter: try expression(delimiter))
    case .cast(let inner, let type, let length):
      return try dialect.cast(try expression(inner), to: type, length: length)
    case .conditional(let operand, let branches, let otherwise, let type):
      var text = "CASE"
      if let operand { text += " \(try expression(operand).sql)" }
      for branch in branches {
        let test =
          switch branch.test {
          case .condition(let condition): try self.condition(condition, narrows: false)
          case .value(let value): try expression(value).sql
          }
        text += " WHEN \(test) THEN \(try expression(branch.result, as: type).sql)"
      }
      if let otherwise { text += " ELSE \(try expression(otherwise, as: type).sql)" }
      return text + " END"
    case .subquery(let query, _): return try scalar(query)
    }
  }

  /// A condition. Where it must hold for a row to count, the candidates of an index may stand beside it: what it implies adds nothing but speed.
  ///
  /// - Parameter narrows: whether only rows for which it holds count; under NOT that is not so, as false and unknown differ there.
  mutating func condition(_ condition: CheckedCondition, narrows: Bool = true) throws(ADQLError) -> String {
    switch condition {
    case .comparison(let `operator`, let left, let right):
      return dialect.comparison(`operator`, try expression(left), try expression(right))
    case .geometryTest(let name, let left, let right, let holds):
      return try dialect.geometryTest(name, try expression(left), try expression(right), holds: holds)
    case .between(let value, let low, let high, let isNegated):
      let bounds = "\(try expression(low).sql) AND \(try expression(high).sql)"
      return "(\(try expression(value).sql) \(isNegated ? "NOT " : "")BETWEEN \(bounds))"
    case .inList(let value, let list, let isNegated):
      let values = try expressions(list).map(\.sql).joined(separator: ", ")
      return "(\(try expression(value).sql) \(isNegated ? "NOT " : "")IN (\(values)))"
    case .inQuery(let value, let query, let isNegated):
      // Every parenthesis is a level for the database's parser; beside AND, OR and NOT it needs none.
      return "\(try expression(value).sql) \(isNegated ? "NOT " : "")IN (\(try self.query(query)))"
    case .like(let value, let pattern, let ignoresCase, let isNegated):
      let like = dialect.like(try expression(value), pattern: try expression(pattern), ignoresCase: ignoresCase)
      return isNegated ? "(NOT \(like))" : like
    case .isNull(let value, let isNegated):
      return "(\(try expression(value).sql) IS \(isNegated ? "NOT " : "")NULL)"
    case .exists(let query): return "EXISTS (\(try self.query(query)))"
    case .not(let inner): return "(NOT \(try self.condition(inner, narrows: false)))"
    case .and(let conditions): return try self.conditions(conditions, " AND ", narrows: narrows)
    case .or(let conditions): return try self.conditions(conditions, " OR ", narrows: narrows)
    case .indexed(let exact, let use):
      let test = try self.condition(exact, narrows: narrows)
      guard narrows, let candidates = try candidates(use) else { return test }
      return "(\(candidates) AND \(test))"
    }
  }

  private mutating func conditions(
    _ conditions: [CheckedCondition], _ joint: String, narrows: Bool
  ) throws(ADQLError) -> String {
    let parts = try conditions.map { (part) throws(ADQLError) in try condition(part, narrows: narrows) }
    return Self.joined(parts[...], joint)
  }

  /// Conditions with AND or OR between them. Many are written as a balanced tree: databases bound the depth of expressions.
  private static func joined(_ parts: ArraySlice<String>, _ joint: String) -> String {
    guard parts.count > 50 else { return "(\(parts.joined(separator: joint)))" }
    let middle = parts.startIndex + parts.count / 2
    return "(\(joined(parts[..<middle], joint))\(joint)\(joined(parts[middle...], joint)))"
  }
}
