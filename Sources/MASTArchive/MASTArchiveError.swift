/// Why a question to MAST could not be answered, or an answer not be believed.
public struct MASTArchiveError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, to decide on.
  public enum Kind: Sendable, Hashable {
    /// The archive answered with status ERROR or an HTTP error status.
    case refused
    /// The archive did not finish in the time given.
    case timedOut
    /// The answer is not the JSON that was asked for.
    case malformedAnswer
    /// Fewer rows arrived than the archive said there are.
    case truncated
    /// The token is not accepted.
    case badToken
    /// A search condition makes no sense.
    case badCriteria
    /// The connection failed; ``MASTArchiveError/cause`` says how.
    case connection
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence for the user, with what to do next where that is known.
  public var message: String
  /// The service that was asked.
  public var service: String?
  /// The address that was asked, without secrets.
  public var url: String?
  /// The HTTP status, when that was the trouble.
  public var status: Int?
  /// The error underneath.
  public var cause: (any Error)?

  /// Makes an error.
  public init(
    _ kind: Kind, _ message: String, service: String? = nil, url: String? = nil, status: Int? = nil,
    cause: (any Error)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.service = service
    self.url = url
    self.status = status
    self.cause = cause
  }

  /// The message with its place.
  public var description: String {
    let place = [service, url].compactMap(\.self).joined(separator: " at ")
    return place.isEmpty ? message : "\(message) (\(place))"
  }
}
