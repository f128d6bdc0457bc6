internal import Hummingbird
internal import HummingbirdCore
public import LocalArchive
internal import Logging
internal import NIOCore
public import ServiceLifecycle
public import SkyGeometry

/// Serves an archive over HTTP: MAST's endpoints, and whatever else has routes.
///
///     let server = try Server(store: store, configuration: ServerConfiguration(port: 0), now: clock)
///     try await server.run { address in print("serving on port \(address.port)") }
///
/// Cancel the task to stop, or run the server as one service of a group; signals are the caller's.
public struct Server: Service {
  private let configuration: ServerConfiguration
  private let responder: RequestAdapter
  private let upkeep: [@Sendable () -> Void]

  /// Makes a server; nothing listens before ``run(onRunning:)``.
  /// - Parameters:
  ///   - store: the archive.
  ///   - configuration: where to listen.
  ///   - routes: what answers beside MAST's endpoints, and before them; see ``TAPService/add(to:at:)``.
  ///   - now: the time, for the log.
  ///   - log: gets one entry per request, after its last byte.
  /// - Throws: `LocalArchiveError` when the archive's access tokens cannot be read.
  public init(
    store: ArchiveStore, configuration: ServerConfiguration = ServerConfiguration(), routes: Routes = Routes(),
    now: @escaping @Sendable () -> ModifiedJulianDate, log: @escaping @Sendable (ServerLogEntry) -> Void = { _ in }
  ) throws(LocalArchiveError) {
    self.configuration = configuration
    // Read anew whenever one matters; what is wrong with them is better told now.
    _ = try store.accessTokens()
    let handler = ArchiveHandler(store: store, now: now)
    responder = RequestAdapter(
      handler: { routes.respond(to: $0) ?? handler.respond(to: $0) }, traits: { routes.traits(ofPath: $0) },
      configuration: configuration, now: now, log: log, bodies: ByteBudget(configuration.maximumBodyTotal))
    upkeep = routes.upkeep
  }

  /// Serves until the task is cancelled or its service group shuts down gracefully.
  public func run() async throws { try await run { _ in } }

  /// Serves until the task is cancelled or its service group shuts down gracefully.
  /// - Parameter onRunning: called once with the port that was bound, when requests are being answered.
  public func run(onRunning: @escaping @Sendable (_ port: Int) async -> Void) async throws {
    var quiet = Logger(label: "webb.server") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let application = Application(
      responder: responder,
      // Connections that neither ask nor get anything are closed, so that they cannot pile up.
      server: .http1(configuration: .init(additionalChannelHandlers: [ClientWatch()], idleTimeout: .seconds(60))),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port),
        serverName: "webb/\(configuration.version) (JWST archive)"),
      onServerRunning: { channel in
        guard let port = channel.localAddress?.port else { return }
        await onRunning(port)
      },
      logger: quiet)
    let upkeep = upkeep
    try await withThrowingTaskGroup { group in
      group.addTask { try await application.run() }
      group.addTask { await Self.keepUp(upkeep) }
      defer { group.cancelAll() }
      // Upkeep goes on until it is cancelled: what ends first is the serving, or the task.
      try await group.next()
    }
  }

  /// Does the upkeep once a minute until the task is cancelled.
  private static func keepUp(_ upkeep: [@Sendable () -> Void]) async {
    while (try? await Task.sleep(for: .seconds(60))) != nil {
      for work in upkeep { await Aside.run(work) }
    }
  }
}

/// Where and how a server listens.
public struct ServerConfiguration: Sendable, Hashable {
  /// The name or address to listen on.
  public var host: String
  /// The port; 0 takes a free one.
  public var port: Int
  /// Bytes a request's body may have that brings files where files are taken.
  public var maximumBodySize: Int
  /// Bytes any other request's body may have.
  public var maximumFormSize = 4 << 20
  /// Bytes the bodies of all requests may have that are in memory at a time; further ones are told to come back.
  public var maximumBodyTotal = 256 << 20
  /// The program's version, for the Server header.
  public var version: String

  /// Describes where a server listens; by default only this machine can reach it.
  public init(host: String = "127.0.0.1", port: Int = 0, maximumBodySize: Int = 64 << 20, version: String = "0") {
    self.host = host
    self.port = port
    self.maximumBodySize = maximumBodySize
    self.version = version
  }
}
