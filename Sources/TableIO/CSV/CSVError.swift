/// Why a CSV file could not be read, and where.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure; more may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name, for logs and tests.
    public let rawValue: String
    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file is missing or may not be read.
    public static let cannotOpen = Kind(rawValue: "cannot-open")
    /// Reading stopped with an error of the system.
    public static let cannotRead = Kind(rawValue: "cannot-read")
    /// The gzip data are damaged or end too early.
    public static let damagedGzip = Kind(rawValue: "damaged-gzip")
    /// A quoted field never ends.
    public static let unterminatedQuote = Kind(rawValue: "unterminated-quote")
    /// One record is larger than the limit.
    public static let recordTooLong = Kind(rawValue: "record-too-long")
    /// The file has no header row.
    public static let noHeader = Kind(rawValue: "no-header")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence that says what went wrong and what to do.
  public var message: String
  /// The file, when there is one.
  public var file: String?
  /// Line of the file where the record in question begins, counted from 1.
  public var line: Int?

  init(_ kind: Kind, _ message: String, file: String? = nil, line: Int? = nil) {
    self.kind = kind
    self.message = message
    self.file = file
    self.line = line
  }

  /// The message with its place.
  public var description: String {
    var place = file ?? ""
    if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
