/// A query whose names are found and whose types fit, ready to be rendered.
public struct CheckedQuery: Sendable {
  /// The columns of the result.
  public internal(set) var resultColumns: [ResultColumn]
  /// The tables named by WITH.
  var common: [CheckedCommonTable] = []
  var body: CheckedBody
  var orderBy: [CheckedOrderTerm]
  var offset: Int
  /// Columns of queries around it that it uses.
  var outerColumns: Set<CheckedColumn> { body.outerColumns }
  /// A number that no other query inside the same one has.
  var number: Int
}

extension CheckedQuery: Hashable {
  /// Queries inside one query are the same when they stand in the same place.
  public static func == (left: CheckedQuery, right: CheckedQuery) -> Bool { left.number == right.number }

  /// Hashes the place.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What a query selects from: one selection, or several combined.
indirect enum CheckedBody: Sendable {
  case select(CheckedSelect)
  case set(SetOperation.Operator, keepsDuplicates: Bool, CheckedBody, CheckedBody, columns: [ResultColumn])
  case query(CheckedQuery)

  var columns: [ResultColumn] {
    switch self {
    case .select(let select): select.columns
    case .set(_, _, _, _, let columns): columns
    case .query(let query): query.resultColumns
    }
  }

  /// Columns of queries around it that it uses.
  var outerColumns: Set<CheckedColumn> {
    switch self {
    case .select(let select): select.outerColumns
    case .set(_, _, let left, let right, _): left.outerColumns.union(right.outerColumns)
    case .query(let query): query.outerColumns
    }
  }
}

/// One SELECT.
struct CheckedSelect: Sendable {
  var isDistinct: Bool
  var top: Int?
  var items: [CheckedExpression]
  /// What the items are called and what is known of them.
  var columns: [ResultColumn]
  var from: [CheckedTable]
  var `where`: CheckedCondition?
  var groupBy: [CheckedExpression]
  var having: CheckedCondition?
  /// Columns of queries around it that it uses.
  var outerColumns: Set<CheckedColumn>
}

/// What rows come from.
indirect enum CheckedTable: Sendable {
  case source(CheckedSource)
  case join(Join.Kind, CheckedTable, CheckedTable, CheckedCondition?)
}

/// A table of a FROM clause.
struct CheckedSource: Sendable {
  /// What stands behind its name.
  enum Content: Sendable {
    case table(Schema.Table)
    case query(CheckedQuery)
    /// A table of WITH, by its number in the query.
    case common(Int)
  }

  /// A number that no other table in the whole query has.
  var number: Int
  /// What columns are qualified with.
  var name: String
  var content: Content
  var columns: [ResultColumn]
}

/// A table named by WITH.
struct CheckedCommonTable: Sendable {
  var name: String
  var query: CheckedQuery
}

/// A term of ORDER BY.
struct CheckedOrderTerm: Sendable {
  enum Key: Sendable {
    /// A column of the result, counted from 0.
    case output(Int)
    case expression(CheckedExpression)
  }

  var key: Key
  var isDescending: Bool
}
