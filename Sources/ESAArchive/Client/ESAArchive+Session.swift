public import TAP

extension ESAArchive {
  /// The messages that the archive has for its users, such as announcements of maintenance.
  /// - Throws: `TAPError`; `CancellationError`.
  public func statusMessages() async throws -> [StatusMessage] { try await plus.statusMessages() }

  /// Logs in.
  ///
  ///     let archive = try await anonymous.login(LoginCredentials(user: "jdoe", password: password))
  ///
  /// - Parameters:
  ///   - credentials: name and password; kept by nobody.
  ///   - token: a token of MAST for exclusive-access data, to be set as well.
  /// - Returns: a client with the login; its ``session`` can be kept in a `SessionStore`.
  /// - Throws: `TAPError`, `.notAuthorized` when the archive does not accept the credentials; `CancellationError`.
  public func login(_ credentials: LoginCredentials, token: String? = nil) async throws -> ESAArchive {
    let archive = loggedIn(try await plus.login(credentials))
    if let token { try await archive.setToken(token) }
    return archive
  }

  /// Logs out. The login is over for this side whatever the archive says.
  /// - Returns: an anonymous client, and why the archive may still know the login, if it may.
  public func logout() async -> (archive: ESAArchive, failure: (any Error)?) {
    (loggedOut, await plus.logout().failure)
  }

  /// Gives the archive a token of MAST, by which it fetches exclusive-access data for the user who is logged in.
  /// - Throws: `TAPError` unless the archive accepts the token; `CancellationError`.
  public func setToken(_ token: String) async throws { try await plus.setToken(token) }
}
