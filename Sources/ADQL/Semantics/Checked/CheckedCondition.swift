/// A condition whose names are found and whose types fit.
indirect enum CheckedCondition: Hashable, Sendable {
  case comparison(ComparisonOperator, CheckedExpression, CheckedExpression)
  /// `CONTAINS` or `INTERSECTS` compared with 1, or with 0.
  case geometryTest(ADQLFunction.Name, CheckedExpression, CheckedExpression, holds: Bool)
  case between(CheckedExpression, low: CheckedExpression, high: CheckedExpression, isNegated: Bool)
  case inList(CheckedExpression, [CheckedExpression], isNegated: Bool)
  case inQuery(CheckedExpression, CheckedQuery, isNegated: Bool)
  case like(CheckedExpression, pattern: CheckedExpression, ignoresCase: Bool, isNegated: Bool)
  case isNull(CheckedExpression, isNegated: Bool)
  case exists(CheckedQuery)
  case not(CheckedCondition)
  case and([CheckedCondition])
  case or([CheckedCondition])
  /// A condition that can only hold where an index finds candidates.
  case indexed(CheckedCondition, IndexUse)
}

/// An index that narrows down where a condition can hold.
struct IndexUse: Hashable, Sendable {
  /// The table.
  var source: Int
  var index: SpatialIndex
  /// Where to look.
  var region: SearchRegion
}

/// Where an index is to look.
enum SearchRegion: Hashable, Sendable {
  /// In the same place for every row.
  case constant(ConstantRegion)
  /// Around a position that another table gives, as in a cross-match; the radius is in degrees.
  case around(CheckedExpression, CheckedExpression, radius: Double)
}

extension CheckedCondition {
  /// The expressions inside, those of subqueries left out.
  var parts: [CheckedExpression] {
    switch self {
    case .comparison(_, let left, let right), .geometryTest(_, let left, let right, _): [left, right]
    case .between(let value, let low, let high, _): [value, low, high]
    case .inList(let value, let list, _): [value] + list
    case .inQuery(let value, let query, _): [value, .subquery(query, .unknown)]
    case .like(let value, let pattern, _, _): [value, pattern]
    case .isNull(let value, _): [value]
    case .exists(let query): [.subquery(query, .unknown)]
    case .not(let condition), .indexed(let condition, _): condition.parts
    case .and(let conditions), .or(let conditions): conditions.flatMap(\.parts)
    }
  }
}
