/// A value expression (ADQL 2.1, section 4.6): what has a value in a row. Equality is that of structure, wherever the two stand.
///
/// Parentheses leave no trace but the shape of the tree.
public struct Expression: Sendable {
  /// The forms of an expression.
  public indirect enum Kind: Sendable, Equatable {
    /// A number as it was typed, without sign: `12`, `12.`, `.5`, `1.5E-3`.
    case number(String)
    /// A string literal, with `''` read as one quote.
    case string(String)
    /// `NULL`.
    case null
    /// A column.
    case column(ColumnReference)
    /// A sign before an expression.
    case unary(UnaryOperator, Expression)
    /// Arithmetic, or strings put together.
    case binary(BinaryOperator, Expression, Expression)
    /// A function of the language or a user-defined one, `COALESCE`, `IN_UNIT` and geometry among them.
    case function(FunctionCall)
    /// `COUNT(*)`, or `COUNT`, `SUM`, `AVG`, `MIN`, `MAX` of a value.
    case aggregate(Aggregate)
    /// `CAST(value AS type)`.
    case cast(Expression, CastTarget)
    /// `CASE … END`, which ADQL 2.1 lacks and its users miss.
    case conditional(CaseExpression)
    /// `(SELECT …)` of one column and at most one row, which the grammar lacks too.
    case subquery(Query)
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands; parentheses around it are not counted.
  public var span: SourceSpan

  /// An expression.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

extension Expression: Equatable {
  /// Two expressions are the same when they have the same structure, wherever they stand.
  public static func == (left: Expression, right: Expression) -> Bool { left.kind == right.kind }
}

/// A sign.
public enum UnaryOperator: String, Sendable {
  /// `+`
  case plus = "+"
  /// `-`
  case minus = "-"
}

/// What joins two values to one.
public enum BinaryOperator: String, Sendable {
  /// `+`
  case add = "+"
  /// `-`
  case subtract = "-"
  /// `*`
  case multiply = "*"
  /// `/`
  case divide = "/"
  /// `||`
  case concatenate = "||"
}
