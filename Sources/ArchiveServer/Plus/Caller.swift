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
}

/// Tells who sent a request, by the session's cookie and by tokens.
struct Callers: Sendable {
  let store: ArchiveStore
  let tokens: AccessTokens
  let now: @Sendable () -> ModifiedJulianDate

  /// Who sent a request. What does not prove anything is no proof, not an error.
  func caller(of request: ServerRequest) throws(LocalArchiveError) -> Caller {
    var caller = Caller.anybody
    if let secret = request.sessionSecret, let session = try store.session(secret, now: now()) {
      caller.user = session.user
      caller.session = secret
      caller.programs.formUnion(session.user.programs)
      caller.programs.formUnion(session.tokenPrograms)
      caller.isKnown = true
    }
    if let holder = request.token.flatMap(tokens.holder(of:)) {
      caller.programs.formUnion(holder.programs)
      caller.isKnown = true
    }
    return caller
  }
}

extension ServerRequest {
  /// The name of the cookie that stands for a login.
  static let sessionCookie = "JSESSIONID"

  /// What proves a login.
  var sessionSecret: String? {
    for cookie in (headers["cookie"] ?? "").split(separator: ";") {
      let parts = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == Self.sessionCookie { return String(parts[1]) }
    }
    return nil
  }
}
