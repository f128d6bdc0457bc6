internal import LocalArchive
internal import SkyGeometry
internal import Synchronization

/// What TAP+ adds to TAP for users: logins, tables of their own, sharing, notices. Source: the wire forms of ESA's archives.
struct UserService: Sendable {
  /// Bounds of what users may do.
  struct Limits: Sendable, Hashable {
    /// How long a login lasts, seconds.
    var sessionLength = 86400.0
  }

  let store: ArchiveStore
  let callers: Callers
  let now: @Sendable () -> ModifiedJulianDate
  /// Gives so many unpredictable bytes.
  let random: @Sendable (Int) -> [UInt8]
  /// Where the file with the result of a user's job is; `nil` when the user has no such job, or it has no result.
  let jobResult: @Sendable (_ job: String, _ user: String) -> String?
  let limits: Limits
  let throttle = Throttle()
  /// Whether the outer address of the server, where it is known, is an encrypted one.
  var isEncrypted = false

  /// The throttle that all requests share.
  final class Throttle: Sendable {
    private let state = Mutex(LoginThrottle())

    func attempt(_ key: LoginThrottle.Key, now: Double) -> Double? { state.withLock { $0.attempt(key, now: now) } }
    func succeeded(_ key: LoginThrottle.Key) { state.withLock { $0.succeeded(key) } }
  }

  init(
    store: ArchiveStore, now: @escaping @Sendable () -> ModifiedJulianDate,
    random: @escaping @Sendable (Int) -> [UInt8],
    jobResult: @escaping @Sendable (_ job: String, _ user: String) -> String? = { _, _ in nil },
    limits: Limits = Limits()
  ) {
    self.store = store
    self.now = now
    self.random = random
    self.jobResult = jobResult
    self.limits = limits
    callers = Callers(store: store, now: now)
  }

  /// Adds what the service answers, as ESA lays it out below `/server`, and without that.
  /// - Parameters:
  ///   - routes: the server's paths.
  ///   - fetch: fetches tables; `nil` takes none by their address.
  ///   - policy: whom to believe about the addresses of clients.
  func addRoutes(to routes: inout Routes, fetch: UploadFetch? = nil, policy: ServiceAddress.Policy = .init()) {
    for base in ["", "/server"] {
      routes.add(base + "/login", methods: ["POST"], traits: .init(lane: .passwords)) { request, _ in
        login(request, from: policy.client(of: request))
      }
      routes.add(base + "/logout", methods: ["POST"]) { request, _ in logout(request) }
      routes.add(base + "/jwstToken", methods: ["POST"]) { request, _ in setToken(request) }
      routes.add(base + "/Upload", methods: ["POST"], traits: .init(lane: .tables, takesFiles: true)) { request, _ in
        upload(request, fetch)
      }
      routes.add(base + "/TableTool", methods: ["POST"]) { request, _ in editTable(request) }
      routes.add(base + "/tap/share", methods: ["GET", "HEAD", "POST"]) { request, _ in
        share(request).varyingByCaller(isPrivate: true)
      }
      routes.add(base + "/tap/users", methods: ["GET", "HEAD"]) { request, _ in
        users(request).varyingByCaller(isPrivate: true)
      }
      routes.add(base + "/tap/notification", methods: ["GET", "HEAD"]) { request, _ in notices(request) }
    }
  }

  /// Who is logged in.
  func user(_ request: ServerRequest) throws -> String {
    guard let user = try callers.caller(of: request).user else { throw ServiceError.loginNeeded }
    return user.name
  }

  /// An answer that says no more than that it was done.
  static let done = ServerResponse(
    status: 200, headers: [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")],
    body: .bytes(Array("OK\n".utf8)))
}

extension RequestForm {
  /// A parameter that has to be there.
  func required(_ name: String) throws(ServiceError) -> String {
    guard let value = self[name], !value.isEmpty else { throw ServiceError(400, "The parameter \(name) is missing.") }
    return value
  }

  /// A whole number that has to be there.
  func requiredNumber(_ name: String) throws(ServiceError) -> Int64 {
    guard let number = Int64(try required(name)) else { throw ServiceError(400, "\(name) is not a number.") }
    return number
  }
}
