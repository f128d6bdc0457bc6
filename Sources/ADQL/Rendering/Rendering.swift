/// One statement while it is written. All tables get aliases that are unique in the whole statement, and all columns are qualified, so
/// that no name of the query can mean something else in the SQL.
struct Rendering {
  /// A table by the name it has in the statement, as SQL writes it, with its columns.
  struct Table {
    /// Where the names of columns come from.
    enum Columns {
      case stored(Schema.Table)
      /// The names that a query gives them, as SQL writes them.
      case named([String])
    }

    var alias: String
    var columns: Columns
  }

  let dialect: any SQLDialect
  /// The names of the indexes that were used, each once.
  private(set) var usedIndexes: [String] = []
  private var tables: [Int: Table] = [:]
  private var common: [Int: Table] = [:]
  private var aliases = UniqueNames()

  init(dialect: any SQLDialect) { self.dialect = dialect }

  mutating func query(_ query: CheckedQuery, limit: Int? = nil) throws(ADQLError) -> String {
    var text = ""
    if !query.common.isEmpty {
      var definitions: [String] = []
      for table in query.common {
        // The prefix keeps the name away from those of the database's own tables.
        let alias = alias("with_\(table.name)")
        let definition = try self.query(table.query)
        common[table.query.number] = Table(alias: alias, columns: .named(outputNames(table.query.resultColumns)))
        definitions.append("\(alias) AS (\(definition))")
      }
      text = "WITH \(definitions.joined(separator: ", ")) "
    }
    if case .query(let inner) = query.body, query.orderBy.isEmpty, query.offset == 0 {
      return text + (try self.query(inner, limit: limit))
    }
    text += try body(query.body)
    var terms: [String] = []
    for term in query.orderBy {
      let key =
        switch term.key {
        case .output(let index): "\(index + 1)"
        case .expression(let value): try self.key(value)
        }
      terms.append(dialect.orderTerm(key, isDescending: term.isDescending))
    }
    if !terms.isEmpty { text += " ORDER BY \(terms.joined(separator: ", "))" }
    var count = limit
    if case .select(let select) = query.body, let top = select.top { count = min(top, limit ?? top) }
    if count != nil || query.offset > 0 { text += " \(dialect.limit(count, offset: query.offset))" }
    return text
  }

  /// A subquery that stands for a value. Where it may give several rows, the database is made to refuse them.
  mutating func scalar(_ query: CheckedQuery) throws(ADQLError) -> String {
    let text = try self.query(query)
    guard !query.hasOneRowAtMost else { return "(\(text))" }
    let part = alias("part")
    guard let single = dialect.single("\(part).\(outputNames(query.resultColumns)[0])") else { return "(\(text))" }
    return "(SELECT \(single) FROM (\(text)) AS \(part))"
  }

  /// - Parameter columns: of the set operation that it is a part of.
  private mutating func body(_ body: CheckedBody, as columns: [ResultColumn]? = nil) throws(ADQLError) -> String {
    switch body {
    case .select(let select): return try self.select(select, as: columns)
    case .query(let query): return "SELECT * FROM (\(try self.query(query))) AS \(alias("part"))"
    case .set(let `operator`, let keepsDuplicates, let left, let right, let own):
      let columns = columns ?? own
      if keepsDuplicates, `operator` != .union, !dialect.hasIntersectAll {
        return try numbered(`operator`, left, right, as: columns)
      }
      let one = try operand(left, before: `operator`, as: columns)
      let other = try operand(right, before: nil, as: columns)
      return "\(one) \(`operator`.rawValue)\(keepsDuplicates ? " ALL" : "") \(other)"
    }
  }

  /// One side of a set operation. Databases disagree on which operation binds tighter, and some know no parentheses here.
  private mutating func operand(
    _ body: CheckedBody, before following: SetOperation.Operator?, as columns: [ResultColumn]
  ) throws(ADQLError) -> String {
    switch body {
    case .select(let select) where select.top == nil: return try self.select(select, as: columns)
    case .set(let `operator`, let keepsDuplicates, _, _, _)
    where following.map { (`operator` == .intersect) == ($0 == .intersect) } == true
      && (!keepsDuplicates || `operator` == .union || dialect.hasIntersectAll):
      return try self.body(body, as: columns)
    case .select(let select):
      let top = select.top.map { dialect.limit($0, offset: 0) } ?? ""
      return "SELECT * FROM (\(try self.select(select, as: columns)) \(top)) AS \(alias("part"))"
    case .query: return try self.body(body)
    case .set: return "SELECT * FROM (\(try self.body(body, as: columns))) AS \(alias("part"))"
    }
  }

  /// `INTERSECT ALL` and `EXCEPT ALL` without them: equal rows are numbered on both sides, which makes them differ.
  private mutating func numbered(
    _ operator: SetOperation.Operator, _ left: CheckedBody, _ right: CheckedBody, as wanted: [ResultColumn]
  ) throws(ADQLError) -> String {
    let number = dialect.identifier("row_number_in_group")
    var sides: [String] = []
    for side in [left, right] {
      let text = try operand(side, before: nil, as: wanted)
      let part = alias("part")
      let columns = outputNames(side.columns).map { "\(part).\($0)" }.joined(separator: ", ")
      sides.append(
        "SELECT \(columns), ROW_NUMBER() OVER (PARTITION BY \(columns)) AS \(number) FROM (\(text)) AS \(part)")
    }
    let whole = alias("part")
    let columns = outputNames(left.columns).map { "\(whole).\($0)" }.joined(separator: ", ")
    return "SELECT \(columns) FROM (\(sides[0]) \(`operator`.rawValue) \(sides[1])) AS \(whole)"
  }

