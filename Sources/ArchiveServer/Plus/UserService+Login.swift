internal import LocalArchive
internal import SkyGeometry

extension UserService {
  /// Takes a name and a password, and gives a session. Both stand in the body: what stands in an address ends up in logs.
  /// - Parameters:
  ///   - request: the request.
  ///   - client: the client's net; see ``ServiceAddress/Policy/client(of:)``.
  func login(_ request: ServerRequest, from client: String = "") -> ServerResponse {
    ServiceError.catching {
      let form = RequestForm(request.withoutQuery)
      let (name, password) = (try form.required("username"), try form.required("password"))
      let refused = ServiceError(401, "Unauthorized: the user name or the password is wrong.")
      // Nobody has such a name: that is no secret, and not to be remembered.
      guard ArchiveUser.isName(name) else { throw refused }
      let key = LoginThrottle.Key(name: name, client: client)
      if let wait = throttle.attempt(key, now: now().rawValue * 86400) {
        throw ServiceError(
          429, "There were too many attempts to log in with this name. Wait \(Int(wait) + 1) seconds.",
          headers: [("Retry-After", String(Int(wait) + 1))])
      }
      guard let user = try store.user(named: name, password: password) else {
        throw refused
      }
      throttle.succeeded(key)
      // A login never takes over a session that the client names: whoever planted it would be logged in too.
      if let old = request.sessionSecret { try store.endSession(old) }
      let secret = random(32).hexadecimal
      try store.beginSession(secret, user: user.name, now: now(), seconds: limits.sessionLength)
      var response = Self.done
      response.headers.append(("Set-Cookie", cookie(secret, seconds: Int(limits.sessionLength), request)))
      return response
    }
  }

  /// Ends the session; without one there is nothing to end.
  func logout(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      if let secret = request.sessionSecret { try store.endSession(secret) }
      var response = Self.done
      response.headers.append(("Set-Cookie", cookie("", seconds: 0, request)))
      return response
    }
  }

  /// Notes, for the time of the session, a token of the archive.
  func setToken(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      guard let session = try callers.caller(of: request).session else {
        throw ServiceError(403, "Tokens cannot be assigned by anonymous users. Log in first.")
      }
      guard let token = RequestForm(request.withoutQuery)["token"], !token.isEmpty else {
        try store.setToken(nil, ofSession: session)
        return Self.done
      }
      // ESA's client takes every status but 403 and 500 for success, and 403 for a missing login.
      guard try store.accessTokens().holder(of: token) != nil else {
        throw ServiceError(500, "The archive does not know this token.")
      }
      try store.setToken(token, ofSession: session)
      return Self.done
    }
  }

  private func cookie(_ secret: String, seconds: Int, _ request: ServerRequest) -> String {
    // Said by a proxy in front; said by anybody else, it only harms who says it.
    let isSecure = isEncrypted || request.headers["x-forwarded-proto"]?.lowercased() == "https"
    return "\(ServerRequest.sessionCookie)=\(secret); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }
}

extension ServerRequest {
  /// The request without what stands in its address.
  var withoutQuery: ServerRequest {
    var request = self
    request.query = []
    return request
  }
}
