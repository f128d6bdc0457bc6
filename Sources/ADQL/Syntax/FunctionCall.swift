/// A function with its arguments.
public struct FunctionCall: Sendable, Equatable {
  /// The function's name as it was typed. Case does not matter.
  public var name: Identifier
  /// The values given to it.
  public var arguments: [Expression]

  /// A call.
  public init(name: Identifier, arguments: [Expression]) {
    self.name = name
    self.arguments = arguments
  }
}

/// A value of all rows of a group.
public struct Aggregate: Sendable, Equatable {
  /// The aggregate functions of ADQL.
  public enum Function: String, Sendable {
    /// The number of values that are not null, or of rows.
    case count = "COUNT"
    /// The sum.
    case sum = "SUM"
    /// The mean.
    case average = "AVG"
    /// The least value.
    case minimum = "MIN"
    /// The greatest value.
    case maximum = "MAX"
  }

  /// What is made of the values.
  public var function: Function
  /// `DISTINCT` or `ALL`, where one was written.
  public var quantifier: SetQuantifier?
  /// The value in each row; `nil` is `COUNT(*)`.
  public var argument: Expression?

  /// An aggregate.
  public init(_ function: Function, quantifier: SetQuantifier? = nil, of argument: Expression?) {
    self.function = function
    self.quantifier = quantifier
    self.argument = argument
  }
}

/// Whether equal rows or values count once or each.
public enum SetQuantifier: String, Sendable {
  /// Each counts.
  case all = "ALL"
  /// Equal ones count once.
  case distinct = "DISTINCT"
}
