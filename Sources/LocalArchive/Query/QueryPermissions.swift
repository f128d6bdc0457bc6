internal import GRDBSQLite

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// What the statements of a connection may read: the second line of defence behind the check of the ADQL.
///
/// Owned by one connection and used on its thread.
final class QueryPermissions {
  /// Tables and views that statements may read, in lower case: those that queries may name, what the views among them are made of,
  /// and the tables of spatial indexes.
  var readable: Set<String> = [] { didSet { lastRead = [] } }
  /// The temporary tables of the present query's uploads, in lower case.
  var uploads: Set<String> = [] { didSet { lastRead = [] } }
  /// Whether statements of our own run, which may do anything that the connection can.
  private var isTrusted = true
  /// The table that was allowed last, as C has it: SQLite asks for each column of a view by itself.
  private var lastRead: [CChar] = []
  /// The tables that a trusted statement reads, where that is being asked.
  private var record: Set<String>?

  func install(on handle: OpaquePointer) {
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        let permissions = Unmanaged<QueryPermissions>.fromOpaque(context!).takeUnretainedValue()
        return permissions.allows(action, first, second) ? SQLITE_OK : SQLITE_DENY
      }, Unmanaged.passUnretained(self).toOpaque())
    isTrusted = false
  }

  /// Runs work of our own, such as making the tables of uploads.
  func trusting<Value, Failure: Error>(_ work: () throws(Failure) -> Value) throws(Failure) -> Value {
    isTrusted = true
    defer { isTrusted = false }
    return try work()
  }

  /// The tables that statements prepared in `work` read, views and what is behind them, in lower case.
  func recording<Failure: Error>(_ work: () throws(Failure) -> Void) throws(Failure) -> Set<String> {
    record = []
    defer { record = nil }
    try trusting(work)
    return record ?? []
  }

  private func allows(
    _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
  ) -> Bool {
    if isTrusted {
      if action == SQLITE_READ, record != nil { record?.insert(text(first).lowercased()) }
      return true
    }
    switch action {
    case SQLITE_SELECT: return true
    case SQLITE_FUNCTION: return SQLFunction.isAllowed(text(second))
    case SQLITE_READ:
      guard let first else { return false }
      if !lastRead.isEmpty, strcmp(first, lastRead) == 0 { return true }
      let table = String(cString: first).lowercased()
      guard readable.contains(table) || uploads.contains(table) else {
        // Of a table named by WITH of which no column is read, SQLite asks for the name alone. The renderer begins such names so, and no
        // table of the archive does.
        return table.hasPrefix("with_") && second.map { $0.pointee == 0 } == true
      }
      lastRead = Array(UnsafeBufferPointer(start: first, count: strlen(first) + 1))
      return true
    default: return false
    }
  }

  private func text(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
