extension QueryChecker {
  /// An entry of the SELECT list: a value, what is known of it, and the piece of the query it comes from.
  private struct Item {
    var value: CheckedExpression
    var column: ResultColumn
    /// Whether the query gives the name.
    var isNamed: Bool
    var span: SourceSpan
  }

  /// How many columns a SELECT list, and so a subquery or a table of WITH, may have, and how many terms GROUP BY and ORDER BY: as many as
  /// databases take.
  static let greatestColumnCount = 2000

  mutating func select(
    _ select: Select, orderBy: [OrderTerm]
  ) throws(ADQLError) -> (CheckedSelect, [CheckedOrderTerm]) {
    scopes.append(Scope())
    defer { scopes.removeLast() }
    let from = try self.from(select.from)
    scopes[scopes.count - 1].aliases = select.items.compactMap { item in
      if case .expression(_, let alias) = item { alias } else { nil }
    }
    let condition = try select.where.map { (written) throws(ADQLError) in try self.condition(written, in: .where) }
    let items = named(try self.items(of: select))
    scopes[scopes.count - 1].outputs = items.map {
      Scope.Column(name: $0.column.name, foldsCase: $0.column.foldsCase, value: $0.value)
    }
    var values = items.map(\.value)
    try checkCount(of: select.groupBy.map(\.span), in: "GROUP BY")
    let groupBy = try select.groupBy.map { (key) throws(ADQLError) in try group(key, by: values) }
    let having = try select.having.map { (written) throws(ADQLError) in try self.condition(written, in: .having) }
    let order = try orderBy.map { (term) throws(ADQLError) in
      try self.order(term, among: items.map(\.column), values: values, isDistinct: select.quantifier == .distinct)
    }

    var parts = items.map { ($0.value, $0.span) }
    for (term, written) in zip(order, orderBy) {
      if case .expression(let value) = term.key { parts.append((value, written.span)) }
    }
    if let having { parts += having.parts.map { ($0, select.having?.span ?? select.span) } }
    let isGrouped =
      !groupBy.isEmpty || having != nil || parts.contains { part in part.0.contains { $0.isAggregate } }
    if isGrouped {
      let groups = Set(groupBy)
      for (value, span) in parts { try checkGrouped(value, groups, at: span) }
      let isToldByItems = values.contains { $0.contains { $0.isAggregate } }
      if groupBy.isEmpty, !isToldByItems, let first = values.first { values[0] = first.ofOneGroup }
    }
    let checked = CheckedSelect(
      isDistinct: select.quantifier == .distinct, top: select.top, items: values, columns: items.map(\.column),
      from: from, where: condition, groupBy: groupBy, having: having,
      outerColumns: scopes[scopes.count - 1].outerColumns)
    return (checked, order)
  }

  private mutating func items(of select: Select) throws(ADQLError) -> [Item] {
    scopes[scopes.count - 1].clause = .select
    var items: [Item] = []
    for written in select.items {
      switch written {
      case .all:
        let columns = scopes[scopes.count - 1].columns
        try checkCount(items.count + columns.count, at: select.span)
        for column in columns {
          var result = metadata(of: column.value)
          (result.name, result.foldsCase) = (column.name, column.foldsCase)
          items.append(Item(value: column.value, column: result, isNamed: true, span: select.span))
        }
      case .allOf(let qualifier):
        let source = try entry(qualifier).source
        try checkCount(items.count + source.columns.count, at: qualifier.span)
        for index in source.columns.indices {
          items.append(
            Item(value: source.column(index), column: source.columns[index], isNamed: true, span: qualifier.span))
        }
      case .expression(let expression, let alias):
        try checkCount(items.count + 1, at: expression.span)
        items.append(try item(expression, alias: alias))
      }
    }
    return items
  }

  /// Refuses more terms of a clause than databases take.
  func checkCount(of terms: [SourceSpan], in clause: String) throws(ADQLError) {
    guard terms.count <= Self.greatestColumnCount else {
      throw ADQLError(
        .tooComplex, "\(clause) has more than \(Self.greatestColumnCount) terms.", at: terms[Self.greatestColumnCount])
    }
  }

  private func checkCount(_ count: Int, at span: SourceSpan) throws(ADQLError) {
    guard count <= Self.greatestColumnCount else {
      throw ADQLError(
        .tooComplex, "The SELECT list has more than \(Self.greatestColumnCount) columns; name those that are needed.",
        at: span)
    }
  }

  private mutating func item(_ expression: Expression, alias: Identifier?) throws(ADQLError) -> Item {
    let value = try self.expression(expression)
    var item = Item(value: value, column: metadata(of: value), isNamed: false, span: expression.span)
    var name = alias
    if name == nil, case .column(let reference) = expression.kind { name = reference.column }
    item.isNamed = name != nil
    (item.column.name, item.column.foldsCase) = (name?.name ?? "", name?.isDelimited != true)
    return item
  }

  /// The items with names for those that the query leaves without: regular identifiers that no other column has.
  private func named(_ items: [Item]) -> [Item] {
    var names = UniqueNames(taken: items.lazy.filter(\.isNamed).map(\.column.name))
    var items = items
    for index in items.indices where !items[index].isNamed {
      items[index].column.name = names.name(baseName(of: items[index].value) ?? "col_\(index + 1)")
    }
    return items
  }

  /// A telling name for a value: `max_target_ra`, `count_all`. It has an underscore, as no reserved word of one argument has.
  private func baseName(of value: CheckedExpression) -> String? {
    let (name, argument): (String, CheckedExpression?)
    switch value {
    case .aggregate(.count, _, nil, _): return "count_all"
    case .aggregate(let function, _, let value, _): (name, argument) = (function.rawValue.asciiLowercased, value)
    case .stringAggregate(let value, _): (name, argument) = (ADQLFunction.Name.ivoStringAgg.rawValue, value)
    case .function(let function, let arguments, _): (name, argument) = (function.rawValue, arguments.first)
    case .cast(let value, _, _), .converted(let value, _, _), .negated(let value): return baseName(of: value)
    case .merged(let values, _): return values.first.flatMap { baseName(of: $0) }
    case .column(let column):
      return "\(Self.regular(sources[column.source].columns[column.index].name))_value"
    default: return nil
    }
    guard case .column(let column)? = argument else { return nil }
    return "\(name)_\(Self.regular(sources[column.source].columns[column.index].name))"
  }

  private static func regular(_ name: String) -> String {
    String(
      name.asciiLowercased.unicodeScalars.map {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_"
      })
  }
}
