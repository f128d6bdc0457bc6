/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
  /// The file being read.
  public var file: String
  /// Bytes read of all files so far, as stored (compressed bytes for gzip).
  public var byteCount: Int64
  /// Bytes of all files.
  public var totalByteCount: Int64
  /// Rows read so far.
  public var rowCount: Int
}

/// What an import did.
public struct ImportReport: Sendable, Hashable {
  /// A row that could not be kept.
  public struct Issue: Sendable, Hashable, CustomStringConvertible {
    /// The file it stands in.
    public var file: String
    /// The line it begins on, from 1.
    public var line: Int
    /// Why it was left out.
    public var reason: String

    /// The reason with its place.
    public var description: String { "\(file):\(line): \(reason)" }
  }

  /// Rows read, good and bad.
  public var rowCount = 0
  /// Files of the archive that were not known before, or came in a newer version.
  public var newCount = 0
  /// Rows about a version that was already there.
  public var knownCount = 0
  /// Rows about a version that has been replaced since; they went into the history.
  public var historyCount = 0
  /// Rows that were left out.
  public var issueCount = 0
  /// The first thousand rows that were left out, with their reasons.
  public var issues: [Issue] = []

  /// An import of nothing.
  public init() {}

  mutating func addIssue(file: String, line: Int, reason: String) {
    issueCount += 1
    if issues.count < 1000 { issues.append(Issue(file: file, line: line, reason: reason)) }
  }
}
