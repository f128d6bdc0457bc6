internal import GRDB

/// Why the local archive could not do something.
public struct LocalArchiveError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure; more may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name, for logs and tests.
    public let rawValue: String
    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The folder holds no archive.
    public static let notFound = Kind(rawValue: "not-found")
    /// The folder or a file in it cannot be made or read.
    public static let cannotAccess = Kind(rawValue: "cannot-access")
    /// The database refused a statement.
    public static let database = Kind(rawValue: "database")
    /// A column that the table does not have.
    public static let unknownColumn = Kind(rawValue: "unknown-column")
    /// A value that does not fit the column it is compared with.
    public static let unsuitableValue = Kind(rawValue: "unsuitable-value")
    /// A row that cannot be kept as it is.
    public static let invalidRow = Kind(rawValue: "invalid-row")
    /// A file to import that cannot be read.
    public static let unreadableImport = Kind(rawValue: "unreadable-import")
    /// The list of access tokens cannot be read.
    public static let invalidTokens = Kind(rawValue: "invalid-tokens")
    /// A query that cannot be understood or fits no table; the cause is an `ADQLError`, which has the place.
    public static let badQuery = Kind(rawValue: "bad-query")
    /// A query that took longer than it may.
    public static let timedOut = Kind(rawValue: "timed-out")
    /// A query that was stopped.
    public static let cancelled = Kind(rawValue: "cancelled")
    /// A query or an uploaded table that is larger, or needs more room, than it may.
    public static let tooLarge = Kind(rawValue: "too-large")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence that says what went wrong and what to do.
  public var message: String
  /// The file or folder, when there is one.
  public var path: String?
  /// The SQL statement, when the database refused one.
  public var statement: String?
  /// The error below this one.
  public var cause: (any Error)?

  init(
    _ kind: Kind, _ message: String, path: String? = nil, statement: String? = nil, cause: (any Error)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.path = path
    self.statement = statement
    self.cause = cause
  }

  /// Wraps what the layers below throw.
  init(wrapping error: any Error, path: String? = nil) {
    switch error {
    case let error as LocalArchiveError: self = error
    case let error as DatabaseError:
      self.init(
        .database, "The archive's database refused: \(error.message ?? "\(error.resultCode)").", path: path,
        statement: error.sql, cause: error)
    default:
      self.init(.database, "The archive's database failed: \(error).", path: path, cause: error)
    }
  }

  /// The message with its place.
  public var description: String { path.map { "\($0): \(message)" } ?? message }
}
