/// Why no complete answer came.
public struct HTTPTransportError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Hashable {
    /// The address is not an absolute `http` or `https` address, or holds a user and password.
    case badURL
    /// A method, header name or value that must not go on the wire.
    case badRequest
    /// The name of the host (or proxy) has no address.
    case resolve
    /// No connection.
    case connect
    /// The address is none that the transport may connect to; see ``AddressPolicy``.
    case forbiddenAddress
    /// The TLS handshake or the check of the certificate failed.
    case tls
    /// A time limit passed.
    case timedOut(Timeout)
    /// The body stopped coming.
    case stalled
    /// The connection broke.
    case connectionLost
    /// The body ended before its announced end.
    case truncated
    /// More than ten redirects.
    case tooManyRedirects
    /// A redirect from `https` to `http`, or away from an origin the request must not leave.
    case insecureRedirect
    /// The body is larger than the caller allows.
    case bodyTooLarge
    /// The task was cancelled.
    case cancelled
    /// The sink threw; `cause` says what.
    case sink
    /// The answer is not proper HTTP.
    case badAnswer
    /// libcurl could not work (out of memory, no thread).
    case system
  }

  /// Which time limit passed.
  public enum Timeout: String, Sendable, Hashable {
    case connect
    case responseHead
    case total
  }

  /// What went wrong.
  public var kind: Kind
  /// The address asked, without user and password.
  public var url: String
  /// What went wrong and what to do about it, in a sentence.
  public var message: String
  /// What lies behind it.
  public var cause: (any Error)?

  /// Describes a failure; user and password are taken out of the address.
  public init(_ kind: Kind, url: String, _ message: String, cause: (any Error)? = nil) {
    self.kind = kind
    self.url = WebAddress.withoutUserInfo(url)
    self.message = message
    self.cause = cause
  }

  /// The sentence, the address and the cause.
  public var description: String {
    let reason = cause.map { " Cause: \($0)" } ?? ""
    return "\(message) [\(url)]\(reason)"
  }
}
