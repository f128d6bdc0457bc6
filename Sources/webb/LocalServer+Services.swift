import ArchiveServer
import HTTPTransport
import LocalArchive

extension LocalServer {
  /// What a served archive answers beside MAST's protocol: TAP and TAP+, files, links, images and cones.
  /// - Parameters:
  ///   - isPublic: whether other machines can reach the server.
  ///   - publicURL: the address at which they do, where a proxy stands in front.
  static func routes(_ store: ArchiveStore, isPublic: Bool, publicURL: String?) throws -> Routes {
    let plus = try PlusService(
      store: store, now: { Environment.now }, random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
    var configuration = TAPConfiguration()
    configuration.version = WebbVersion.text
    configuration.publicURL = publicURL
    // What only this machine and its network may see is not for strangers to have read through the server.
    let transport = CurlTransport(
      configuration: .init(
        userAgent: "webb/\(WebbVersion.text)", threads: 1, addresses: isPublic ? .publicOnly : .anywhere))
    configuration.fetch = { try await fetch($0, byteLimit: $1, over: transport) }
    configuration.report = { Console.report("The archive failed: \($0)") }
    let tap = try ArchiveServer.TAPService(
      store: store, configuration: configuration, now: { Environment.now }, user: plus.user)
    var routes = Routes()
    tap.add(to: &routes)
    plus.add(to: &routes, tap: tap)
    return routes
  }

  /// Whether only this machine can reach a server that listens there.
  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  /// Fetches a table that a query names by its address.
  private static func fetch(_ url: String, byteLimit: Int, over transport: CurlTransport) async throws -> [UInt8] {
    let timeouts = Timeouts(responseHead: .seconds(60), stall: .seconds(20), total: .seconds(120))
    let response = try await transport.send(HTTPRequest(.get, url, timeouts: timeouts), bodyLimit: byteLimit)
    guard response.isSuccess else { throw Failure(message: "\(url) answered with status \(response.status).") }
    return response.body
  }
}
