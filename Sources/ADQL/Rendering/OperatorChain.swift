/// Values joined by operators from left to right. Links of one rank stand in the same parentheses, `(a + b + c)`: each pair would be a level
/// for the database's parser, which has not many.
struct OperatorChain {
  private(set) var fragment: SQLFragment
  /// What stands inside the parentheses of the fragment, and what rank holds it together; nil where a dialect wrote something else than the
  /// two sides with the operator between them.
  private var inside: (text: String, rank: Int)?

  init(_ first: SQLFragment) { fragment = first }

  /// Adds an operator with its right side.
  mutating func append(_ operator: BinaryOperator, _ right: SQLFragment, type: ADQLType, in dialect: any SQLDialect) {
    let text =
      `operator` == .concatenate
      ? dialect.concatenation(fragment, right) : dialect.arithmetic(`operator`, fragment, right, type: type)
    var joined = SQLFragment(text, type: type)
    if case .number(let a)? = fragment.constant, case .number(let b)? = right.constant {
      joined.constant = `operator`.applied(to: a, b, isInteger: type.isInteger).map { .number($0) }
    }
    let end = " \(`operator`.rawValue) \(right.sql)"
    if text == "(\(fragment.sql)\(end))" {
      let left = inside.flatMap { $0.rank == `operator`.rank ? $0.text : nil } ?? fragment.sql
      inside = (left + end, `operator`.rank)
      joined.sql = "(\(left)\(end))"
    } else {
      inside = nil
    }
    fragment = joined
  }
}

extension BinaryOperator {
  /// Operators of one rank go from left to right.
  fileprivate var rank: Int {
    switch self {
    case .concatenate: 0
    case .add, .subtract: 1
    case .multiply, .divide: 2
    }
  }
}
