/// Decides about each redirect of one request.
///
/// At most ten hops; never from `https` to `http`; what carries a secret stays behind when the origin changes, also when a
/// later hop comes back; a body is not repeated to another origin, unless it is the same host by `https`.
public struct RedirectRule: Sendable {
  /// What to do with an answer.
  public enum Action: Sendable {
    /// Hand it to the caller.
    case deliver
    /// Ask again, like this.
    case follow(HTTPRequest)
    /// Stop.
    case refuse(HTTPTransportError)
  }

  /// The most redirects that one request follows.
  public static let limit = 10
  private var hops = 0

  /// A rule for a new request.
  public init() {}

  /// Whether an answer sends the client elsewhere.
  public static func isRedirect(_ response: HTTPResponse) -> Bool {
    [301, 302, 303, 307, 308].contains(response.status) && response.headers["Location"] != nil
  }

  /// Decides about the answer to a request. Credentials are no header fields yet: the transport adds them per hop.
  public mutating func event(_ response: HTTPResponse, to request: HTTPRequest) -> Action {
    guard Self.isRedirect(response), let location = response.headers["Location"] else { return .deliver }
    hops += 1
    guard hops <= Self.limit else {
      return .refuse(
        HTTPTransportError(.tooManyRedirects, url: request.url, "The server redirected more than \(Self.limit) times."))
    }
    do throws(HTTPTransportError) {
      let old = try WebAddress(request.url)
      let new = try WebAddress(location, relativeTo: old)
      if let reason = Self.objection(to: new.origin, from: old.origin, response.status, request) {
        return .refuse(HTTPTransportError(.insecureRedirect, url: request.url, reason))
      }
      var next = request
      next.url = new.text
      if new.origin != old.origin { Self.removeSecrets(from: &next) }
      if response.status <= 303, request.method != .get, request.method != .head { Self.turnIntoGet(&next) }
      return .follow(next)
    } catch {
      return .refuse(error)
    }
  }

  private static func objection(
    to new: Origin, from old: Origin, _ status: Int, _ request: HTTPRequest
  ) -> String? {
    if old.scheme == "https", new.scheme == "http" {
      return "The server redirected from https to \(new), which is not encrypted; nothing was sent there."
    }
    if request.staysOnOrigin, new != old {
      return "The server redirected a request with a secret body to \(new); nothing was sent there."
    }
    if status > 303, !request.body.isEmpty, new != old, new.host != old.host || new.scheme == old.scheme {
      return "The server wants the body of the request sent to \(new) as well; nothing was sent there."
    }
    return nil
  }

  private static func removeSecrets(from request: inout HTTPRequest) {
    for name in HTTPHeaders.secretNames { request.headers[name] = nil }
    // A secret of the request itself is for its first origin only, whatever its header is called.
    for field in request.credentials.flatMap(\.headers.fields) { request.headers[field.name] = nil }
  }

  private static func turnIntoGet(_ request: inout HTTPRequest) {
    request.method = .get
    request.body = []
    request.headers["Content-Type"] = nil
    request.headers["Content-Length"] = nil
  }
}
