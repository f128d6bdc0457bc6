/// The transport over the network: libcurl on one thread of its own.
///
/// One transport serves a whole program; connections are kept and used again. It takes proxies from `http_proxy`,
/// `https_proxy` and `no_proxy` by libcurl's own rules.
public final class CurlTransport: Transport {
  /// What all requests have in common.
  public struct Configuration: Sendable {
    /// How the program calls itself: `webb/1.0`.
    public var userAgent: String
    /// Secrets, each for its origin only.
    public var credentials: [Credential]
    /// A PEM file with the certificates to trust in place of the system's.
    public var certificateFile: String?
    /// How many transfers one server serves at a time; the others wait, and their limits do not run meanwhile
    /// (except for `Timeouts.total`).
    public var connectionsPerHost: Int

    /// Describes a transport.
    public init(
      userAgent: String, credentials: [Credential] = [], certificateFile: String? = nil, connectionsPerHost: Int = 8
    ) {
      self.userAgent = userAgent
      self.credentials = credentials
      self.certificateFile = certificateFile
      self.connectionsPerHost = max(1, connectionsPerHost)
    }
  }

  private let engine: CurlEngine
  private let credentials: [Credential]

  /// The zero of the clock on which deadlines are counted.
  static let epoch = ContinuousClock.now

  /// A transport without connections yet; its thread starts with the first request.
  public init(configuration: Configuration) {
    engine = CurlEngine(configuration: configuration)
    credentials = configuration.credentials
  }

  deinit {
    engine.close()
  }

  /// Fetches an answer with its whole body in memory. See `Transport`.
  public func send(_ request: HTTPRequest, bodyLimit: Int) async throws -> HTTPResponse {
    let response = try await perform(request, CollectingSink(limit: bodyLimit), isCollected: true)
    guard response.isBodyComplete else {
      throw HTTPTransportError(
        .bodyTooLarge, url: response.url, "The answer is larger than the \(bodyLimit) bytes that are allowed for it.")
    }
    return response
  }

  /// Fetches an answer whose body goes to a sink. See `Transport`.
  public func stream(_ request: HTTPRequest, to sink: any BodySink) async throws -> HTTPResponse {
    try await perform(request, sink, isCollected: false)
  }

  private func perform(
    _ request: HTTPRequest, _ sink: any BodySink, isCollected: Bool
  ) async throws(HTTPTransportError) -> HTTPResponse {
    let deadline = request.timeouts.total.map { ContinuousClock.now - Self.epoch + $0 }
    var rule = RedirectRule()
    var request = request
    while true {
      let response = try await exchange(request, sink, isCollected: isCollected, deadline: deadline)
      guard request.followsRedirects else { return response }
      switch rule.event(response, to: request) {
      case .deliver: return response
      case .follow(let next): request = next
      case .refuse(let error): throw error
      }
    }
  }

  /// One hop.
  private func exchange(
    _ request: HTTPRequest, _ sink: any BodySink, isCollected: Bool, deadline: Duration?
  ) async throws(HTTPTransportError) -> HTTPResponse {
    let address = try WebAddress(request.url)
    var hop = request
    for credential in credentials + request.credentials where credential.origin == address.origin {
      for field in credential.headers.fields { hop.headers[field.name] = field.value }
    }
    let id = engine.newID()
    let engine = engine
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation {
        (continuation: CheckedContinuation<Result<HTTPResponse, HTTPTransportError>, _>) in
        engine.submit(
          CurlJob(
            id: id, request: hop, address: address, sink: request.followsRedirects ? HopSink(sink) : sink,
            isCollected: isCollected,
            deadline: deadline
          ) { continuation.resume(returning: $0) })
        // The handler may have run before the job was there to be cancelled.
        if Task.isCancelled { engine.cancel(id) }
      }
    } onCancel: {
      engine.cancel(id)
    }
    return try result.get()
  }
}

/// Keeps the heads and bodies of redirects away from the caller's sink.
private final class HopSink: BodySink {
  private let sink: any BodySink

  init(_ sink: any BodySink) { self.sink = sink }

  func receive(head: HTTPResponse) throws -> BodyDisposition {
    RedirectRule.isRedirect(head) ? .discard : try sink.receive(head: head)
  }

  func receive(bytes: UnsafeRawBufferPointer) throws { try sink.receive(bytes: bytes) }
}

/// Leaves the body to the response.
private final class CollectingSink: BodySink {
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func receive(head: HTTPResponse) -> BodyDisposition { .collect(limit: limit) }

  func receive(bytes: UnsafeRawBufferPointer) {}
}
