/// Why the sample archive could not be made.
public struct SampleDataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What failed; more kinds may come.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The kind's name.
    public let rawValue: String
    /// Makes a kind from its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A folder or a file could not be written.
    public static let unwritable = Kind(rawValue: "unwritable")
    /// CFITSIO refused to write a FITS file.
    public static let fits = Kind(rawValue: "fits")
  }

  /// What failed.
  public let kind: Kind
  /// The fault in a sentence, with what can be done.
  public let message: String
  /// The file or folder concerned.
  public let file: String?

  init(_ kind: Kind, _ message: String, file: String? = nil) {
    self.kind = kind
    self.message = message
    self.file = file
  }

  /// The sentence, with the file where it is known.
  public var description: String { file.map { "\($0): \(message)" } ?? message }
}
