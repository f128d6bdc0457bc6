/// What rows are taken from.
public indirect enum TableReference: Sendable, Equatable {
  /// A table, and the name that it has in the query.
  case table(TableName, alias: Identifier?)
  /// The result of a query, under a name.
  case subquery(Query, alias: Identifier)
  /// Two references joined.
  case join(Join)
}

/// Two table references joined to one.
public struct Join: Sendable, Equatable {
  /// Which rows without a partner are kept.
  public enum Kind: String, Sendable {
    /// None.
    case inner = "INNER"
    /// Those of the left side.
    case left = "LEFT"
    /// Those of the right side.
    case right = "RIGHT"
    /// Those of both sides.
    case full = "FULL"
  }

  /// How rows find their partners.
  public enum Specification: Sendable, Equatable {
    /// All columns of the same name are equal: `NATURAL`.
    case natural
    /// A condition holds.
    case on(Condition)
    /// The named columns are equal, and appear once in the result.
    case using([Identifier])
  }

  /// Which rows without a partner are kept.
  public var kind: Kind
  /// The reference before `JOIN`.
  public var left: TableReference
  /// The reference after `JOIN`.
  public var right: TableReference
  /// How rows find their partners.
  public var specification: Specification

  /// A join.
  public init(_ kind: Kind, _ left: TableReference, _ right: TableReference, _ specification: Specification) {
    self.kind = kind
    self.left = left
    self.right = right
    self.specification = specification
  }
}
