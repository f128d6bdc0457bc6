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
    _ left: [ResultColumn], _ right: [ResultColumn], _ operation: SetOperation, at span: SourceSpan?
  ) throws(ADQLError) -> [ResultColumn] {
    let name = operation.operator.rawValue
    guard left.count == right.count else {
      throw ADQLError(
        .type, "The two sides of \(name) have \(left.count) and \(right.count) columns; they must have as many.",
        at: span)
    }
    var columns: [ResultColumn] = []
    for (index, (one, other)) in zip(left, right).enumerated() {
      guard let type = one.type.joined(with: other.type) else {
        throw ADQLError(
          .type,
          "Column \(index + 1) of \(name) is \(one.type.name) on one side and \(other.type.name) on the other; CAST one of them.",
          at: span)
      }
      var column = one
      if type != one.type {
        column = type == other.type ? other : ResultColumn(name: one.name, type: type)
        column.name = one.name
      } else if one.arraySize != other.arraySize, one.type.isText {
        column.arraySize = "*"
      }
      if one.unit != other.unit, one.type != .unknown, other.type != .unknown { column.unit = nil }
      columns.append(column)
    }
    return columns
  }

  private static func span(of expression: QueryExpression) -> SourceSpan? {
    switch expression {
    case .query(let query): query.span
    case .set(let operation): span(of: operation.left)
    case .select(let select): select.items.lazy.compactMap(\.span).first
    }
  }
}

extension SelectItem {
  /// Where the entry stands; `*` does not say.
  var span: SourceSpan? {
    switch self {
    case .all: nil
    case .allOf(let table): table.span
    case .expression(let expression, _): expression.span
    }
  }
}
