extension QueryChecker {
  /// What a column of a query means: looked for in the innermost scope first, then outwards.
  mutating func column(_ reference: ColumnReference) throws(ADQLError) -> CheckedExpression {
    if let qualifier = reference.qualifier { return try column(reference.column, of: qualifier) }
    let name = reference.column
    for depth in scopes.indices.reversed() {
      var found = scopes[depth].columns(named: name)
      let clause = scopes[depth].clause
      if found.isEmpty, depth == scopes.count - 1, clause == .orderBy || clause == .groupBy {
        found = name.choose(scopes[depth].outputs) { $0 }
      }
      guard let first = found.first else { continue }
      guard found.allSatisfy({ $0.value == first.value }) else {
        throw ADQLError(
          .ambiguousName, "\(name.name) could be a column of several tables; write the table's name before it.",
          at: name.span, suggestion: qualified(first, at: depth))
      }
      return used(first.value, at: depth)
    }
    if scopes.last?.aliases.contains(where: { $0.isSame(as: name) }) == true {
      throw ADQLError(
        .unknownColumn,
        "\(name.name) is a name of the SELECT list, which is not known here; repeat what it stands for.", at: name.span)
    }
    let known = scopes.reversed().flatMap { $0.columns.map(\.name) }
    throw ADQLError(
      .unknownColumn, "There is no column \(name.name) in the tables of this query.", at: name.span,
      suggestion: Spelling.nearest(to: name.name, among: known))
  }

  private mutating func column(_ name: Identifier, of qualifier: TableName) throws(ADQLError) -> CheckedExpression {
    for depth in scopes.indices.reversed() {
      guard let entry = try entry(qualifier, at: depth) else { continue }
      let source = entry.source
      let found = source.columns(matching: name)
      guard let index = found.first else {
        throw ADQLError(
          .unknownColumn, "\(entry.label.name) has no column \(name.name).", at: name.span,
          suggestion: Spelling.nearest(to: name.name, among: source.columns.map(\.name)))
      }
      guard found.count == 1 else {
        throw ADQLError(
          .ambiguousName,
          "\(entry.label.name) has several columns \(name.name); write the one between double quotes, or name them apart.",
          at: name.span)
      }
      return used(source.column(index), at: depth)
    }
    throw unknown(qualifier)
  }

  /// The table of the innermost query that a name before `.*` means.
  func entry(_ qualifier: TableName) throws(ADQLError) -> Scope.Entry {
    guard let entry = try entry(qualifier, at: scopes.count - 1) else { throw unknown(qualifier) }
    return entry
  }

  private func entry(_ qualifier: TableName, at depth: Int) throws(ADQLError) -> Scope.Entry? {
    let found = scopes[depth].entries(named: qualifier)
    guard found.count < 2 else {
      throw ADQLError(
        .ambiguousName, "\(qualifier.table.name) could be several tables of this query; write the schema too.",
        at: qualifier.span)
    }
    return found.first
  }

  private func unknown(_ qualifier: TableName) -> ADQLError {
    let written = [qualifier.catalog, qualifier.schema, qualifier.table].compactMap(\.?.name).joined(separator: ".")
    let entries = scopes.reversed().flatMap(\.entries)
    let renamed = entries.first { entry in
      guard entry.isAlias, case .table(let table) = entry.source.content else { return false }
      return table.name.asciiLowercased == written.asciiLowercased || qualifier.table.matches(table.ownName)
    }
    if let renamed {
      return ADQLError(
        .unknownTable, "\(written) goes by the name \(renamed.label.name) in this query.", at: qualifier.span,
        suggestion: renamed.label.name)
    }
    return ADQLError(
      .unknownTable, "No table of this query is called \(written).", at: qualifier.span,
      suggestion: Spelling.nearest(to: written, among: entries.map(\.label.name)))
  }

  /// Notes that a value of the scope at some depth is used in all scopes inside it.
  private mutating func used(_ value: CheckedExpression, at depth: Int) -> CheckedExpression {
    guard depth < scopes.count - 1 else { return value }
    for column in value.columns {
      for inner in scopes.indices where inner > depth { scopes[inner].outerColumns.insert(column) }
    }
    return value
  }

  private func qualified(_ column: Scope.Column, at depth: Int) -> String? {
    guard case .column(let value) = column.value,
      let entry = scopes[depth].entries.first(where: { $0.source.number == value.source })
    else { return nil }
    let isAlone = scopes[depth].entries.filter { $0.label.isSame(as: entry.label) }.count == 1
    guard !isAlone, case .table(let table) = entry.source.content else { return "\(entry.label.name).\(column.name)" }
    return "\(table.name).\(column.name)"
  }
}
