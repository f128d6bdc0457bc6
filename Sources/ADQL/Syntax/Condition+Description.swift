extension Condition: CustomStringConvertible {
  /// The condition as ADQL, with the parentheses that it needs.
  public var description: String { adql(within: .or) }

  /// How tightly a condition holds together.
  private enum Binding: Int {
    case or, and, not, predicate
  }

  private func adql(within surroundings: Binding) -> String {
    let text = bare
    return binding.rawValue < surroundings.rawValue ? "(\(text))" : text
  }

  private var binding: Binding {
    switch kind {
    case .or: .or
    case .and: .and
    case .not: .not
    default: .predicate
    }
  }

  private var bare: String {
    switch kind {
    case .comparison(let comparison, let left, let right): "\(left) \(comparison.rawValue) \(right)"
    case .between(let value, let low, let high, let isNegated):
      "\(value) \(isNegated ? "NOT " : "")BETWEEN \(low) AND \(high)"
    case .inList(let value, let list, let isNegated):
      "\(value) \(isNegated ? "NOT " : "")IN (" + list.map(\.description).joined(separator: ", ") + ")"
    case .inQuery(let value, let query, let isNegated): "\(value) \(isNegated ? "NOT " : "")IN (\(query))"
    case .like(let value, let pattern, let ignoresCase, let isNegated):
      "\(value) \(isNegated ? "NOT " : "")\(ignoresCase ? "ILIKE" : "LIKE") \(pattern)"
    case .isNull(let value, let isNegated): "\(value) IS \(isNegated ? "NOT " : "")NULL"
    case .exists(let query): "EXISTS (\(query))"
    case .not(let condition): "NOT " + condition.adql(within: .not)
    case .and(let parts): parts.map { $0.adql(within: .not) }.joined(separator: " AND ")
    case .or(let parts): parts.map { $0.adql(within: .and) }.joined(separator: " OR ")
    }
  }
}
