import ArchiveServer
import LocalArchive
import MASTArchive

/// A local archive served over HTTP, for others or for this process itself.
struct LocalServer {
  private let server: Server
  private let host: String
  /// Keeps the address at which the archive is served, for the links in its tables.
  private let announce: @Sendable (_ port: Int) -> Void

  /// Opens the archive in a folder.
  /// - Parameters:
  ///   - port: 0 takes a free one.
  ///   - publicURL: the address at which others reach it, where a proxy stands in front.
  ///   - announces: whether links in the archive's tables are to lead here; not for a server that one command starts for itself.
  init(
    path: String, host: String = "127.0.0.1", port: Int = 0, publicURL: String? = nil, announces: Bool = false,
    logs: Bool
  ) throws {
    self.host = host
    let store = try ArchiveStore.open(at: path)
    announce = { port in
      guard announces else { return }
      do { try store.setServiceAddress(publicURL ?? Self.address(host: host, port: port)) } catch {
        Console.report("Addresses in ivoa.obscore stay as they were: \(error)")
      }
    }
    server = try Server(
      store: store, configuration: ServerConfiguration(host: host, port: port, version: WebbVersion.text),
      routes: try Self.routes(store, isPublic: !Self.isLoopback(host) || publicURL != nil, publicURL: publicURL),
      now: { Environment.now }, log: { if logs { Console.report($0.description) } })
  }

  /// Serves until the task is cancelled.
  /// - Parameter onRunning: called once, with the base address without a slash at the end.
  func run(onRunning: @escaping @Sendable (_ url: String) async -> Void) async throws {
    try await server.run { [host, announce] port in
      let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
      announce(port)
      await onRunning(url)
    }
  }

  /// The address at which a client reaches the server: a server that listens at all addresses of its machine is reached by the machine's
  /// name.
  static func address(host: String, port: Int) -> String {
    let isEverywhere = ["0.0.0.0", "::", "[::]", "*", ""].contains(host)
    let name = isEverywhere ? Environment.hostName : host
    return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)"
  }

  /// Serves for as long as some work takes.
  func serving<Value: Sendable>(_ work: @escaping @Sendable (_ url: String) async throws -> Value) async throws -> Value
  {
    let (addresses, address) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        defer { address.finish() }
        try await run { address.yield($0) }
        return nil
      }
      group.addTask {
        guard let url = await addresses.first(where: { _ in true }) else { throw CancellationError() }
        return try await work(url)
      }
      defer { group.cancelAll() }
      while let value = try await group.next() {
        if let value { return value }
      }
      throw CancellationError()
    }
  }
}
