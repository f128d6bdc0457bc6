internal import GRDB

/// Why a directory could not be compared with the archive or brought in step with it.
public struct MirroringError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; new kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The name of the kind, for reports.
    public let rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The directory has no memory of an archive.
    public static let notAMirror = Kind(rawValue: "notAMirror")
    /// The directory or something in it cannot be made, read or changed.
    public static let cannotAccess = Kind(rawValue: "cannotAccess")
    /// The memory of the directory is damaged or refuses a statement.
    public static let database = Kind(rawValue: "database")
    /// The memory was written by a later version of this library.
    public static let tooNew = Kind(rawValue: "tooNew")
    /// Another program is at work on the directory.
    public static let busy = Kind(rawValue: "busy")
    /// A path that leaves the directory, or is used twice.
    public static let unsafePath = Kind(rawValue: "unsafePath")
  }

  /// What went wrong.
  public var kind: Kind
  /// What went wrong and what to do about it, in a sentence.
  public var message: String
  /// The file or directory.
  public var path: String?
  /// What lies behind it.
  public var cause: (any Error)?

  init(_ kind: Kind, _ message: String, path: String? = nil, cause: (any Error)? = nil) {
    self.kind = kind
    self.message = message
    self.path = path
    self.cause = cause
  }

  /// Wraps what the database throws.
  init(wrapping error: any Error, path: String) {
    switch error {
    case let error as MirroringError: self = error
    case let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode):
      self.init(
        .database,
        "The memory of this directory is damaged: remove the file, and the next sync takes over what is there without fetching it again.",
        path: path, cause: error)
    default:
      self.init(
        .database, "The memory of this directory cannot be used (\(error)): check the permissions and the disk.",
        path: path, cause: error)
    }
  }

  /// The sentence, with its place.
  public var description: String { path.map { "\(message) [\($0)]" } ?? message }
}
