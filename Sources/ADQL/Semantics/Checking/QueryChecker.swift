/// Goes through one query and keeps what names mean at the place where it is.
struct QueryChecker {
  /// A table of WITH that can be seen.
  struct Common {
    var name: Identifier
    var query: CheckedQuery
  }

  let schema: Schema
  /// The scopes of the queries around this place, the innermost last.
  var scopes: [Scope] = []
  /// The tables of WITH that can be seen.
  var common: [Common] = []
  /// All tables of FROM clauses met so far, by their numbers.
  var sources: [CheckedSource] = []
  private var queryCount = 0

  init(schema: Schema) { self.schema = schema }

  mutating func query(_ query: Query) throws(ADQLError) -> CheckedQuery {
    let number = queryCount
    queryCount += 1
    let seen = common.count
    defer { common.removeSubrange(seen...) }
    for table in query.with {
      if common[seen...].contains(where: { $0.name.isSame(as: table.name) }) {
        throw ADQLError(
          .duplicateName, "WITH names two tables \(table.name.name); one needs another name.", at: table.name.span)
      }
      // What WITH names stands outside of the queries that use it.
      let around = scopes
      scopes = []
      defer { scopes = around }
      common.append(Common(name: table.name, query: try self.query(table.query)))
    }
    let named = common[seen...].map { CheckedCommonTable(name: $0.name.name, query: $0.query) }
    try checkCount(of: query.orderBy.map(\.span), in: "ORDER BY")
    let (body, order) = try self.body(query.body, orderBy: query.orderBy)
    return CheckedQuery(
      resultColumns: body.columns, common: named, body: body, orderBy: order, offset: query.offset ?? 0, number: number)
  }

  private mutating func body(
    _ expression: QueryExpression, orderBy: [OrderTerm] = []
  ) throws(ADQLError) -> (CheckedBody, [CheckedOrderTerm]) {
    switch expression {
    case .select(let select):
      let (checked, order) = try self.select(select, orderBy: orderBy)
      return (.select(checked), order)
    case .query(let query):
      let checked = CheckedBody.query(try self.query(query))
      return (checked, try order(orderBy, of: checked.columns))
    case .set(let operation):
      let (left, _) = try body(operation.left)
      let (right, _) = try body(operation.right)
      let columns = try combine(left.columns, right.columns, operation, at: Self.span(of: operation.right))
      let checked = CheckedBody.set(
        operation.operator, keepsDuplicates: operation.keepsDuplicates, left, right, columns: columns)
      return (checked, try order(orderBy, of: columns))
    }
  }

  /// The columns of a set operation: named after the first operand, of types that hold both.
  private func combine(
    _ left: [ResultColumn], _ right: [ResultColumn], _ operation: SetOperation, at span: SourceSpan
  ) throws(ADQLError) -> [ResultColumn] {
    let name = operation.operator.rawValue
    guard left.count == right.count else {
      throw ADQLError(
        .type, "The two sides of \(name) have \(left.count) and \(right.count) columns; they must have as many.",
        at: span)
    }
    var columns: [ResultColumn] = []
    for (index, (one, other)) in zip(left, right).enumerated() {
      guard let column = one.joined(with: other) else {
        let advice = one.type == .opaque && other.type == .opaque ? "arrays must be alike." : "CAST one of them."
        throw ADQLError(
          .type,
          "Column \(index + 1) of \(name) is \(one.typeName) on one side and \(other.typeName) on the other; \(advice)",
          at: span)
      }
      columns.append(column)
    }
    return columns
  }

  private static func span(of expression: QueryExpression) -> SourceSpan {
    switch expression {
    case .query(let query): query.span
    case .set(let operation): span(of: operation.left)
    case .select(let select): select.span
    }
  }
}
