internal import GRDBSQLite

extension SQLFunction {
  /// What the database says when `adql_single` meets a second row.
  static let moreThanOneRow = "more than one row returned by a subquery"

  /// Registers `adql_single(value)`, an aggregate: the value of the only row, NULL for none. SQLite itself takes the first of several.
  static func registerSingle(on handle: OpaquePointer) throws(LocalArchiveError) {
    let code = sqlite3_create_function_v2(
      handle, "adql_single", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, nil,
      { context, _, arguments in
        guard let slot = SQLFunction.slot(context, size: MemoryLayout<OpaquePointer?>.size) else {
          return sqlite3_result_error_nomem(context)
        }
        guard slot.pointee == nil else { return sqlite3_result_error(context, SQLFunction.moreThanOneRow, -1) }
        slot.pointee = sqlite3_value_dup(arguments?.pointee)
      },
      { context in
        guard let value = SQLFunction.slot(context, size: 0)?.pointee else { return sqlite3_result_null(context) }
        sqlite3_result_value(context, value)
        sqlite3_value_free(value)
      }, nil)
    guard code == SQLITE_OK else {
      throw LocalArchiveError(.database, "The function adql_single cannot be added to the database.")
    }
  }

  /// Where the aggregate keeps the value of its row, all zero at first; SQLite owns the memory.
  private static func slot(_ context: OpaquePointer?, size: Int) -> UnsafeMutablePointer<OpaquePointer?>? {
    sqlite3_aggregate_context(context, Int32(size))?.assumingMemoryBound(to: OpaquePointer?.self)
  }
}
