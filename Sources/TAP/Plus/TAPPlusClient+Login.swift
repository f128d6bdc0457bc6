import HTTPTransport

extension TAPPlusClient {
  /// Logs in.
  /// - Parameter credentials: name and password; kept by nobody.
  /// - Returns: what proves the login, for ``loggedIn(_:)`` and for a ``SessionStore``.
  /// - Throws: ``TAPError`` of kind `.insecure` when the service's address is not encrypted, `.notAuthorized` when the service
  ///   does not accept the credentials, `.badAnswer` when it does and yet gives no session; `CancellationError`.
  public func login(_ credentials: LoginCredentials) async throws -> Session {
    let origin = try safeOrigin(for: contexts.login)
    let form = FormBody(["username": credentials.user, "password": credentials.password])
    let response = try await loggedOut.post(secret: form, to: contexts.login)
    let cookie = SessionCookie.chosen(
      from: response.headers.values(of: "Set-Cookie"), now: connection.configuration.pacing.unixTime())
    guard let cookie else {
      throw TAPError(
        .badAnswer,
        "The service took the login but gave no session, so that you are not logged in. Try again later, or ask its help desk.",
        status: response.status, url: connection.sibling(contexts.login))
    }
    return Session(origin: origin, user: credentials.user, cookie: cookie)
  }

  /// Logs out. The login is over for this side whatever the service says.
  /// - Returns: a client without login, and why the service may still know the login, if it may.
  public func logout() async -> (client: TAPPlusClient, failure: (any Error)?) {
    do {
      _ = try await post(secret: FormBody(), to: contexts.logout)
      return (loggedOut, nil)
    } catch {
      return (loggedOut, error)
    }
  }

  /// Gives the service the user's token for exclusive-access data, for as long as the login lasts.
  /// - Parameter token: a token of MAST.
  /// - Throws: ``TAPError`` unless the service accepts the token; `.insecure` when its address is not encrypted;
  ///   `CancellationError`.
  public func setToken(_ token: String) async throws {
    do {
      _ = try await post(secret: FormBody(["token": token]), to: contexts.token)
    } catch var error as TAPError {
      switch error.status ?? 0 {
      case 403: error.message = "Only users who are logged in can set a token. Log in first. " + error.message
      case 500...: error.message = "The service failed to set the token. " + error.message
      default: break
      }
      throw error
    }
  }

  /// Sends a form that only this origin may see.
  private func post(secret form: FormBody, to context: String) async throws -> HTTPResponse {
    _ = try safeOrigin(for: context)
    let response = try await connection.post(
      connection.sibling(context), form: form, redirects: .delivered, isSecret: true)
    guard response.isSuccess else {
      throw TAPError(
        .badAnswer, "The service redirects from \(context) instead of answering; nothing was sent elsewhere.",
        status: response.status, url: connection.sibling(context))
    }
    return response
  }

  private func safeOrigin(for context: String) throws -> Origin {
    let url = connection.sibling(context)
    guard let origin = Origin(url: url) else {
      throw TAPError(.badRequest, "The service's address is not an absolute http or https address.", url: url)
    }
    guard origin.isSafeForSecrets else {
      throw TAPError(
        .insecure,
        "Passwords and tokens are not sent to \(origin), which is not encrypted. Use the service's https address.",
        url: url)
    }
    return origin
  }
}
