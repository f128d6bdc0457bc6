/// A piece of SQL that stands for a value or a condition. It can be put beside any operator: where it needs parentheses it has them.
public struct SQLFragment: Hashable, Sendable {
  /// A value that the query gives, known before it runs.
  public enum Constant: Hashable, Sendable {
    /// A number, or arithmetic of numbers.
    case number(Double)
    /// A text literal.
    case text(String)
    /// A place or an area of the sky.
    case region(ConstantRegion)
    /// NULL.
    case null
  }

  /// A geometry made on the spot: `POINT(…)` and its kin with their arguments, by which a dialect may avoid making the value.
  public struct Constructor: Hashable, Sendable {
    /// Which function makes it: `point`, `circle`, `box`, `polygon` or `region`.
    public var name: ADQLFunction.Name
    /// Its arguments, as ``SQLDialect/function(_:_:type:)`` gets them.
    public var arguments: [SQLFragment]
  }

  /// The SQL.
  public var sql: String
  /// The type of the value; `boolean` for a condition.
  public var type: ADQLType
  /// The value, where the query gives it.
  public var constant: Constant?
  /// How a geometry is made, where it is made on the spot.
  public var constructor: Constructor?

  /// A piece of SQL.
  ///
  /// - Parameters:
  ///   - sql: the SQL, in parentheses where it needs them beside an operator.
  ///   - type: the type of the value.
  ///   - constant: the value, where the query gives it.
  ///   - constructor: how a geometry is made.
  public init(_ sql: String, type: ADQLType, constant: Constant? = nil, constructor: Constructor? = nil) {
    self.sql = sql
    self.type = type
    self.constant = constant
    self.constructor = constructor
  }
}
