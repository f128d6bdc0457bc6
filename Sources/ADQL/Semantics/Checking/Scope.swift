/// The tables and columns that names can mean at one place of a query.
struct Scope {
  /// A column that an unqualified name or `*` finds.
  struct Column {
    var name: String
    var foldsCase: Bool
    var value: CheckedExpression
  }

  /// A table by the name that it has in the query.
  struct Entry {
    var source: CheckedSource
    /// The name: an alias, or the last part of the table's own.
    var label: Identifier
    var isAlias: Bool
  }

  /// Where in a query an expression stands.
  enum Clause: Equatable {
    case select
    case on
    case `where`
    case groupBy
    case having
    case orderBy
    case aggregate
  }

  /// How many tables one FROM clause may name; no database joins as many.
  static let greatestTableCount = 256

  var entries: [Entry] = []
  /// The columns in the order of `*`; those merged by USING or NATURAL once.
  var columns: [Column] = []
  var clause = Clause.select
  /// The values of the SELECT list by their names, for ORDER BY and GROUP BY.
  var outputs: [Column] = []
  /// The aliases of the SELECT list, for messages.
  var aliases: [Identifier] = []
  /// Columns of the scopes around this one that were used in it.
  var outerColumns: Set<CheckedColumn> = []

  /// Columns that an unqualified name may mean.
  func columns(named name: Identifier) -> [Column] { name.choose(columns) { $0 } }

  /// Tables that a qualifier may mean.
  func entries(named name: TableName) -> [Entry] {
    entries.filter { entry in
      if entry.isAlias {
        return name.schema == nil && entry.label.isSame(as: name.table)
      }
      guard case .table(let table) = entry.source.content else {
        return name.schema == nil && entry.label.isSame(as: name.table)
      }
      guard let schema = name.schema else { return name.table.matches(table.ownName) }
      let schemaName = table.name.prefix { $0 != "." }
      return name.catalog == nil && schema.matches(String(schemaName)) && name.table.matches(table.ownName)
    }
  }

  /// The scope of two table references side by side. A name may not be given twice; two tables that only end alike may stand together.
  func joined(with other: Scope) throws(ADQLError) -> Scope {
    for entry in other.entries {
      for present in entries where present.label.isSame(as: entry.label) && present.clashes(with: entry) {
        throw ADQLError(
          .duplicateName,
          "Two tables of this FROM clause are called \(entry.label.name); give one an alias of its own.",
          at: entry.label.span)
      }
    }
    guard entries.count + other.entries.count <= Self.greatestTableCount else {
      throw ADQLError(
        .tooComplex, "A FROM clause names more than \(Self.greatestTableCount) tables.",
        at: other.entries.first?.label.span)
    }
    var scope = self
    scope.entries += other.entries
    scope.columns += other.columns
    return scope
  }

  /// Whether a table belongs to this scope.
  func owns(_ column: CheckedColumn) -> Bool { entries.contains { $0.source.number == column.source } }
}

extension Scope.Entry {
  /// Whether a qualifier could not tell the two apart though their names are the same.
  fileprivate func clashes(with other: Scope.Entry) -> Bool {
    guard !isAlias, !other.isAlias, case .table(let mine) = source.content,
      case .table(let others) = other.source.content
    else { return true }
    return mine.name == others.name
  }
}
