/// Why something that was asked of ESA's archive could not be done.
///
/// Failures of the table service itself come as `TAPError`; this error is about what the archive holds and gives.
public struct ESAArchiveError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; new kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A condition or an argument makes no sense; ``ESAArchiveError/option`` names it. Nothing was asked of the archive.
    public static let badCriteria = Kind(rawValue: "badCriteria")
    /// The archive has no such observation, product or programme.
    public static let notFound = Kind(rawValue: "notFound")
    /// The observation has no products of a level as high as that.
    public static let levelTooHigh = Kind(rawValue: "levelTooHigh")
    /// No resolver knows the target; ``ESAArchiveError/resolverFailures`` tells why.
    public static let unresolvedTarget = Kind(rawValue: "unresolvedTarget")
    /// The data are not public and the archive was not shown a right to them.
    public static let privateData = Kind(rawValue: "privateData")
    /// The answer has more rows than were asked for or than the archive gives at once.
    public static let truncated = Kind(rawValue: "truncated")
    /// The answer is not what the archive should have sent.
    public static let badAnswer = Kind(rawValue: "badAnswer")
    /// The files were not fetched; ``ESAArchiveError/cause`` tells why.
    public static let download = Kind(rawValue: "download")
    /// The name of a file or folder must not be used.
    public static let unsafeName = Kind(rawValue: "unsafeName")
    /// The work was cancelled.
    public static let cancelled = Kind(rawValue: "cancelled")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence for the user, with what to do next where that is known.
  public var message: String
  /// The argument that is wrong.
  public var option: String?
  /// The observation, product, programme or target it is about.
  public var subject: String?
  /// The address that was asked, without secrets.
  public var url: String?
  /// The HTTP status, when that was the trouble.
  public var status: Int?
  /// Why each resolver failed, in the order in which they were asked.
  public var resolverFailures: [ResolverFailure] = []
  /// The error underneath.
  public var cause: (any Error)?

  /// Describes a failure.
  /// - Parameters:
  ///   - kind: what went wrong.
  ///   - message: a sentence for the user.
  ///   - option: the argument that is wrong.
  ///   - subject: the observation, product, programme or target it is about.
  ///   - url: the address that was asked.
  ///   - status: the HTTP status.
  ///   - cause: the error underneath.
  public init(
    _ kind: Kind, _ message: String, option: String? = nil, subject: String? = nil, url: String? = nil,
    status: Int? = nil, cause: (any Error)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.option = option
    self.subject = subject
    self.url = url
    self.status = status
    self.cause = cause
  }

  static func badCriteria(_ option: String, _ message: String) -> ESAArchiveError {
    ESAArchiveError(.badCriteria, message, option: option)
  }

  /// The message with its place.
  public var description: String { message + (url.map { " [\($0)]" } ?? "") }
}
