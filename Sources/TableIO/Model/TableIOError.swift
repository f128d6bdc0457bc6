/// Why a table cannot be read or written.
public struct TableIOError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The bytes cannot be read or written.
    public static let inputOutput = Kind(rawValue: "inputOutput")
    /// The document breaks the rules of its format.
    public static let malformed = Kind(rawValue: "malformed")
    /// A bound set against hostile input is passed.
    public static let limit = Kind(rawValue: "limit")
    /// The format, or this reader, has no such thing.
    public static let unsupported = Kind(rawValue: "unsupported")
    /// The document is a service's error message in place of a table.
    public static let serviceError = Kind(rawValue: "serviceError")
    /// The format cannot be told from name and content.
    public static let unknownFormat = Kind(rawValue: "unknownFormat")
    /// The table has no column of the name asked for.
    public static let noSuchColumn = Kind(rawValue: "noSuchColumn")
    /// A value is not of the type asked for, or does not fit its column.
    public static let wrongType = Kind(rawValue: "wrongType")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence that says what is wrong and, where known, what to do.
  public var message: String
  /// The file, when it is one.
  public var file: String?
  /// Line, from 1.
  public var line: Int?
  /// Byte in the line, from 1.
  public var column: Int?
  /// Row of the table, from 1.
  public var row: Int?

  /// Describes a failure.
  public init(
    _ kind: Kind, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil, row: Int? = nil
  ) {
    self.kind = kind
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.row = row
  }

  /// Place and sentence, `file:line:column: message`.
  public var description: String {
    let place = [file, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap(\.self)
    let rowText = row.map { " (row \($0))" } ?? ""
    return (place.isEmpty ? "" : place.joined(separator: ":") + ": ") + message + rowText
  }
}

/// Something odd in a document that could be read all the same; strict callers treat it as an error.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable {
    case warning, error
  }

  /// How bad it is.
  public var severity: Severity
  /// What is odd, in a sentence.
  public var message: String
  /// Line, from 1.
  public var line: Int?
  /// Byte in the line, from 1.
  public var column: Int?

  /// Describes something odd.
  public init(_ severity: Severity, _ message: String, line: Int? = nil, column: Int? = nil) {
    self.severity = severity
    self.message = message
    self.line = line
    self.column = column
  }

  /// Place, severity and sentence.
  public var description: String {
    let place = line.map { "\($0):\(column ?? 1): " } ?? ""
    return "\(place)\(severity.rawValue): \(message)"
  }
}
