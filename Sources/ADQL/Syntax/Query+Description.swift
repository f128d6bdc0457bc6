extension Query: CustomStringConvertible {
  /// The query as ADQL, on one line; reading it gives the same tree again.
  public var description: String {
    var text = ""
    if !with.isEmpty {
      text = "WITH " + with.map { "\($0.name) AS (\($0.query))" }.joined(separator: ", ") + " "
    }
    text += body.description
    if !orderBy.isEmpty { text += " ORDER BY " + orderBy.map(\.description).joined(separator: ", ") }
    if let offset { text += " OFFSET \(offset)" }
    return text
  }
}

extension QueryExpression: CustomStringConvertible {
  /// The selection, or the selections combined, as ADQL.
  public var description: String { adql(within: .union) }

  /// How tightly selections hold together.
  private enum Binding: Int {
    case union, intersection, primary
  }

  private func adql(within surroundings: Binding) -> String {
    switch self {
    case .select(let select): return select.description
    case .query(let query): return "(\(query))"
    case .set(let set):
      let binding = set.operator == .intersect ? Binding.intersection : .union
      let text =
        set.left.adql(within: binding) + " \(set.operator.rawValue)" + (set.keepsDuplicates ? " ALL " : " ")
        + set.right.adql(within: binding == .union ? .intersection : .primary)
      return binding.rawValue < surroundings.rawValue ? "(\(text))" : text
    }
  }
}

extension Select: CustomStringConvertible {
  /// The selection as ADQL.
  public var description: String {
    var text = "SELECT "
    if let quantifier { text += quantifier.rawValue + " " }
    if let top { text += "TOP \(top) " }
    text += items.map(\.description).joined(separator: ", ")
    text += " FROM " + from.map(\.description).joined(separator: ", ")
    if let condition = self.where { text += " WHERE \(condition)" }
    if !groupBy.isEmpty { text += " GROUP BY " + groupBy.map(\.description).joined(separator: ", ") }
    if let having { text += " HAVING \(having)" }
    return text
  }
}

extension SelectItem: CustomStringConvertible {
  /// The entry as ADQL.
  public var description: String {
    switch self {
    case .all: "*"
    case .allOf(let table): "\(table).*"
    case .expression(let value, let alias): alias.map { "\(value) AS \($0)" } ?? value.description
    }
  }
}

extension OrderTerm: CustomStringConvertible {
  /// The entry as ADQL.
  public var description: String {
    let direction = isDescending ? " DESC" : ""
    return switch key {
    case .position(let position): "\(position)\(direction)"
    case .expression(let value): "\(value)\(direction)"
    }
  }
}
