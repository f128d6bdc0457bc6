internal import GRDBSQLite

/// A function that queries call in SQL. Its name begins with `adql_`, so that nothing of SQLite's own is replaced.
struct SQLFunction: Sendable {
  var name: String
  /// Number of arguments; -1 for any.
  var arity: Int32
  /// Whether the same arguments always give the same.
  var isDeterministic = true
  var body: @Sendable (SQLCall) -> Void

  init(_ name: String, _ arity: Int32, isDeterministic: Bool = true, _ body: @escaping @Sendable (SQLCall) -> Void) {
    self.name = "adql_" + name
    self.arity = arity
    self.isDeterministic = isDeterministic
    self.body = body
  }

  static let all: [SQLFunction] = mathematics + strings + conversions + geometry + times

  /// SQLite's own functions that the renderer or the archive's views write.
  private static let builtIn: Set<String> = [
    "abs", "avg", "coalesce", "count", "group_concat", "like", "ltrim", "max", "min", "replace", "row_number", "sum",
    "total",
    "unicode",
  ]

  /// Whether a query may call the function.
  static func isAllowed(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("adql_") || builtIn.contains(name)
  }

  /// - Parameter watch: tells functions that take long when to stop.
  static func registerAll(on handle: OpaquePointer, watch: QueryWatch) throws(LocalArchiveError) {
    for function in all {
      let flags = SQLITE_UTF8 | (function.isDeterministic ? SQLITE_DETERMINISTIC : 0) | SQLITE_INNOCUOUS
      let code = sqlite3_create_function_v2(
        handle, function.name, function.arity, flags, Unmanaged.passRetained(Body(function.body, watch)).toOpaque(),
        { context, count, arguments in
          let body = Unmanaged<Body>.fromOpaque(sqlite3_user_data(context))
          body._withUnsafeGuaranteedRef { $0.run(SQLCall(context!, count, arguments!, $0.watch)) }
        }, nil, nil, { Unmanaged<Body>.fromOpaque($0!).release() })
      guard code == SQLITE_OK else {
        throw LocalArchiveError(.database, "The function \(function.name) cannot be added to the database.")
      }
    }
    try registerSingle(on: handle)
  }

  /// Holds a body where C can point to it.
  private final class Body {
    let run: @Sendable (SQLCall) -> Void
    let watch: QueryWatch
    init(_ run: @escaping @Sendable (SQLCall) -> Void, _ watch: QueryWatch) {
      self.run = run
      self.watch = watch
    }
  }
}
