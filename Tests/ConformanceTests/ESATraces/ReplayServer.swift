import HTTPTransport
import TestSupport

/// Answers as the recorded server did.
///
/// The exchanges of the step in hand are served once each: to the request that is just like the recorded one, else to the
/// first with the same method and path. A request without a counterpart is kept and answered with status 599.
final class ReplayServer: Sendable {
  /// A request that came.
  struct Arrival: Sendable {
    var request: TraceRequest
    /// The exchange that was served, as an index in the step.
    var exchange: Int?
    /// Whether an answer that failed was asked for again.
    var isRepetition = false
  }

  fileprivate struct State: Sendable {
    var exchanges: [TraceExchange] = []
    var isServed: [Bool] = []
    var arrivals: [Arrival] = []
    var matcher = RequestComparison()
  }

  private let state = Locked(State())
  private let server: LoopbackServer

  init() throws {
    let state = state
    server = try LoopbackServer { request, connection in
      let host = request[header: "Host"] ?? ""
      let sent = TraceRequest(sent: request)
      guard let response = state.withLock({ $0.response(to: sent) }) else {
        connection.respond(599, text: "Nothing is recorded for \(sent.line).")
        return
      }
      Self.serve(response, host: host, to: connection)
    }
  }

  /// `http://127.0.0.1:port`.
  var url: String { server.url }

  /// Puts the exchanges of a step in place.
  func begin(_ exchanges: [TraceExchange], matcher: RequestComparison) {
    state.withLock { $0 = State(exchanges: exchanges, isServed: exchanges.map { _ in false }, matcher: matcher) }
  }

  /// What has come since the step began.
  var arrivals: [Arrival] { state.withLock { $0.arrivals } }

  private static func serve(_ response: TraceResponse, host: String, to connection: LoopbackServer.Connection) {
    let place = { (text: String) -> String in ReplayServer.place(text, host: host) }
    // A body that is no text holds no placeholder.
    let body = String(validating: response.body, as: UTF8.self).map { Array(place($0).utf8) } ?? response.body
    connection.send("HTTP/1.1 \(response.status) \(response.reason)\r\nConnection: close\r\n")
    for field in response.headers { connection.send("\(field.name): \(place(field.value))\r\n") }
    if response.isChunked {
      connection.send("Transfer-Encoding: chunked\r\n\r\n")
      let sent = response.cut.map { Array(body.prefix($0)) } ?? body
      var rest = sent[...]
      while !rest.isEmpty {
        connection.sendChunk(rest.prefix(1000))
        rest = rest.dropFirst(1000)
      }
      if response.cut == nil { connection.sendChunk([]) }
    } else {
      if response.status != 204 { connection.send("Content-Length: \(body.count)\r\n") }
      connection.send("\r\n")
      connection.send(response.cut.map { Array(body.prefix($0)) } ?? body)
    }
  }

  /// A recorded text with this server's address; the recorded one spoke TLS, this one does not.
  static func place(_ text: String, host: String) -> String {
    text.replacing("https://{HTTPS_HOST}", with: "http://" + host).replacing("{HTTPS_HOST}", with: host)
      .replacing("{HTTP_HOST}", with: host)
  }
}

extension ReplayServer.State {
  fileprivate mutating func response(to request: TraceRequest) -> TraceResponse? {
    let open = exchanges.indices.filter {
      !isServed[$0] && exchanges[$0].request.method == request.method
        && matcher.isSamePath(exchanges[$0].request, request)
    }
    let last = arrivals.last { $0.exchange != nil }?.exchange ?? -1
    let like = (open.filter { $0 > last } + open).first {
      matcher.differences(recorded: exchanges[$0].request, sent: request).isEmpty
    }
    if let index = like ?? open.first(where: { $0 > last }) ?? open.first {
      isServed[index] = true
      arrivals.append(ReplayServer.Arrival(request: request, exchange: index))
      return exchanges[index].response
    }
    // What changes nothing may be tried again when the server was at fault, a query when the server was busy.
    if request.method == "GET" || ["/server/tap/sync", "/server/data"].contains(request.path),
      let last = arrivals.last(where: { $0.request.line == request.line }),
      let index = last.exchange, isWorthRepeating(exchanges[index])
    {
      arrivals.append(ReplayServer.Arrival(request: request, exchange: index, isRepetition: true))
      return exchanges[index].response
    }
    arrivals.append(ReplayServer.Arrival(request: request, exchange: nil))
    return nil
  }

  private func isWorthRepeating(_ exchange: TraceExchange) -> Bool {
    let (status, isCut) = (exchange.response.status, exchange.response.cut != nil)
    if exchange.request.path == "/server/tap/sync" { return status == 503 || status == 429 }
    return status >= 500 || isCut
  }
}
