import LocalArchive
import Testing

@testable import ArchiveServer

@Suite struct LoginTests {
  private let archive: PlusArchive

  init() throws { archive = try PlusArchive() }

  @Test func aLoginGivesASessionThatScriptsCannotReadAndLogoutEndsIt() async throws {
    let response = archive.post("/server/login", [("username", "jdoe"), ("password", PlusArchive.password)])
    #expect(response.status == 200)
    let cookie = try #require(response.header("Set-Cookie"))
    #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/;"))
    #expect(!cookie.contains("Secure"))
    let session = try archive.session(in: response)
    #expect(session.count == 64)
    #expect(archive.get("/server/tap/users?USER=zed", as: session).status == 200)
    let logout = archive.send("POST", "/server/logout", as: session)
    #expect(logout.status == 200)
    #expect(logout.header("Set-Cookie")?.hasPrefix("JSESSIONID=; ") == true)
    #expect(archive.get("/server/tap/users?USER=zed", as: session).status == 401)
  }

  @Test func behindAnEncryptingProxyTheCookieStaysEncrypted() {
    let response = archive.send(
      "POST", "/server/login", form: [("username", "jdoe"), ("password", PlusArchive.password)],
      headers: ["x-forwarded-proto": "https"])
    #expect(response.header("Set-Cookie")?.hasSuffix("; Secure") == true)
  }

  @Test(arguments: [("https://archive.example.org", true), ("http://archive.example.org", false)])
  func anEncryptedOuterAddressKeepsTheCookieEncrypted(url: String, isSecure: Bool) throws {
    var configuration = TAPConfiguration()
    configuration.publicURL = url
    let (store, now) = (archive.sample.store, archive.clock.now)
    let plus = try PlusService(store: store, now: now, random: { [UInt8](repeating: 7, count: $0) })
    var routes = Routes()
    plus.add(to: &routes, tap: try TAPService(store: store, configuration: configuration, now: now, user: plus.user))
    let body = "username=jdoe&password=" + PlusArchive.password.replacing(" ", with: "+")
    let request = ServerRequest(
      method: "POST", target: "/server/login", headers: ["content-type": "application/x-www-form-urlencoded"],
      body: Array(body.utf8))
    let cookie = try #require(routes.respond(to: request)?.header("Set-Cookie"))
    #expect(cookie.hasSuffix("; Secure") == isSecure)
  }

  /// A login that cannot be looked up is not taken for nobody's: a job would be anybody's.
  @Test func whenTheArchiveCannotBeAskedNobodyIsTakenForAnybody() throws {
    let session = try archive.login("jdoe")
    #expect(archive.send("POST", "/tap/async", form: [("QUERY", "SELECT 1")], as: session).status == 303)
    try archive.sample.store.close()
    let job = archive.send("POST", "/tap/async", form: [("QUERY", "SELECT 1"), ("LANG", "ADQL")], as: session)
    #expect(job.status == 503)
    #expect(job.header("Retry-After") != nil)
    for target in ["/datalink/links?ID=x", "/server/tap/users?USER=zed"] {
      #expect(archive.get(target, as: session).status == 503, "\(target)")
    }
    let store = try ArchiveStore.open(at: archive.sample.path)
    #expect(try store.jobCount(owner: nil) == 0)
    #expect(try store.jobCount(owner: "jdoe") == 1)
  }

  @Test(arguments: [
    ("jdoe", "wrong one"), ("jdoe", "Correct Horse"), ("nobody", "correct horse"), ("JDOE", "correct horse"),
    ("jdoe' --", "correct horse"), ("jdoe", "' OR '1'='1"), ("jdoe\u{0}", "correct horse"),
  ])
  func otherNamesAndPasswordsAreRefusedAlike(name: String, password: String) async throws {
    let response = archive.post("/server/login", [("username", name), ("password", password)])
    #expect(response.status == 401)
    #expect(response.header("Set-Cookie") == nil)
    let page = try await text(of: response)
    #expect(page.contains("<li><b>Message: </b>Unauthorized: the user name or the password is wrong.</li>"))
    #expect(!page.contains(password))
  }

  @Test func credentialsInTheAddressDoNotCount() {
    let target = "/server/login?username=jdoe&password=correct%20horse"
    #expect(archive.send("POST", target).status == 400)
    #expect(archive.get(target).status == 405)
  }

  @Test func aPlantedSessionIsNotTakenOver() throws {
    let planted = String(repeating: "a", count: 64)
    let response = archive.send(
      "POST", "/server/login", form: [("username", "jdoe"), ("password", PlusArchive.password)], as: planted)
    let session = try archive.session(in: response)
    #expect(session != planted)
    #expect(archive.get("/server/tap/users?USER=zed", as: planted).status == 401)
    // A new login ends the one before.
    let second = try archive.session(
      in: archive.send(
        "POST", "/server/login", form: [("username", "mroe"), ("password", PlusArchive.password)], as: session))
    #expect(archive.get("/server/tap/users?USER=zed", as: session).status == 401)
    #expect(archive.get("/server/tap/users?USER=zed", as: second).status == 200)
  }

  @Test func sessionsEndAfterADay() throws {
    let session = try archive.login("jdoe")
    archive.clock.advance(seconds: 86_399)
    #expect(archive.get("/server/tap/users?USER=zed", as: session).status == 200)
    archive.clock.advance(seconds: 2)
    #expect(archive.get("/server/tap/users?USER=zed", as: session).status == 401)
  }