  /// - Parameter columns: of the set operation that it is a part of.
  private mutating func select(
    _ select: CheckedSelect, as columns: [ResultColumn]? = nil
  ) throws(ADQLError) -> String {
    let from = try self.from(select.from)
    var items: [String] = []
    for (index, (item, name)) in zip(select.items, outputNames(select.columns)).enumerated() {
      items.append("\(try expression(item, as: columns?[index].type ?? item.type).sql) AS \(name)")
    }
    var text = "SELECT \(select.isDistinct ? "DISTINCT " : "")\(items.joined(separator: ", ")) FROM \(from)"
    if let condition = select.where { text += " WHERE \(try self.condition(condition))" }
    if !select.groupBy.isEmpty {
      let keys = try select.groupBy.map { (key) throws(ADQLError) in try self.key(key) }
      text += " GROUP BY \(keys.joined(separator: ", "))"
    }
    if let having = select.having { text += " HAVING \(try self.condition(having))" }
    return text
  }

  /// A value to group or to sort by. A bare number, whatever of the query became one, would mean a column of the result.
  private mutating func key(_ value: CheckedExpression) throws(ADQLError) -> String {
    let sql = try expression(value).sql
    return sql.utf8.allSatisfy(Self.numberBytes.contains) ? "(\(sql) + 0)" : sql
  }

  private static let numberBytes = ByteClass("0123456789.eE+-() ")

  // MARK: Tables

  private mutating func from(_ tables: [CheckedTable]) throws(ADQLError) -> String {
    // A comma binds less tightly than JOIN in the standard, as tightly in SQLite. That matters only for joins that keep rows of
    // their right side; these go first or into parentheses.
    var texts: [String] = []
    for table in tables.filter(\.keepsRightRows) + tables.filter({ !$0.keepsRightRows }) {
      let text = try self.table(table)
      texts.append(table.keepsRightRows && !texts.isEmpty ? "(\(text))" : text)
    }
    return texts.joined(separator: ", ")
  }

  private mutating func table(_ table: CheckedTable) throws(ADQLError) -> String {
    // Joins lean to the left and can be many; a loop spares the stack.
    var first = table
    var joins: [(Join.Kind, CheckedTable, CheckedCondition?)] = []
    while case .join(let kind, let left, let right, let condition) = first {
      joins.append((kind, right, condition))
      first = left
    }
    guard case .source(let source) = first else { return "" }
    var text = try self.source(source)
    for (kind, right, condition) in joins.reversed() {
      var other = try self.table(right)
      if case .join = right { other = "(\(other))" }
      let test = try condition.map { (condition) throws(ADQLError) in try self.condition(condition) }
      text += " \(kind == .inner ? "" : kind.rawValue + " ")JOIN \(other) ON \(test ?? "(1 = 1)")"
    }
    return text
  }

  private mutating func source(_ source: CheckedSource) throws(ADQLError) -> String {
    let text: String
    let columns: Table.Columns
    switch source.content {
    case .table(let table):
      text = dialect.table(table)
      columns = .stored(table)
    case .query(let query):
      text = "(\(try self.query(query)))"
      columns = .named(outputNames(query.resultColumns))
    case .common(let number):
      text = common[number]?.alias ?? ""
      columns = common[number]?.columns ?? .named([])
    }
    let alias = alias(source.name)
    tables[source.number] = Table(alias: alias, columns: columns)
    return "\(text) AS \(alias)"
  }

  /// A name of a table that no other in the statement has, case left aside.
  private mutating func alias(_ name: String) -> String {
    dialect.identifier(aliases.name(name.isEmpty ? "part" : name))
  }

  /// The names that columns have in the SQL: as in the query, but no two alike, case left aside.
  private func outputNames(_ columns: [ResultColumn]) -> [String] {
    var names = UniqueNames()
    return columns.map { dialect.identifier(names.name($0.name.isEmpty ? "col" : $0.name)) }
  }

  func sql(of column: CheckedColumn) -> String {
    guard let table = tables[column.source] else { return "NULL" }
    let name =
      switch table.columns {
      case .stored(let stored): dialect.identifier(stored.columns[column.index].sqlName)
      case .named(let names): names[column.index]
      }
    return "\(table.alias).\(name)"
  }

  /// The condition by which an index finds candidates, if the dialect can use it.
  mutating func candidates(_ use: IndexUse) throws(ADQLError) -> String? {
    guard let alias = tables[use.source]?.alias else { return nil }
    let fragment: SQLFragment?
    switch use.region {
    case .constant(let region): fragment = dialect.candidates(index: use.index, alias: alias, region: region)
    case .around(let longitude, let latitude, let radius):
      fragment = dialect.candidates(
        index: use.index, alias: alias, longitude: try expression(longitude), latitude: try expression(latitude),
        radius: radius)
    }
    if fragment != nil, !usedIndexes.contains(use.index.name) { usedIndexes.append(use.index.name) }
    return fragment?.sql
  }
}

extension CheckedQuery {
  /// Whether it gives no second row whatever the tables hold.
  fileprivate var hasOneRowAtMost: Bool {
    switch body {
    case .query(let query): query.hasOneRowAtMost
    case .set: false
    case .select(let select):
      select.top.map { $0 <= 1 } ?? false
        || select.groupBy.isEmpty && select.items.contains { $0.contains(where: \.isAggregate) }
    }
  }
}

extension CheckedTable {
  /// Whether a join in it keeps rows of its right side that have no partner.
  fileprivate var keepsRightRows: Bool {
    guard case .join(let kind, let left, let right, _) = self else { return false }
    return kind == .right || kind == .full || left.keepsRightRows || right.keepsRightRows
  }
}
