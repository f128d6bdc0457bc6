/// A query: named tables, selections combined, and the order of the whole (ADQL 2.1, section 2.2).
public struct Query: Sendable {
  /// The tables named by `WITH`, in their order; only the outermost query has any.
  public var with: [CommonTable]
  /// The selection, or selections combined.
  public var body: QueryExpression
  /// The order of the whole result; empty without `ORDER BY`.
  public var orderBy: [OrderTerm]
  /// How many rows of the whole result are left out at its beginning.
  public var offset: Int?
  /// Where the query stands.
  public var span: SourceSpan

  /// A query.
  public init(
    with: [CommonTable] = [], body: QueryExpression, orderBy: [OrderTerm] = [], offset: Int? = nil, span: SourceSpan
  ) {
    self.with = with
    self.body = body
    self.orderBy = orderBy
    self.offset = offset
    self.span = span
  }
}

extension Query: Equatable {
  /// Two queries are the same when they have the same structure, wherever they stand.
  public static func == (left: Query, right: Query) -> Bool {
    left.with == right.with && left.body == right.body && left.orderBy == right.orderBy && left.offset == right.offset
  }
}

/// A selection, or several combined.
///
/// When a query is one selection its `ORDER BY` sorts that selection's rows and may name columns that are not selected;
/// over a set operation it sorts the combined result.
public indirect enum QueryExpression: Sendable, Equatable {
  /// One selection.
  case select(Select)
  /// Two results combined.
  case set(SetOperation)
  /// A query in parentheses that has an order, an offset or a `TOP` of its own.
  case query(Query)
}

/// Two results combined.
public struct SetOperation: Sendable, Equatable {
  /// How they are combined.
  public enum Operator: String, Sendable {
    /// Rows of either.
    case union = "UNION"
    /// Rows of the first that the second has not.
    case except = "EXCEPT"
    /// Rows of both; binds tighter than the other two.
    case intersect = "INTERSECT"
  }

  /// How they are combined.
  public var `operator`: Operator
  /// Whether equal rows are kept: `ALL`.
  public var keepsDuplicates: Bool
  /// The first result.
  public var left: QueryExpression
  /// The second result.
  public var right: QueryExpression

  /// Two results combined.
  public init(_ operator: Operator, keepsDuplicates: Bool = false, _ left: QueryExpression, _ right: QueryExpression) {
    self.operator = `operator`
    self.keepsDuplicates = keepsDuplicates
    self.left = left
    self.right = right
  }
}

/// A table named by `WITH name AS (query)`.
public struct CommonTable: Sendable, Equatable {
  /// Its name in the rest of the query.
  public var name: Identifier
  /// Its rows.
  public var query: Query

  /// A named table.
  public init(name: Identifier, query: Query) {
    self.name = name
    self.query = query
  }
}

/// One entry of `ORDER BY`.
public struct OrderTerm: Sendable, Equatable {
  /// What is sorted by.
  public enum Key: Sendable, Equatable {
    /// A column of the result, counted from 1.
    case position(Int)
    /// A value; a name may be an alias of the result.
    case expression(Expression)
  }

  /// What is sorted by.
  public var key: Key
  /// Whether the greatest comes first: `DESC`.
  public var isDescending: Bool
  /// Where it stands.
  public var span: SourceSpan

  /// An entry.
  public init(_ key: Key, isDescending: Bool = false, span: SourceSpan) {
    self.key = key
    self.isDescending = isDescending
    self.span = span
  }

  /// Two entries are the same when they have the same structure, wherever they stand.
  public static func == (left: OrderTerm, right: OrderTerm) -> Bool {
    left.key == right.key && left.isDescending == right.isDescending
  }
}
