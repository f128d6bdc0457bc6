/// One exchange with one server: a hop of a request, on its way to one of curl's threads.
struct CurlJob: Sendable {
  let id: UInt64
  let request: HTTPRequest
  let address: WebAddress
  let sink: any BodySink
  /// Whether gzip may be asked for and HTTP/2 spoken: for bodies that stay in memory. Files come plain, over HTTP/1.1.
  let isCollected: Bool
  /// When the whole request must be over, on the engine's clock.
  let deadline: Duration?
  /// Called once, on any thread.
  let completion: @Sendable (Result<HTTPResponse, HTTPTransportError>) -> Void
}