  @Test func guessingIsSlowedDown() throws {
    for _ in 0..<LoginThrottle.freeCount {
      #expect(archive.post("/server/login", [("username", "mroe"), ("password", "guess number x")]).status == 401)
    }
    let refused = archive.post("/server/login", [("username", "mroe"), ("password", PlusArchive.password)])
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "2")
    #expect(try archive.login("jdoe").count == 64)
    archive.clock.advance(seconds: 2)
    #expect(try archive.login("mroe").count == 64)
    #expect(archive.post("/server/login", [("username", "mroe"), ("password", "guess number x")]).status == 401)
  }

  @Test func guessingKeepsNobodyElseOut() throws {
    let form = [("username", "mroe"), ("password", "guess number x")]
    for _ in 0...LoginThrottle.freeCount { _ = archive.send("POST", "/server/login", form: form, client: "192.0.2.1") }
    #expect(archive.send("POST", "/server/login", form: form, client: "192.0.2.1").status == 429)
    let right = [("username", "mroe"), ("password", PlusArchive.password)]
    #expect(archive.send("POST", "/server/login", form: right, client: "192.0.2.2").status == 200)
    #expect(archive.send("POST", "/server/login", form: right, client: "192.0.2.1").status == 429)
  }

  @Test func whatIsNoNameIsNotRemembered() {
    let long = String(repeating: "a", count: 100_000)
    for _ in 0...LoginThrottle.freeCount {
      #expect(archive.post("/server/login", [("username", long), ("password", "x")]).status == 401)
    }
  }

  @Test func slowRequestsHaveLanesOfTheirOwn() {
    #expect(archive.routes.traits(ofPath: "/server/login") == .init(lane: .passwords))
    #expect(archive.routes.traits(ofPath: "/LOGIN/") == .init(lane: .passwords))
    #expect(archive.routes.traits(ofPath: "/server/Upload") == .init(lane: .tables, takesFiles: true))
    #expect(archive.routes.traits(ofPath: "/server/tap/async/1/parameters") == .init(takesFiles: true))
    #expect(archive.routes.traits(ofPath: "/server/tap/users") == .init())
    #expect(archive.routes.traits(ofPath: "/whoami") == .init())
  }

  @Test func throttlesDoubleForgetAndStayBounded() {
    var throttle = LoginThrottle()
    let (a, b) = (LoginThrottle.Key(name: "a"), LoginThrottle.Key(name: "b"))
    for _ in 0..<LoginThrottle.freeCount { #expect(throttle.attempt(a, now: 0) == nil) }
    var now = 0.0
    for wait in [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
      #expect(throttle.attempt(a, now: now) == wait)
      now += wait
      #expect(throttle.attempt(a, now: now) == nil)
    }
    #expect(throttle.attempt(b, now: now) == nil)
    #expect(throttle.attempt(a, now: now + LoginThrottle.memory + 1) == nil)
  }

  @Test func throttlesForgetTheOldestOfVeryManyNames() {
    var throttle = LoginThrottle()
    let (oldest, extra) = (LoginThrottle.Key(name: "oldest"), LoginThrottle.Key(name: "one too many"))
    for _ in 0..<LoginThrottle.freeCount { _ = throttle.attempt(oldest, now: 0) }
    #expect(throttle.attempt(oldest, now: 0) == 1)
    for number in 1..<LoginThrottle.nameLimit { _ = throttle.attempt(.init(name: "n\(number)"), now: 0.25) }
    #expect(throttle.attempt(oldest, now: 0.5) == 0.5)
    #expect(throttle.attempt(extra, now: 0.25) == nil)
    #expect(throttle.attempt(oldest, now: 0.5) == nil)
  }

  @Test func tokensAreForUsersAndHoldForTheSession() async throws {
    let form = [("token", "pi-token")]
    #expect(archive.post("/server/jwstToken", form).status == 403)
    let session = try archive.login("mroe")
    let target = "/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + SampleArchive.exclusiveURI
    #expect(archive.get(target, as: session).status == 403)
    // The one status besides 403 that ESA's client does not take for success.
    #expect(archive.post("/server/jwstToken", [("token", "unknown")], as: session).status == 500)
    #expect(archive.post("/server/jwstToken", form, as: session).status == 200)
    #expect(archive.get(target, as: session).status == 200)
    #expect(archive.post("/server/jwstToken", [("token", "")], as: session).status == 200)
    #expect(archive.get(target, as: session).status == 403)
    #expect(archive.post("/server/jwstToken", form, as: session).status == 200)
    #expect(archive.send("POST", "/server/logout", as: session).status == 200)
    #expect(archive.get(target, as: try archive.login("mroe")).status == 403)
  }

  /// Revoked while the server runs and sessions last.
  @Test func aRevokedTokenOpensNothingAnyMore() throws {
    let session = try archive.login("mroe")
    let target = "/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + SampleArchive.exclusiveURI
    #expect(archive.post("/server/jwstToken", [("token", "pi-token")], as: session).status == 200)
    let bearer = ["authorization": "Bearer pi-token"]
    #expect(archive.get(target, as: session).status == 200)
    #expect(archive.send("GET", target, headers: bearer).status == 200)
    let holder = AccessHolder(ezid: "pi", display_name: "Pia", programs: [3730])
    try archive.sample.store.setAccessTokens(["another-token": holder])
    #expect(archive.get(target, as: session).status == 403)
    #expect(archive.send("GET", target, headers: bearer).status == 403)
    try archive.sample.store.setAccessTokens(["pi-token": holder])
    #expect(archive.get(target, as: session).status == 200)
  }
}
