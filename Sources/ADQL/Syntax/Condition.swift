/// A search condition (ADQL 2.1, section 2.2.4): true, false or unknown in a row. Equality is that of structure.
public struct Condition: Sendable {
  /// The forms of a condition. `isNegated` tells `NOT` inside the predicate, as in `x NOT IN (…)`.
  public indirect enum Kind: Sendable, Equatable {
    /// `a < b` and the like.
    case comparison(ComparisonOperator, Expression, Expression)
    /// `x [NOT] BETWEEN low AND high`.
    case between(Expression, low: Expression, high: Expression, isNegated: Bool)
    /// `x [NOT] IN (a, b, …)`.
    case inList(Expression, [Expression], isNegated: Bool)
    /// `x [NOT] IN (SELECT …)`.
    case inQuery(Expression, Query, isNegated: Bool)
    /// `x [NOT] LIKE pattern`, or `ILIKE`, which ignores case.
    case like(Expression, pattern: Expression, ignoresCase: Bool, isNegated: Bool)
    /// `x IS [NOT] NULL`.
    case isNull(Expression, isNegated: Bool)
    /// `EXISTS (SELECT …)`.
    case exists(Query)
    /// `NOT …`.
    case not(Condition)
    /// Two or more conditions that must all hold; none is itself an `and`, unless it stood in parentheses.
    case and([Condition])
    /// Two or more conditions of which one must hold; none is itself an `or`, unless it stood in parentheses.
    case or([Condition])
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands; parentheses around it are not counted.
  public var span: SourceSpan

  /// A condition.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

extension Condition: Equatable {
  /// Two conditions are the same when they have the same structure, wherever they stand.
  public static func == (left: Condition, right: Condition) -> Bool { left.kind == right.kind }
}

/// How two values are compared.
public enum ComparisonOperator: String, Sendable {
  /// `=`
  case equal = "="
  /// `<>`, also written `!=`
  case notEqual = "<>"
  /// `<`
  case less = "<"
  /// `<=`
  case lessOrEqual = "<="
  /// `>`
  case greater = ">"
  /// `>=`
  case greaterOrEqual = ">="
}
