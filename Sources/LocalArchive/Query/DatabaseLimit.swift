internal import GRDBSQLite

/// The bounds that SQLite itself has. It tells one that a query goes beyond in words alone: its code is that of any mistake.
enum DatabaseLimit {
  /// SQLite's own words, which our functions use too.
  static let patternTooLong = "LIKE or GLOB pattern too complex"

  /// What a person is told of a bound, with what to do.
  /// - Parameters:
  ///   - message: what SQLite says of its failure.
  ///   - number: tells a bound by SQLite's number for it.
  /// - Returns: a sentence or two; `nil` when SQLite speaks of no bound.
  static func reason(_ message: String, number: (Int32) -> Int32) -> String? {
    func says(_ words: String) -> Bool { message.hasPrefix(words) }
    if says("at most "), message.hasSuffix(" tables in a join") {
      return "The query joins too many tables, counting those that views are made of: \(message). Join fewer at a time."
    }
    if says("too many FROM clause terms") {
      return "The query names too many tables in a FROM clause: \(message). Join fewer at a time."
    }
    if says("too many columns") || says("too many terms in ORDER BY") || says("too many terms in GROUP BY") {
      return
        "The query has more columns in SELECT, GROUP BY or ORDER BY than the \(number(SQLITE_LIMIT_COLUMN)) allowed. Ask for fewer."
    }
    if says("too many terms in compound SELECT") {
      return
        "The query puts more than \(number(SQLITE_LIMIT_COMPOUND_SELECT)) SELECTs together with UNION, INTERSECT or EXCEPT. Ask for some at a time."
    }
    if says("too many arguments on ") {
      return "The query calls a function with more than \(number(SQLITE_LIMIT_FUNCTION_ARG)) arguments. Give fewer."
    }
    if says(patternTooLong) {
      return
        "The query has a pattern for LIKE, ILIKE or ivo_hasword of more than \(number(SQLITE_LIMIT_LIKE_PATTERN_LENGTH)) bytes. Look for less text."
    }
    if says("Expression tree is too large") || says("parser stack overflow") || says("too many references to ") {
      return
        "The query has an expression that is too deep or too long. Split the query, or upload long lists as a table."
    }
    if says("statement too long") {
      return
        "The query makes a statement of more than \(number(SQLITE_LIMIT_SQL_LENGTH)) bytes. Upload long lists as a table."
    }
    if says("string or blob too big") {
      return "The query makes a text or another value of more than \(number(SQLITE_LIMIT_LENGTH)) bytes. Ask for less."
    }
    return nil
  }
}
