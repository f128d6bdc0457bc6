internal import GRDB
public import Holdings
public import SkyGeometry

extension ArchiveStore {
  /// A row that a query found, by its place in the table.
  public struct Hit: Sendable, Hashable {
    /// Key of the row inside the store.
    public var key: Int64
    /// Distance from the centre of the search, arcseconds; 0 inside the footprint; `nil` where no position was asked for.
    public var distance: Double?
  }

  /// Finds the rows of a table that pass all filters, in the archive's order. Only their keys are read; ``rows(of:columns:keys:)``
  /// fetches them piece by piece.
  /// - Parameters:
  ///   - table: the table to search.
  ///   - filters: conditions, all of which hold.
  ///   - circle: for observations, a circle that the footprint has to touch.
  public func find(
    in table: ArchiveTable, matching filters: [Filter] = [], touching circle: SkyCircle? = nil
  ) throws(LocalArchiveError) -> [Hit] {
    guard filters.count <= 200 else {
      throw LocalArchiveError(.unsuitableValue, "A query may have 200 filters, not \(filters.count).")
    }
    var conditions: [SQLCondition] = []
    for filter in filters { conditions.append(try filter.condition(in: table)) }
    let condition = SQLCondition.all(conditions)
    return try read { db in
      guard let circle else {
        let sql = "SELECT \"row\" FROM \(table.quotedName) WHERE \(condition.sql) ORDER BY \"row\""
        return try Int64.fetchAll(db, sql: sql, arguments: StatementArguments(condition.arguments)).map { Hit(key: $0) }
      }
      return try Self.hits(touching: circle, condition, db)
    }
  }

  /// Finds the products of observations, parent by parent in the order asked for.
  public func findProducts(ofObservations numbers: [Int64]) throws(LocalArchiveError) -> [Hit] {
    try read { db in
      let statement = try db.makeStatement(sql: "SELECT \"row\" FROM products WHERE parent_obsid = ? ORDER BY \"row\"")
      return try numbers.flatMap { try Int64.fetchAll(statement, arguments: [$0]).map { Hit(key: $0) } }
    }
  }

  /// Fetches rows by key, in the order of the keys; a row that has gone meanwhile is left out.
  public func rows(
    of table: ArchiveTable, columns: [ArchiveTable.Column], keys: some Collection<Int64>
  ) throws(LocalArchiveError) -> [[Cell]] {
    let rows = try rowsByKey(of: table, columns: columns, keys: keys)
    return keys.compactMap { rows[$0] }
  }

  /// Fetches rows by key; a row that has gone meanwhile is left out.
  public func rowsByKey(
    of table: ArchiveTable, columns: [ArchiveTable.Column], keys: some Collection<Int64>
  ) throws(LocalArchiveError) -> [Int64: [Cell]] {
    try read { db in
      let names = columns.map { ", " + ArchiveTable.quoted($0.name) }.joined()
      // Not cached: callers choose the columns, and every choice would stay in memory.
      let statement = try db.makeStatement(sql: "SELECT \"row\"\(names) FROM \(table.quotedName) WHERE \"row\" = ?")
      var rows: [Int64: [Cell]] = [:]
      for key in keys {
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
        rows[key] = columns.indices.map { columns[$0].cell(row[$0 + 1]) }
      }
      return rows
    }
  }

  /// The observations that pass all filters, in the archive's order.
  public func observations(
    matching filters: [Filter] = [], touching circle: SkyCircle? = nil
  ) throws(LocalArchiveError) -> [Observation] {
    try fetch(.observations, try find(in: .observations, matching: filters, touching: circle))
  }

  /// The products of observations, parent by parent in the order asked for.
  public func products(ofObservations numbers: [Int64]) throws(LocalArchiveError) -> [Product] {
    try fetch(.products, try findProducts(ofObservations: numbers))
  }

  /// The products that pass all filters; a file stands once for each observation that lists it.
  public func products(matching filters: [Filter]) throws(LocalArchiveError) -> [Product] {
    try fetch(.products, try find(in: .products, matching: filters))
  }

  /// The keyword rows of a service that pass all filters.
  /// - Parameters:
  ///   - service: the keyword service.
  ///   - names: names of the columns wanted, `nil` for all.
  ///   - filters: conditions, all of which hold.
  public func keywordRows(
    of service: KeywordService, columns names: [String]? = nil, matching filters: [Filter] = []
  ) throws(LocalArchiveError) -> [KeywordRow] {
    let table = ArchiveTable.keywords(service)
    var columns = table.columns
    if let names {
      columns = []
      for name in names { columns.append(try table.column(named: name)) }
    }
    let keys = try find(in: table, matching: filters).map(\.key)
    return try rows(of: table, columns: columns, keys: keys).map { cells in
      var row = KeywordRow(service: service, cells: [:])
      for (column, cell) in zip(columns, cells) where cell != .null { row.cells[column.name] = cell }
      return row
    }
  }

  private func fetch<R: ArchiveRow>(_ table: ArchiveTable, _ hits: [Hit]) throws(LocalArchiveError) -> [R] {
    try rows(of: table, columns: table.columns, keys: hits.map(\.key)).map { cells in
      var row = R()
      for (column, cell) in zip(R.columns, cells) where cell != .null { column.store(&row, cell) }
      return row
    }
  }
}
