/// The transport over the network: libcurl on a few threads of its own.
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
    /// Over how many threads transfers are spread. Sinks work there, so they may use so many processors at once.
    public var threads: Int
    /// Which machines it may connect to.
    public var addresses: AddressPolicy

    /// Describes a transport.
    public init(
      userAgent: String, credentials: [Credential] = [], certificateFile: String? = nil, connectionsPerHost: Int = 8,
      threads: Int = 4, addresses: AddressPolicy = .anywhere
    ) {
      self.userAgent = userAgent
      self.credentials = credentials
      self.certificateFile = certificateFile
      self.connectionsPerHost = max(1, connectionsPerHost)
      self.threads = max(1, threads)
      self.addresses = addresses
    }
  }

  private let engines: [CurlEngine]
  private let schedule: Locked<CurlSchedule>
  private let credentials: [Credential]

  /// The zero of the clock on which deadlines are counted.
  static let epoch = ContinuousClock.now

  /// A transport without connections yet; its threads start as there is work for them.
  public init(configuration: Configuration) {
    let schedule = Locked(
      CurlSchedule(engines: configuration.threads, connectionsPerHost: configuration.connectionsPerHost))
    self.schedule = schedule
    engines = (0..<configuration.threads).map { _ in CurlEngine(configuration: configuration, schedule: schedule) }
    credentials = configuration.credentials
  }

  deinit {
    for engine in engines { engine.close() }
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
    let id = schedule.withLock { $0.newID() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation {
        (continuation: CheckedContinuation<Result<HTTPResponse, HTTPTransportError>, _>) in
        submit(
          CurlJob(
            id: id, request: hop, address: address, sink: request.followsRedirects ? HopSink(sink) : sink,
            isCollected: isCollected,
            deadline: deadline
          ) { continuation.resume(returning: $0) })
        // The handler may have run before the job was there to be cancelled.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
    return try result.get()
  }

  /// Hands a job to an engine or to the queue. Its completion is called in every case.
  private func submit(_ job: CurlJob) {
    var next = schedule.withLock { schedule in schedule.add(job).map { (job, $0) } }
    while let (job, engine) = next, !engines[engine].submit(job) {
      next = schedule.withLock { schedule in schedule.finish(job.id).map { ($0, engine) } }
      job.completion(
        .failure(HTTPTransportError(.system, url: job.address.text, "libcurl or its thread could not be started.")))
    }
  }

  /// Ends a job early; one that is over is left alone.
  private func cancel(_ id: UInt64) {
    switch schedule.withLock({ $0.cancel(id) }) {
    case .engine(let engine): engines[engine].cancel(id)
    case .queue(let job): job.completion(.failure(.cancelled(url: job.address.text)))
    case nil: break
    }
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
