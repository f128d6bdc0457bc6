extension TableReference: CustomStringConvertible {
  /// The reference as ADQL.
  public var description: String {
    switch self {
    case .table(let name, let alias): alias.map { "\(name) AS \($0)" } ?? name.description
    case .subquery(let query, let alias): "(\(query)) AS \(alias)"
    case .join(let join): join.description
    }
  }
}

extension Join: CustomStringConvertible {
  /// The join as ADQL.
  public var description: String {
    var text = "\(left) "
    if case .natural = specification { text += "NATURAL " }
    if kind != .inner { text += kind.rawValue + " " }
    text += "JOIN "
    if case .join = right { text += "(\(right))" } else { text += right.description }
    switch specification {
    case .natural: return text
    case .on(let condition): return text + " ON \(condition)"
    case .using(let columns): return text + " USING (" + columns.map(\.description).joined(separator: ", ") + ")"
    }
  }
}

extension Identifier: CustomStringConvertible {
  /// The name as it stands in a query: in double quotes when it was typed with them.
  public var description: String { isDelimited ? name.quoted(with: "\"") : name }
}

extension TableName: CustomStringConvertible {
  /// The name with its parts, joined by dots.
  public var description: String {
    [catalog, schema, table].compactMap { $0?.description }.joined(separator: ".")
  }
}

extension ColumnReference: CustomStringConvertible {
  /// The name with its qualifier.
  public var description: String { qualifier.map { "\($0).\(column)" } ?? column.description }
}
