/// How much of the machine a query may take.
struct QueryLimits: Sendable {
  /// Memory in which a connection keeps pages of the database, kibibytes; what a sort or a group needs beyond it goes to files.
  var cacheKibibytes = 4096
  /// The longest text or blob, bytes; what an aggregate strings together counts.
  var valueBytes: Int32 = 32 << 20
  /// The longest statement, bytes.
  var statementBytes: Int32 = 4 << 20
  /// The most columns of a result or a table.
  var columns: Int32 = 2000
  /// The longest pattern of LIKE and its kin, bytes.
  var patternBytes: Int32 = 4096
  /// Bytes of cells at which a batch of rows ends, however many rows were asked for.
  var batchBytes = 8 << 20
  /// The most rows that all uploaded tables of a query have together.
  var uploadedRows = 2_000_000
  /// The most room that uploaded tables take, bytes.
  var uploadedBytes = 512 << 20
  /// The most tables that a query uploads.
  var uploadedTables = 20
  /// Connections that are kept open while no query needs them.
  var idleConnections = 4
  /// Prepared statements that a connection keeps.
  var preparedStatements = 16
  /// Checked queries that are kept.
  var checkedQueries = 256
  /// Instructions of SQLite's machine between two looks at the clock, some ten microseconds.
  var instructionsPerLook: Int32 = 1000
}
