extension Expression: CustomStringConvertible {
  /// The expression as ADQL, with the parentheses that it needs.
  public var description: String { adql(within: .concatenation) }

  /// How tightly an expression holds together.
  enum Binding: Int {
    case concatenation, sum, product, sign, primary
  }

  /// The expression as ADQL, in parentheses unless it holds together at least as tightly as its surroundings ask.
  func adql(within surroundings: Binding) -> String {
    let text = bare
    return binding.rawValue < surroundings.rawValue ? "(\(text))" : text
  }

  private var binding: Binding {
    switch kind {
    case .binary(.concatenate, _, _): .concatenation
    case .binary(.add, _, _), .binary(.subtract, _, _): .sum
    case .binary(.multiply, _, _), .binary(.divide, _, _): .product
    case .unary: .sign
    default: .primary
    }
  }

  private var bare: String {
    switch kind {
    case .number(let text): text
    case .string(let text): text.quoted(with: "'")
    case .null: "NULL"
    case .column(let column): column.description
    case .unary(let sign, let operand): sign.rawValue + operand.adql(within: .primary)
    case .binary(let operation, let left, let right):
      left.adql(within: binding) + " \(operation.rawValue) "
        + right.adql(within: Binding(rawValue: binding.rawValue + 1) ?? .primary)
    case .function(let call): call.description
    case .aggregate(let aggregate): aggregate.description
    case .cast(let value, let target): "CAST(\(value) AS \(target))"
    case .conditional(let conditional): conditional.description
    case .subquery(let query): "(\(query))"
    }
  }
}

extension FunctionCall: CustomStringConvertible {
  /// The call as ADQL.
  public var description: String {
    "\(name)(" + arguments.map(\.description).joined(separator: ", ") + ")"
  }
}

extension Aggregate: CustomStringConvertible {
  /// The aggregate as ADQL.
  public var description: String {
    function.rawValue + "(" + (quantifier.map { $0.rawValue + " " } ?? "") + (argument?.description ?? "*") + ")"
  }
}

extension CastTarget: CustomStringConvertible {
  /// The type as ADQL.
  public var description: String { name.rawValue + (length.map { "(\($0))" } ?? "") }
}

extension CaseExpression: CustomStringConvertible {
  /// The choice as text of ADQL's wider family.
  public var description: String {
    var text = "CASE"
    if let operand { text += " \(operand)" }
    for branch in branches {
      switch branch.test {
      case .condition(let condition): text += " WHEN \(condition)"
      case .value(let value): text += " WHEN \(value)"
      }
      text += " THEN \(branch.result)"
    }
    if let otherwise { text += " ELSE \(otherwise)" }
    return text + " END"
  }
}
