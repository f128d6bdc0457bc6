extension QueryChecker {
  mutating func expression(_ expression: Expression) throws(ADQLError) -> CheckedExpression {
    switch expression.kind {
    case .number(let text): return try number(text, at: expression.span)
    case .string(let text): return .text(text)
    case .null: return .null
    case .column(let reference): return try column(reference)
    case .unary(let sign, let operand):
      let value = try number(operand, "the sign")
      return sign == .minus ? .negated(value) : value
    case .binary(.concatenate, let left, let right):
      return .concatenation(try text(left, "||"), try text(right, "||"))
    case .binary(let `operator`, let left, let right):
      let (a, b) = (try number(left, `operator`.rawValue), try number(right, `operator`.rawValue))
      return .arithmetic(`operator`, a, b, a.type.arithmetic(with: b.type))
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

  private func number(_ text: String, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    if text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text) {
      return .number(text, Int32(exactly: value) == nil ? .bigint : .integer)
    }
    guard Double(literal: text) != nil else {
      throw ADQLError(.type, "The number \(text) is too large.", at: span)
    }
    return .number(text, .double)
  }

  private mutating func number(_ expression: Expression, _ user: String) throws(ADQLError) -> CheckedExpression {
    let value = try self.expression(expression)
    guard value.type.isNumeric || value.type == .unknown else {
      throw ADQLError(.type, "\(user) takes numbers, not \(value.type.name).", at: expression.span)
    }
    return value
  }

  private mutating func text(_ expression: Expression, _ user: String) throws(ADQLError) -> CheckedExpression {
    let value = try self.expression(expression)
    guard value.type.isText || value.type == .unknown else {
      throw ADQLError(
        .type, "\(user) takes texts, not \(value.type.name); write CAST(… AS VARCHAR).", at: expression.span)
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
    scopes[scopes.count - 1].clause = .aggregate
    defer { scopes[scopes.count - 1].clause = clause }
    let value = try expression(argument)
    let scope = scopes[scopes.count - 1]
    var columns: [CheckedColumn] = []
    _ = value.contains { part in
      if case .column(let column) = part { columns.append(column) }
      return false
    }
    guard columns.isEmpty || columns.contains(where: scope.owns) else {
      throw ADQLError(
        .unsupported, "\(name) of columns of the query around this one is not offered; take it there.", at: span)
    }
    return value
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
    return .cast(value, type, length: target.length)
  }

  private mutating func conditional(
    _ written: CaseExpression, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    let operand = try written.operand.map { (operand) throws(ADQLError) in try expression(operand) }
    var conditions: [CheckedCondition] = []
    var results: [(CheckedExpression, SourceSpan)] = []
    for branch in written.branches {
      switch branch.test {
      case .condition(let condition): conditions.append(try self.condition(condition))
      case .value(let value):
        let other = try expression(value)
        conditions.append(try comparison(.equal, operand ?? .null, other, at: value.span))
      }
      results.append((try expression(branch.result), branch.result.span))
    }
    if let otherwise = written.otherwise { results.append((try expression(otherwise), otherwise.span)) }
    let (values, type) = try unified(results, "The branches of CASE")
    return .conditional(
      zip(conditions, values).map(CheckedBranch.init), otherwise: written.otherwise == nil ? nil : values.last, type)
  }

  /// Values that shall be of one type: literals follow the others, as PostgreSQL has it.
  func unified(
    _ values: [(CheckedExpression, SourceSpan)], _ users: String
  ) throws(ADQLError) -> ([CheckedExpression], ADQLType) {
    var type = ADQLType.unknown
    for (value, span) in values where !value.isTextLiteral {
      guard let joined = type.joined(with: value.type) else {
        throw ADQLError(
          .type, "\(users) are \(type.name) and \(value.type.name); CAST one of them.", at: span)
      }
      type = joined
    }
    if type == .unknown { type = values.contains { $0.0.isTextLiteral } ? .varchar : .unknown }
    return (try values.map { (value, span) throws(ADQLError) in try adapted(value, to: type, at: span) }, type)
  }

  /// A text literal as a value of the type of what it stands beside; other values as they are.
  func adapted(
    _ value: CheckedExpression, to type: ADQLType, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    guard case .text(let text) = value else {
      return type == .timestamp && value.type.isText ? .cast(value, .timestamp, length: nil) : value
    }
    switch type {
    case .timestamp: return try timestamp(text, at: span)
    case .boolean:
      switch text.trimmed.asciiLowercased {
      case "true", "t", "1", "yes", "y", "on": return .number("1", .boolean)
      case "false", "f", "0", "no", "n", "off": return .number("0", .boolean)
      default: throw ADQLError(.type, "'\(text)' is neither true nor false.", at: span)
      }
    case _ where type.isNumeric:
      let digits = text.trimmed
      guard let first = digits.utf8.first, Double(literal: digits) != nil, digits.utf8.allSatisfy(Self.isNumberByte)
      else { throw ADQLError(.type, "'\(text)' is text; \(type.name) values go with numbers only.", at: span) }
      let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
      let value = try number(isSigned ? String(digits.dropFirst()) : digits, at: span)
      return first == UInt8(ascii: "-") ? .negated(value) : value
    default: return value
    }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
  }

  /// A literal as a timestamp; its form is looked at, so that a comparison does not fail silently.
  func timestamp(_ text: String, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    guard TimestampText.isValid(text.trimmed) else {
      throw ADQLError(
        .type, "'\(text)' is no timestamp; one looks like '2022-07-12' or '2022-07-12T14:30:00.000'.", at: span)
    }
    return .cast(.text(text), .timestamp, length: nil)
  }
}

extension CheckedExpression {
  var isTextLiteral: Bool {
    if case .text = self { true } else { false }
  }
}

extension CastTarget.Name {
  /// The type of the value that a cast gives.
  var type: ADQLType {
    switch self {
    case .smallint: .smallint
    case .integer: .integer
    case .bigint: .bigint
    case .real: .real
    case .doublePrecision: .double
    case .char: .char
    case .varchar: .varchar
    case .timestamp: .timestamp
    case .point: .point
    case .circle: .circle
    case .polygon: .polygon
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
