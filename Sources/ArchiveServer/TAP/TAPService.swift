public import LocalArchive
public import SkyGeometry
internal import TableIO

/// A TAP 1.1 service on an archive, with what ESA's TAP+ clients expect beside it.
///
///     let service = try TAPService(store: store, now: clock)
///     service.add(to: &routes, at: ["/tap", "/server/tap"])
///
/// Each of its bases is a service of its own to its clients: links lead back below the base by which the request came.
public struct TAPService: Sendable {
  /// Tells whose request it is; `nil` is anybody's. Where it throws, the request is answered with status 503.
  public typealias UserLookUp = @Sendable (_ request: ServerRequest) throws -> String?

  let store: ArchiveStore
  let source: any QuerySource
  let configuration: TAPConfiguration
  let now: @Sendable () -> ModifiedJulianDate
  let sleep: @Sendable (Duration) async -> Void
  let random: @Sendable () -> UInt64
  let user: UserLookUp
  let work: WorkQueue
  let jobs: JobQueue
  let fetches: FetchGate
  let jobFiles = JobFilesSize()
  let upSince: ModifiedJulianDate
  /// Held as long as the service is there.
  private let lock: JobsLock?

  /// Makes the service and takes up the jobs that an earlier one left, unless another process serves the same archive.
  /// - Parameters:
  ///   - store: the archive.
  ///   - configuration: limits.
  ///   - now: the time.
  ///   - sleep: waits.
  ///   - random: random numbers, of which identifiers of jobs are made that nobody guesses.
  ///   - user: tells whose request it is.
  /// - Throws: `LocalArchiveError` when the jobs cannot be read.
  public init(
    store: ArchiveStore, configuration: TAPConfiguration = TAPConfiguration(),
    now: @escaping @Sendable () -> ModifiedJulianDate,
    sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) },
    random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0...(.max)) },
    user: @escaping UserLookUp = { _ in nil }
  ) throws(LocalArchiveError) {
    try self.init(
      store: store, source: store, configuration: configuration, now: now, sleep: sleep, random: random, user: user)
  }

  init(
    store: ArchiveStore, source: any QuerySource, configuration: TAPConfiguration,
    now: @escaping @Sendable () -> ModifiedJulianDate, sleep: @escaping @Sendable (Duration) async -> Void,
    random: @escaping @Sendable () -> UInt64, user: @escaping UserLookUp
  ) throws(LocalArchiveError) {
    self.store = store
    self.source = source
    self.configuration = configuration
    self.now = now
    self.sleep = sleep
    self.random = random
    self.user = user
    work = WorkQueue(width: configuration.syncWidth, lineLimit: configuration.syncLine)
    jobs = JobQueue(width: configuration.jobWidth, lineLimit: configuration.jobLine)
    fetches = FetchGate(width: configuration.fetchWidth, lineLimit: configuration.syncLine)
    upSince = now()
    lock = try store.lockJobs()
    if lock != nil { try recoverJobs() }
  }

  /// Adds the service to a server's paths.
  /// - Parameters:
  ///   - routes: the server's paths.
  ///   - paths: the bases.
  public func add(to routes: inout Routes, at paths: [String] = ["/tap", "/server/tap"]) {
    for path in paths {
      routes.add(path, methods: ["GET", "HEAD", "POST", "DELETE"], traits: .init(takesFiles: true)) { request, rest in
        do throws(TAPFault) {
          let call = try TAPCall(request, rest: rest, path: path, service: self)
          return respond(to: call).varyingByCaller(isPrivate: call.user != nil)
        } catch {
          return error.response
        }
      }
    }
    routes.addUpkeep { removeExpiredJobs() }
  }

  /// The user whose request it is; `nil` for anybody's.
  func caller(of request: ServerRequest) throws(TAPFault) -> String? {
    do { return try user(request) } catch { throw .callerUnknown }
  }

  /// The product that answers, for results and the Server header.
  var productName: String { "webb/\(configuration.version)" }

  private func respond(to call: TAPCall) -> ServerResponse {
    let isDelete = call.request.method == "DELETE"
    switch call.word(0) {
    case "async": return async(call)
    case _ where isDelete:
      return .text(405, "Only jobs can be deleted.", headers: [("Allow", "GET, HEAD, POST")])
    case nil: return landingPage(call)
    case "sync" where call.rest.count == 1: return sync(call)
    case "capabilities" where call.rest.count == 1: return capabilities(call)
    case "availability" where call.rest.count == 1: return availability()
    case "tables" where call.rest.count <= 2: return tables(call)
    case "examples" where call.rest.count == 1: return examples(call)
    case "jobs" where call.word(1) == "async" && call.rest.count == 2: return searchJobs(call)
    case "deletejobs" where call.rest.count == 1: return deleteJobs(call)
    default: return .text(404, "There is no such resource here. See \(call.base)/capabilities for what there is.")
    }
  }
}

/// A request to the service.
struct TAPCall: Sendable {
  let request: ServerRequest
  /// The words of the path behind the service's base.
  let rest: [String]
  /// The service's base as the client sees it.
  let base: String
  /// Whether the base is that of ESA's service.
  let isPlus: Bool
  /// Who asks.
  let user: String?
  /// Where the request comes from; see ``ServiceAddress/Policy/client(of:)``.
  let client: String

  init(_ request: ServerRequest, rest: [String], path: String, service: TAPService) throws(TAPFault) {
    self.request = request
    self.rest = rest
    base = ServiceAddress(request, policy: service.configuration.addressPolicy).origin + path
    isPlus = path.lowercased().hasPrefix("/server/")
    user = try service.caller(of: request)
    client = service.configuration.addressPolicy.client(of: request)
  }

  /// A word of the path in lower case.
  func word(_ index: Int) -> String? { rest.indices.contains(index) ? rest[index].lowercased() : nil }
}
