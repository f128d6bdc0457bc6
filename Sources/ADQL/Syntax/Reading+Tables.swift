extension Reading {
  /// A table, or several joined.
  mutating func tableReference() throws(ADQLError) -> TableReference {
    try joins(after: try tablePrimary())
  }

  /// The joins that follow a table, from left to right.
  private mutating func joins(after first: TableReference) throws(ADQLError) -> TableReference {
    var left = first
    while true {
      var tallest = height
      let isNatural = take(.natural)
      let joined = try joinKind()
      guard let kind = joined else {
        if isNatural { throw unexpected() }
        return left
      }
      let right = try tablePrimary()
      tallest = max(tallest, height)
      let specification = isNatural ? Join.Specification.natural : try joinSpecification()
      try grow(over: max(tallest, height))
      left = .join(Join(kind, left, right, specification))
    }
  }

  /// `[INNER | {LEFT|RIGHT|FULL} [OUTER]] JOIN`.
  private mutating func joinKind() throws(ADQLError) -> Join.Kind? {
    if take(.join) { return .inner }
    let kind: Join.Kind
    if take(.inner) {
      kind = .inner
    } else {
      if take(.left) {
        kind = .left
      } else if take(.right) {
        kind = .right
      } else if take(.full) {
        kind = .full
      } else {
        return nil
      }
      _ = take(.outer)
    }
    try expect(.join)
    return kind
  }

  private mutating func joinSpecification() throws(ADQLError) -> Join.Specification {
    if take(.on) { return .on(try condition()) }
    guard take(.using) else { throw unexpected() }
    try expect(.leftParenthesis)
    var columns: [Identifier] = []
    repeat {
      columns.append(try name())
    } while take(.comma)
    try expect(.rightParenthesis)
    return .using(columns)
  }

  private mutating func tablePrimary() throws(ADQLError) -> TableReference {
    guard token.kind == .leftParenthesis else {
      note("(")
      let table = try tableName()
      height = 1
      return .table(table, alias: try alias())
    }
    switch try parenthesized() {
    case .reference(let reference): return reference
    case .query(let query): return try derivedTable(query)
    }
  }

  private mutating func derivedTable(_ query: Query) throws(ADQLError) -> TableReference {
    guard let alias = try alias() else {
      note("a name for the result of the subquery")
      throw unexpected()
    }
    return .subquery(query, alias: alias)
  }

  private enum Parenthesized {
    case query(Query)
    case reference(TableReference)
  }

  /// What stands in parentheses after `FROM`: a query, or tables joined. After several parentheses in a row only what
  /// follows them tells which.
  private mutating func parenthesized() throws(ADQLError) -> Parenthesized {
    try expect(.leftParenthesis)
    try enter()
    let result: Parenthesized
    if token.keyword == .select || token.keyword == .with {
      result = .query(try query())
    } else if token.kind == .leftParenthesis {
      result = try afterParentheses()
    } else {
      note("SELECT")
      result = .reference(try tableReference())
    }
    leave()
    try expect(.rightParenthesis)
    return result
  }

  private mutating func afterParentheses() throws(ADQLError) -> Parenthesized {
    let start = token
    switch try parenthesized() {
    case .reference(let first):
      return .reference(try joins(after: first))
    case .query(let inner):
      switch token.keyword {
      case .union, .except, .intersect, .order, .offset:
        return .query(try query(startingWith: operand(inner), at: start))
      default:
        if token.kind == .rightParenthesis { return .query(inner) }
        return .reference(try joins(after: try derivedTable(inner)))
      }
    }
  }
}
