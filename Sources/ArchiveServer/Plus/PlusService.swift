public import LocalArchive
public import SkyGeometry

/// All that stands beside TAP on a served archive: users with their logins, tables and groups; files and tar archives; links; images and
/// cones.
///
///     let plus = try PlusService(store: store, now: clock, random: randomBytes)
///     let tap = try TAPService(store: store, now: clock, user: plus.user)
///     var routes = Routes()
///     tap.add(to: &routes)
///     plus.add(to: &routes, tap: tap)
public struct PlusService: Sendable {
  private let users: UserService

  /// Makes the services.
  /// - Parameters:
  ///   - store: the archive.
  ///   - sessionLength: how long a login lasts, seconds.
  ///   - now: the time.
  ///   - random: gives so many unpredictable bytes, of which sessions are made that nobody guesses.
  /// - Throws: `LocalArchiveError` when the archive's access tokens cannot be read.
  public init(
    store: ArchiveStore, sessionLength: Double = 86400, now: @escaping @Sendable () -> ModifiedJulianDate,
    random: @escaping @Sendable (_ count: Int) -> [UInt8]
  ) throws(LocalArchiveError) {
    // Read anew whenever one matters; what is wrong with them is better told now.
    _ = try store.accessTokens()
    users = UserService(
      store: store, now: now, random: random,
      jobResult: { job, user in TAPService.resultPath(ofJob: job, of: user, in: store) },
      limits: UserService.Limits(sessionLength: sessionLength))
  }

  /// Tells whose request it is; `nil` is anybody's. Throws where the archive cannot be asked.
  public var user: TAPService.UserLookUp {
    let callers = users.callers
    return { try callers.caller(of: $0).user?.name }
  }

  /// Adds the services to a server's paths.
  /// - Parameters:
  ///   - routes: the server's paths.
  ///   - tap: answers the queries of searches for images and cones.
  public func add(to routes: inout Routes, tap: TAPService) {
    let policy = tap.configuration.addressPolicy
    var users = users
    users.isEncrypted = tap.configuration.publicURL?.lowercased().hasPrefix("https:") == true
    users.addRoutes(to: &routes, fetch: tap.uploadFetch, policy: policy)
    DataService(store: users.store, callers: users.callers).addRoutes(to: &routes)
    LinksService(store: users.store, callers: users.callers, policy: policy).addRoutes(to: &routes)
    DiscoveryService(tap: tap).addRoutes(to: &routes)
  }
}

extension TAPService {
  /// How tables are fetched that users store by their address.
  fileprivate var uploadFetch: UploadFetch? {
    configuration.fetch.map { UploadFetch(bytes: $0, byteLimit: configuration.uploadByteLimit, gate: fetches) }
  }

  /// Where the file with the result of a user's own job is; `nil` when there is none.
  static func resultPath(ofJob id: String, of user: String, in store: ArchiveStore) -> String? {
    guard let job = try? store.job(id), job.owner == user || job.owner == nil, job.result != nil else { return nil }
    return store.path(ofJobFile: resultName, of: job.id)
  }
}
