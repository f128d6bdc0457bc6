public import HTTPTransport

/// A login at a service: what proves it, for the service's origin only. Its description does not show the secret.
public struct Session: Sendable, Hashable {
  /// Scheme, host and port for which the login holds.
  public let origin: Origin
  /// Who logged in.
  public let user: String
  let cookie: SessionCookie

  init(origin: Origin, user: String, cookie: SessionCookie) {
    self.origin = origin
    self.user = user
    self.cookie = cookie
  }

  /// The same login where the service has another address: a local archive gets another port every time it is served.
  public func moved(to origin: Origin) -> Session { Session(origin: origin, user: user, cookie: cookie) }

  /// When the login ends, seconds since 1970 UTC; `nil` when the service did not say.
  public var expiry: Int64? { cookie.expiry }

  /// Whether the login is known to be over.
  /// - Parameter now: the time, seconds since 1970 UTC.
  public func isOver(at now: Int64) -> Bool { expiry.map { $0 <= now } ?? false }

  /// What proves the login, to be sent with requests to the service.
  public var credential: Credential {
    Credential(origin: origin, headers: ["Cookie": "\(cookie.name)=\(cookie.value)"])
  }
}

extension Session: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Who is logged in where.
  public var description: String { "session of \(user) at \(origin)" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Shows no more than `description`.
  public var customMirror: Mirror { Mirror(self, children: ["origin": origin, "user": user]) }
}
