extension QueryChecker {
  /// The tables of a FROM clause; the innermost scope gets their names.
  mutating func from(_ references: [TableReference]) throws(ADQLError) -> [CheckedTable] {
    var tables: [CheckedTable] = []
    var scope = Scope()
    for reference in references {
      let (table, names) = try self.table(reference)
      tables.append(table)
      scope = try scope.joined(with: names)
    }
    scopes[scopes.count - 1].entries = scope.entries
    scopes[scopes.count - 1].columns = scope.columns
    return tables
  }

  private mutating func table(_ reference: TableReference) throws(ADQLError) -> (CheckedTable, Scope) {
    // Joins lean to the left and can be many; a loop spares the stack.
    var first = reference
    var joins: [Join] = []
    while case .join(let join) = first {
      joins.append(join)
      first = join.left
    }
    var (table, scope) = try single(first)
    for join in joins.reversed() { (table, scope) = try self.join(join, table, scope) }
    return (table, scope)
  }

  private mutating func single(_ reference: TableReference) throws(ADQLError) -> (CheckedTable, Scope) {
    switch reference {
    case .table(let name, let alias):
      if name.schema == nil, let table = common.last(where: { $0.name.isSame(as: name.table) }) {
        return source(
          .common(table.query.number), columns: table.query.resultColumns, label: alias ?? name.table,
          isAlias: alias != nil)
      }
      let table = try find(name)
      return source(.table(table), columns: table.results, label: alias ?? name.table, isAlias: alias != nil)
    case .subquery(let query, let alias):
      let checked = try self.query(query)
      return source(.query(checked), columns: checked.resultColumns, label: alias, isAlias: true)
    case .join:
      return try self.table(reference)
    }
  }

  private mutating func source(
    _ content: CheckedSource.Content, columns: [ResultColumn], label: Identifier, isAlias: Bool
  ) -> (CheckedTable, Scope) {
    let source = CheckedSource(number: sources.count, name: label.name, content: content, columns: columns)
    sources.append(source)
    var scope = Scope()
    scope.entries = [Scope.Entry(source: source, label: label, isAlias: isAlias)]
    scope.columns = columns.indices.map {
      Scope.Column(name: columns[$0].name, foldsCase: columns[$0].foldsCase, value: source.column($0))
    }
    return (.source(source), scope)
  }

  private func find(_ name: TableName) throws(ADQLError) -> Schema.Table {
    let parts = [name.catalog, name.schema, name.table].compactMap(\.self)
    let found = schema.tables(matching: parts)
    let written = parts.map(\.name).joined(separator: ".")
    guard let first = found.first else {
      let names = common.map(\.name.name) + schema.tables.map(\.name)
      let own = schema.tables.first { name.table.matches($0.ownName) }?.name
      throw ADQLError(
        .unknownTable, "There is no table \(written).", at: name.span,
        suggestion: own ?? Spelling.nearest(to: written, among: names))
    }
    guard found.count == 1 else {
      throw ADQLError(
        .ambiguousName, "\(written) could be \(found.map(\.name).joined(separator: " or ")); write the schema too.",
        at: name.span)
    }
    return first
  }

  private mutating func join(
    _ join: Join, _ left: CheckedTable, _ leftScope: Scope
  ) throws(ADQLError) -> (CheckedTable, Scope) {
    let (right, rightScope) = try table(join.right)
    var scope = try leftScope.joined(with: rightScope)
    var condition: CheckedCondition?
    switch join.specification {
    case .on(let written):
      scope.clause = .on
      scopes.append(scope)
      defer { scopes.removeLast() }
      condition = try self.condition(written)
    case .using(let names):
      for (index, name) in names.enumerated() where names[..<index].contains(where: { $0.isSame(as: name) }) {
        throw ADQLError(.duplicateName, "USING names \(name.name) twice.", at: name.span)
      }
      let pairs = try names.map { (name) throws(ADQLError) in
        (try only(name, in: leftScope, side: "left"), try only(name, in: rightScope, side: "right"), name.span)
      }
      condition = try merge(pairs, join.kind, leftScope, rightScope, into: &scope)
    case .natural:
      var pairs: [(Scope.Column, Scope.Column, SourceSpan)] = []
      let span = rightScope.entries[0].label.span
      for column in leftScope.columns {
        let name = Identifier(column.name, span: span)
        guard rightScope.columns.contains(where: { name.matches($0.name) }) else { continue }
        pairs.append((try only(name, in: leftScope, side: "left"), try only(name, in: rightScope, side: "right"), span))
      }
      condition = try merge(pairs, join.kind, leftScope, rightScope, into: &scope)
    }
    return (.join(join.kind, left, right, condition), scope)
  }

  private func only(_ name: Identifier, in scope: Scope, side: String) throws(ADQLError) -> Scope.Column {
    let found = scope.columns(named: name)
    guard let first = found.first else {
      throw ADQLError(
        .unknownColumn, "The \(side) side of the join has no column \(name.name).", at: name.span,
        suggestion: Spelling.nearest(to: name.name, among: scope.columns.map(\.name)))
    }
    guard found.count == 1 else {
      throw ADQLError(
        .ambiguousName, "The \(side) side of the join has several columns \(name.name); join with ON.", at: name.span)
    }
    return first
  }

  /// The condition that columns are equal; in the scope each pair becomes one column, the first of all.
  private func merge(
    _ pairs: [(left: Scope.Column, right: Scope.Column, span: SourceSpan)], _ kind: Join.Kind, _ left: Scope,
    _ right: Scope, into scope: inout Scope
  ) throws(ADQLError) -> CheckedCondition? {
    var conditions: [CheckedCondition] = []
    var merged: [Scope.Column] = []
    for pair in pairs {
      let (one, other) = (pair.left.value, pair.right.value)
      guard one.type.compared(with: other.type) != nil else {
        throw ADQLError(
          .type,
          "The columns \(pair.left.name) are \(one.type.name) and \(other.type.name), which cannot be equal; join with ON.",
          at: pair.span)
      }
      let sides = try comparable([(one, pair.span), (other, pair.span)])
      conditions.append(.comparison(.equal, sides[0], sides[1]))
      let value: CheckedExpression
      switch kind {
      case .inner, .left: value = one
      case .right: value = other
      case .full: value = .merged(sides, sides[0].type.joined(with: sides[1].type) ?? one.type)
      }
      merged.append(Scope.Column(name: pair.left.name, foldsCase: pair.left.foldsCase, value: value))
    }
    let hidden = Set(pairs.flatMap { [$0.left.value, $0.right.value] })
    scope.columns = merged + (left.columns + right.columns).filter { !hidden.contains($0.value) }
    return conditions.isEmpty ? nil : conditions.count == 1 ? conditions[0] : .and(conditions)
  }
}

extension CheckedSource {
  /// One of its columns, as a value.
  func column(_ index: Int) -> CheckedExpression {
    .column(CheckedColumn(source: number, index: index, type: columns[index].type))
  }

  /// The columns that a name may mean.
  func columns(matching name: Identifier) -> [Int] {
    if case .table(let table) = content { return table.columns(matching: name) }
    return name.choose(columns.indices) { columns[$0] }
  }
}
