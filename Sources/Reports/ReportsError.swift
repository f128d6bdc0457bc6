/// Why a page, or a part of it, could not be made.
public struct ReportsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong; new kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The name of the kind.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A file cannot be read.
    public static let unreadable = Kind(rawValue: "unreadable")
    /// A file cannot be written.
    public static let unwritable = Kind(rawValue: "unwritable")
    /// The record of a page cannot be understood.
    public static let brokenRecord = Kind(rawValue: "brokenRecord")
    /// A programme number or a path must not be used.
    public static let unsafeName = Kind(rawValue: "unsafeName")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence that says what is wrong and what to do.
  public var message: String
  /// The file.
  public var file: String

  /// Describes a failure.
  /// - Parameters:
  ///   - kind: what went wrong.
  ///   - message: a sentence that says what is wrong and what to do.
  ///   - file: the file.
  public init(_ kind: Kind, _ message: String, file: String) {
    self.kind = kind
    self.message = message
    self.file = file
  }

  /// File and sentence.
  public var description: String { "\(file): \(message)" }
}
