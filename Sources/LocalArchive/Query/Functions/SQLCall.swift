internal import GRDBSQLite

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A call of an SQL function by the database: its arguments, and where the result goes.
struct SQLCall {
  let context: OpaquePointer
  let count: Int
  private let arguments: UnsafeMutablePointer<OpaquePointer?>
  private let watch: QueryWatch

  init(
    _ context: OpaquePointer, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>, _ watch: QueryWatch
  ) {
    self.watch = watch
    self.context = context
    self.count = Int(count)
    self.arguments = arguments
  }

  /// The storage class of an argument: `SQLITE_INTEGER`, `SQLITE_FLOAT`, `SQLITE_TEXT`, `SQLITE_BLOB` or `SQLITE_NULL`.
  func storage(_ index: Int) -> Int32 { sqlite3_value_type(arguments[index]) }

  func isNull(_ index: Int) -> Bool { storage(index) == SQLITE_NULL }

  /// An argument as a number; `nil` when it is NULL or none.
  func double(_ index: Int) -> Double? {
    switch storage(index) {
    case SQLITE_FLOAT, SQLITE_INTEGER: sqlite3_value_double(arguments[index])
    case SQLITE_TEXT: text(index).flatMap { Double($0.trimmingBlanks) }
    default: nil
    }
  }

  /// An argument as a whole number; `nil` when it is none.
  func integer(_ index: Int) -> Int64? {
    switch storage(index) {
    case SQLITE_INTEGER: sqlite3_value_int64(arguments[index])
    case SQLITE_FLOAT: Int64(exactly: sqlite3_value_double(arguments[index]).rounded(.toNearestOrEven))
    case SQLITE_TEXT: text(index).flatMap { Int64($0.trimmingBlanks) }
    default: nil
    }
  }

  /// The bytes of an argument, valid during the call: of a blob as they are, of anything else as text.
  func bytes(_ index: Int) -> UnsafeRawBufferPointer? {
    let value = arguments[index]
    switch sqlite3_value_type(value) {
    case SQLITE_NULL: return nil
    case SQLITE_BLOB:
      let start = sqlite3_value_blob(value)
      return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    default:
      let start = sqlite3_value_text(value)
      return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }
  }

  func text(_ index: Int) -> String? { bytes(index).map { String(decoding: $0, as: UTF8.self) } }

  func give(_ value: Double?) {
    if let value, !value.isNaN { sqlite3_result_double(context, value) } else { sqlite3_result_null(context) }
  }

  func give(_ value: Int64?) {
    if let value { sqlite3_result_int64(context, value) } else { sqlite3_result_null(context) }
  }

  /// 1 or 0, NULL for `nil`.
  func give(_ value: Bool?) { give(value.map { $0 ? Int64(1) : 0 }) }

  func give(_ text: String?) {
    guard var text else { return sqlite3_result_null(context) }
    text.withUTF8 { give(text: UnsafeRawBufferPointer($0)) }
  }

  /// A text given as UTF-8; it is copied.
  func give(text: UnsafeRawBufferPointer) {
    let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
    sqlite3_result_text64(context, start, UInt64(text.count), Self.transient, UInt8(SQLITE_UTF8))
  }

  func give(blob: [UInt8]?) {
    guard let blob else { return sqlite3_result_null(context) }
    blob.withUnsafeBytes { sqlite3_result_blob64(context, $0.baseAddress, UInt64($0.count), Self.transient) }
  }

  /// The argument itself.
  func give(argument index: Int) { sqlite3_result_value(context, arguments[index]) }

  /// Ends the statement with an error.
  func fail(_ message: String) { sqlite3_result_error(context, message, -1) }

  /// Ends the statement because its time is over, or because it was cancelled.
  func giveUp() { sqlite3_result_error_code(context, SQLITE_INTERRUPT) }

  /// Counts the steps of work that may be long.
  var patience: Patience { Patience(watch) }

  /// One of the bounds of the connection, by SQLite's number for it.
  func limit(_ number: Int32) -> Int { Int(sqlite3_limit(sqlite3_context_db_handle(context), number, -1)) }

  /// What was kept beside a constant argument in an earlier row of the same run.
  func kept(_ index: Int) -> UnsafeMutableRawPointer? { sqlite3_get_auxdata(context, Int32(index)) }

  /// Keeps an object beside a constant argument, until the statement ends.
  func keep(_ object: AnyObject, beside index: Int) {
    sqlite3_set_auxdata(context, Int32(index), Unmanaged.passRetained(object).toOpaque()) {
      if let pointer = $0 { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
    }
  }

  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

extension StringProtocol {
  /// The text without blanks around it.
  var trimmingBlanks: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[endIndex...]
    }
    return self[first...last]
  }
}
