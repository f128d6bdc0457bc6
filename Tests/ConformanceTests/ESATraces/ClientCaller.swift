import Downloads
import ESAArchive
import HTTPTransport
import TAP
import TableIO
import TestSupport
import Unpacking

/// Makes the calls of a trace with our client. The files beside this one say, by groups of methods, what each call is with us.
final class ClientCaller: TraceCaller {
  let server: ReplayServer
  let folder: ScratchFolder
  var archive: ESAArchive
  /// What earlier steps gave.
  var objects: [Int: TraceObject] = [:]

  /// An object that a step gave, for later steps.
  struct TraceObject {
    /// The job's identifier; `nil` for a direct answer.
    var jobID: String?
    var result: TAPResult?
    /// The file it was saved in.
    var file: String?
    /// Where the user wants it saved.
    var wantedFile: String?
    var format: String?
  }

  /// Why a call is not made.
  struct NotApplicable: Error {
    var reason: CallReason
  }

  init(trace: Trace, server: ReplayServer, folder: ScratchFolder) throws {
    self.server = server
    self.folder = folder
    var configuration = ESAArchive.Configuration(tapURL: server.url + "/server/tap")
    // As each kind of Python client calls itself.
    configuration.clientTag =
      trace.steps.flatMap(\.exchanges).compactMap { $0.request.field("tapclient") }.first ?? "ASTROQUERY"
    configuration.resolvers.simbad = server.url + "/simbad/sim-tap"
    configuration.resolvers.ned = server.url + "/cgi-bin/objsearch"
    configuration.resolvers.vizier = server.url + "/viz-bin/votable"
    configuration.pacing = Self.pacing()
    archive = ESAArchive(
      transport: CurlTransport(configuration: .init(userAgent: "webb-tests/1.0")), configuration: configuration)
  }

  /// Time that passes only by waiting, from the moment of the recordings on.
  private static func pacing() -> Pacing {
    let clock = Locked(Duration.zero)
    return Pacing(
      sleep: { pause in clock.withLock { $0 += pause } },
      unixTime: { 1_767_323_045 + clock.withLock { $0.components.seconds } },
      uptime: { clock.withLock { $0 } }, jitter: { 0.5 })
  }

  func perform(_ step: Trace.Step, index: Int) async -> ObservedOutcome {
    let call = CallArguments(step)
    do {
      return .returned(try await value(call, index))
    } catch let reason as NotApplicable {
      return .notApplicable(reason.reason)
    } catch {
      return .raised(ObservedError(error))
    }
  }

  private func value(_ call: CallArguments, _ index: Int) async throws -> JSONValue {
    if let reason = Convenience.reason(call.on, call.method) { throw NotApplicable(reason: reason) }
    if let step = call.jobStep { return try await job(call, step) }
    if let value = try await query(call, index) { return value }
    if let value = try await jobs(call, index) { return value }
    if let value = try await search(call, index) { return value }
    if let value = try await products(call) { return value }
    if let value = try await session(call) { return value }
    if let value = try await tables(call) { return value }
    if let value = try await userTables(call, index) { return value }
    if let value = try await sharing(call) { return value }
    throw NotApplicable(reason: .unknownCall)
  }
}

extension ObservedError {
  /// One of our errors, or one that comes through our libraries.
  init(_ error: any Error) {
    switch error {
    case let error as TAPError: self.init(family: Self.family(error), text: error.description)
    case let error as ESAArchiveError: self.init(family: Self.family(error), text: error.description)
    case let error as HTTPTransportError: self.init(family: .transport, text: error.description)
    case let error as DownloadsError:
      self.init(family: error.answer == nil ? .transport : .service, text: "\(error)")
    case let error as UnpackingError:
      self.init(family: error.kind == .truncated || error.kind == .source ? .transport : .answer, text: "\(error)")
    case let error as TableIOError: self.init(family: .answer, text: "\(error)")
    default: self.init(family: .usage, text: "\(error)")
    }
  }

  private static func family(_ error: TAPError) -> ErrorFamily {
    switch error.kind {
    case .service, .notAuthorized, .overflow: .service
    case .badRequest, .insecure: .usage
    case .credentials: .file
    case .notFound: .notFound
    case .jobFailed, .jobAborted, .jobNotFinished, .timedOut: .job
    case .transport, .truncated: .transport
    // Without an address it is about a file of the user's.
    case .table: error.url == nil ? .file : .answer
    default: .answer
    }
  }

  private static func family(_ error: ESAArchiveError) -> ErrorFamily {
    switch error.kind {
    case .badCriteria, .levelTooHigh: .usage
    case .notFound, .unresolvedTarget: .notFound
    case .privateData: .service
    case .unsafeName: .file
    case .truncated, .badAnswer: .answer
    default: (error.cause.map { ObservedError($0).family }) ?? .service
    }
  }
}
