public import HTTPTransport

/// Why a file was not fetched.
public struct DownloadsError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; new kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The name of the kind, for reports.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The server wants a (better) token: 401 or 403.
    public static let notAuthorized = Kind(rawValue: "notAuthorized")
    /// The server has no such file: 404 or 410.
    public static let notFound = Kind(rawValue: "notFound")
    /// Another status that is no success.
    public static let status = Kind(rawValue: "status")
    /// A web page or something else in place of the file.
    public static let notTheFile = Kind(rawValue: "notTheFile")
    /// Not the size that the catalogue gives.
    public static let wrongSize = Kind(rawValue: "wrongSize")
    /// Not the digest that the catalogue gives.
    public static let wrongChecksum = Kind(rawValue: "wrongChecksum")
    /// Nothing tells whether the file is complete.
    public static let unknownLength = Kind(rawValue: "unknownLength")
    /// The server contradicts itself about ranges.
    public static let badAnswer = Kind(rawValue: "badAnswer")
    /// The transfer failed; `cause` is an `HTTPTransportError`.
    public static let transfer = Kind(rawValue: "transfer")
    /// No room left on the disk.
    public static let diskFull = Kind(rawValue: "diskFull")
    /// Another fault of the file system.
    public static let fileSystem = Kind(rawValue: "fileSystem")
    /// Another program is fetching the same file.
    public static let busy = Kind(rawValue: "busy")
    /// The name must not be used.
    public static let unsafeName = Kind(rawValue: "unsafeName")
    /// An earlier item has the same destination.
    public static let duplicateDestination = Kind(rawValue: "duplicateDestination")
    /// The run was cancelled.
    public static let cancelled = Kind(rawValue: "cancelled")
  }

  /// What went wrong.
  public var kind: Kind
  /// The final path, or the name, of the file; empty when it is about a whole run.
  public var file: String
  /// The address, without user and password.
  public var url: String?
  /// What went wrong and what to do about it, in a sentence.
  public var message: String
  /// What lies behind it.
  public var cause: (any Error)?
  /// The answer with an error status, with the beginning of its body, when that was the trouble.
  public var answer: HTTPResponse?

  /// Describes a failure.
  public init(_ kind: Kind, file: String, url: String? = nil, _ message: String, cause: (any Error)? = nil) {
    self.kind = kind
    self.file = file
    self.url = url.map(WebAddress.withoutUserInfo)
    self.message = message
    self.cause = cause
  }

  /// The sentence, then file, address and cause as far as they are known; without control characters.
  public var description: String {
    var text = message
    if !file.isEmpty { text += " [\(file)]" }
    if let url { text += " [\(url)]" }
    if let cause { text += " Cause: \(cause)" }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
