internal import LocalArchive
internal import SkyGeometry

/// Who sent a request, and what that opens.
struct Caller: Sendable {
  /// Who is logged in, if anybody.
  var user: ArchiveUser?
  /// What proves the login.
  var session: String?
  /// Programmes whose exclusive data the caller may have.
  var programs: Set<Int> = []
  /// Whether a login or a token came along that the archive knows.
  var isKnown = false

  /// May have public data.
  static let anybody = Caller()

  /// Whether the caller may have a file.
  func mayHave(_ rights: FileRights) -> Bool { rights.areMet(by: programs) }
}

/// Tells who sent a request, by the session's cookie and by tokens.
struct Callers: Sendable {
  let store: ArchiveStore
  let now: @Sendable () -> ModifiedJulianDate

  /// Who sent a request. What does not prove anything is no proof, not an error.
  /// - Throws: ``ServiceError`` with status 503 when the archive cannot be asked: then nobody is taken for somebody else.
  func caller(of request: ServerRequest) throws(ServiceError) -> Caller {
    do throws(LocalArchiveError) {
      var caller = Caller.anybody
      var digests = request.token.map { [AccessTokens.digest(of: $0)] } ?? []
      if let secret = request.sessionSecret, let session = try store.session(secret, now: now()) {
        caller.user = session.user
        caller.session = secret
        caller.programs.formUnion(session.user.programs)
        caller.isKnown = true
        if let digest = session.tokenDigest { digests.append(digest) }
      }
      guard !digests.isEmpty else { return caller }
      // Read anew each time: a token may have been revoked.
      let tokens = try store.accessTokens()
      for holder in digests.compactMap(tokens.holder(ofDigest:)) {
        caller.programs.formUnion(holder.programs)
        caller.isKnown = true
      }
      return caller
    } catch {
      throw .callerUnknown
    }
  }
}

extension ServiceError {
  /// The archive cannot be asked who it is.
  static let callerUnknown = ServiceError(
    503, "The archive could not look up your login. Try again in a few seconds.", headers: [("Retry-After", "5")])
}

extension ServerRequest {
  /// The name of the cookie that stands for a login.
  static let sessionCookie = "JSESSIONID"

  /// What proves a login.
  var sessionSecret: String? { cookie(named: Self.sessionCookie) }
}
