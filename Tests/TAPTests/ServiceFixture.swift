import HTTPTransport
import TAP
import TableIO
import TestSupport

/// Time that passes only when someone sleeps or a test says so.
final class TestClock: Sendable {
  private let state = Locked((now: Duration.zero, pauses: [Duration]()))

  var now: Duration { state.withLock { $0.now } }
  /// The pauses that were slept, in order.
  var pauses: [Duration] { state.withLock { $0.pauses } }

  func advance(by duration: Duration) { state.withLock { $0.now += duration } }

  var pacing: Pacing {
    Pacing(
      sleep: { [self] duration in
        try Task.checkCancellation()
        state.withLock {
          $0.now += duration
          $0.pauses.append(duration)
        }
      },
      unixTime: { 1_700_000_000 }, uptime: { [self] in now }, jitter: { 1 })
  }
}

/// A service on a loopback port, and a client of it whose pauses take no time.
struct ServiceFixture {
  let server: LoopbackServer
  let clock: TestClock
  let client: TAPClient

  /// - Parameter handler: answers a request for a resource, given by its method and its path behind the base.
  init(
    dialect: TAPConnection.Dialect = .standard, clientTag: String? = nil, clock: TestClock = TestClock(),
    _ handler: @escaping @Sendable (String, LoopbackServer.Request, LoopbackServer.Connection) -> Void
  ) throws {
    self.clock = clock
    server = try LoopbackServer { request, connection in
      var path = request.path
      if path.hasPrefix("/server/tap/") { path.removeFirst("/server/tap/".count) }
      handler(request.method + " " + path, request, connection)
    }
    var configuration = TAPConnection.Configuration(dialect: dialect, clientTag: clientTag)
    configuration.pacing = clock.pacing
    configuration.memoryLimit = 64 << 10
    client = TAPClient(
      TAPConnection(
        baseURL: server.url + "/server/tap/", transport: CurlTransport(configuration: .init(userAgent: "webb/test")),
        configuration: configuration))
  }

  /// Method and target of each request so far, without the base.
  var requests: [String] {
    server.requests.map { $0.method + " " + $0.target.replacing("/server/tap/", with: "") }
  }
}

/// The error that something ends with; `nil` when it ends well or with another type.
func tapError(_ body: () async throws -> some Any) async -> TAPError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? TAPError
  }
}

/// Documents that services send.
enum Documents {
  static func votable(rows: [(String, Double)], before: String = "OK", after: String = "") -> String {
    let cells = rows.map { "<TR><TD>\($0.0)</TD><TD>\($0.1)</TD></TR>" }.joined(separator: "\n")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
      <RESOURCE type="results">
      <INFO name="QUERY_STATUS" value="\(before)"/>
      <TABLE><FIELD name="obs_id" datatype="char" arraysize="*"/><FIELD name="ra" datatype="double" unit="deg"/>
      <DATA><TABLEDATA>
      \(cells)
      </TABLEDATA></DATA></TABLE>
      \(after)
      </RESOURCE>
      </VOTABLE>
      """
  }

  static func errorVOTable(_ message: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
    <RESOURCE type="results"><INFO name="QUERY_STATUS" value="ERROR"><![CDATA[\(message)]]></INFO></RESOURCE>
    </VOTABLE>
    """
  }

  static func job(_ id: String, _ phase: String, version: String? = nil, prefix: String = "uws:", more: String = "")
    -> String
  {
    let p = prefix
    let name = p.isEmpty ? "xmlns" : "xmlns:" + p.dropLast()
    return """
      <?xml version="1.0"?>
      <\(p)job \(name)="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:xlink="http://www.w3.org/1999/xlink"\(version.map { " version=\"\($0)\"" } ?? "")>
      <\(p)jobId><![CDATA[\(id)]]></\(p)jobId><\(p)runId xsi:nil="true"/><\(p)phase>\(phase)</\(p)phase>
      \(more)
      </\(p)job>
      """
  }

  static func gzip(_ text: String) throws -> [UInt8] {
    let memory = MemoryByteSink()
    let sink = try GzipByteSink(memory)
    try sink.write(Array(text.utf8))
    try sink.finish()
    return memory.bytes
  }
}
