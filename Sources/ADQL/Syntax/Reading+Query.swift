extension Reading {
  /// A whole text: `[WITH …] query [;]`.
  mutating func statement() throws(ADQLError) -> Query {
    let start = token
    var with: [CommonTable] = []
    var tallest = 0
    if take(.with) {
      repeat {
        with.append(try commonTable())
        tallest = max(tallest, height)
      } while take(.comma)
    }
    var query = try query()
    query.with = with
    query.span = span(from: start)
    height = max(height, tallest)
    _ = take(.semicolon)
    guard token.kind == .endOfQuery else {
      note("the end of the query")
      throw unexpected()
    }
    return query
  }

  /// `name AS (query)`.
  private mutating func commonTable() throws(ADQLError) -> CommonTable {
    let name = try name()
    try expect(.as)
    return CommonTable(name: name, query: try parenthesizedQuery())
  }

  /// A query between parentheses.
  mutating func parenthesizedQuery() throws(ADQLError) -> Query {
    try expect(.leftParenthesis)
    try enter()
    let query = try query()
    leave()
    try expect(.rightParenthesis)
    return query
  }

  /// Selections combined, with the order and the offset of the whole.
  ///
  /// - Parameter first: an operand that has been read already, `nil` when all is to come.
  mutating func query(startingWith first: QueryExpression? = nil, at start: Token? = nil) throws(ADQLError) -> Query {
    let start = start ?? token
    let body = try setExpression(startingWith: first)
    var tallest = height
    var orderBy: [OrderTerm] = []
    if take(.order) {
      try expect(.by)
      repeat {
        orderBy.append(try orderTerm())
        tallest = max(tallest, height)
      } while take(.comma)
    }
    let offset = take(.offset) ? try unsignedInteger() : nil
    if case .query(let inner) = body, orderBy.isEmpty, offset == nil {
      height = tallest
      return inner
    }
    try grow(over: tallest)
    return Query(body: body, orderBy: orderBy, offset: offset, span: span(from: start))
  }

  /// Selections combined by `UNION` and `EXCEPT`, from left to right; `INTERSECT` binds tighter.
  private mutating func setExpression(startingWith first: QueryExpression?) throws(ADQLError) -> QueryExpression {
    var left = try setTerm(startingWith: first)
    while true {
      let tallest = height
      let operation: SetOperation.Operator
      if take(.union) { operation = .union } else if take(.except) { operation = .except } else { return left }
      let keepsDuplicates = take(.all)
      let right = try setTerm(startingWith: nil)
      try grow(over: max(tallest, height))
      left = .set(SetOperation(operation, keepsDuplicates: keepsDuplicates, left, right))
    }
  }

  private mutating func setTerm(startingWith first: QueryExpression?) throws(ADQLError) -> QueryExpression {
    var left: QueryExpression
    if let first { left = first } else { left = try setOperand() }
    while true {
      let tallest = height
      guard take(.intersect) else { return left }
      let keepsDuplicates = take(.all)
      let right = try setOperand()
      try grow(over: max(tallest, height))
      left = .set(SetOperation(.intersect, keepsDuplicates: keepsDuplicates, left, right))
    }
  }

  private mutating func setOperand() throws(ADQLError) -> QueryExpression {
    guard token.kind == .leftParenthesis else { return .select(try select()) }
    return operand(try parenthesizedQuery())
  }

  /// A query that stood in parentheses as part of another: the parentheses only count when it has an order, an offset or a TOP, which come
  /// before those of what is around them.
  func operand(_ query: Query) -> QueryExpression {
    if case .select(let select) = query.body, select.top != nil { return .query(query) }
    return query.orderBy.isEmpty && query.offset == nil ? query.body : .query(query)
  }

  /// `{position | value} [ASC|DESC]`.
  private mutating func orderTerm() throws(ADQLError) -> OrderTerm {
    let start = token
    let key: OrderTerm.Key
    if token.keyword?.isFunction == true, ![.leftParenthesis, .period].contains(peek().kind) {
      // `DISTANCE(…) AS distance … ORDER BY distance` is not to the letter, but what people write.
      let column = ColumnReference(column: takeIdentifier())
      key = .expression(Expression(.column(column), span: column.span))
      height = 1
    } else {
      let value = try expression()
      if case .number(let text) = value.kind, let position = Int(text) {
        key = .position(position)
      } else {
        key = .expression(value)
      }
    }
    let isDescending = take(.desc)
    if !isDescending { _ = take(.asc) }
    return OrderTerm(key, isDescending: isDescending, span: span(from: start))
  }

  mutating func unsignedInteger() throws(ADQLError) -> Int {
    guard token.kind == .integer else {
      note("a whole number without sign")
      throw unexpected()
    }
    guard let value = Int(text(token)) else { throw refusal("The number \(text(token).prefix(40)) is too large.") }
    advance()
    return value
  }
}
