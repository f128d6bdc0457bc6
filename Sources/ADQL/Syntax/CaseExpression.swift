/// `CASE WHEN condition THEN value … [ELSE value] END`, or `CASE operand WHEN value THEN value … [ELSE value] END`.
public struct CaseExpression: Sendable, Equatable {
  /// When a branch is taken.
  public enum Test: Sendable, Equatable {
    /// The condition holds.
    case condition(Condition)
    /// The operand equals this.
    case value(Expression)
  }

  /// One `WHEN … THEN …`.
  public struct Branch: Sendable, Equatable {
    /// When it is taken.
    public var test: Test
    /// The value then.
    public var result: Expression

    /// A branch.
    public init(when test: Test, then result: Expression) {
      self.test = test
      self.result = result
    }
  }

  /// What the branches' values are compared with; with it all tests are values, without it conditions.
  public var operand: Expression?
  /// The branches, at least one; the first that holds is taken.
  public var branches: [Branch]
  /// The value when none holds; without it null.
  public var otherwise: Expression?

  /// A choice of values.
  public init(operand: Expression? = nil, branches: [Branch], otherwise: Expression? = nil) {
    self.operand = operand
    self.branches = branches
    self.otherwise = otherwise
  }
}
