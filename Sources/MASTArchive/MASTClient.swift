public import HTTPTransport
public import Holdings
import TableIO

/// A client of MAST, or of anything that speaks its protocol.
///
///     let client = MASTClient(transport: CurlTransport(configuration: .init(userAgent: "example/1.0")))
///     let observations = try await client.observations(matching: .init(programs: [2733], window: .all))
///     let products = try await client.products(of: observations)
public struct MASTClient: Sendable {
  /// How to reach the archive and how patient to be.
  public struct Configuration: Sendable {
    /// Scheme, host and port, without a slash at the end.
    public var baseURL: String
    /// A MAST token, for exclusive-access data; public data need none.
    public var token: String?
    /// How long one answer may take altogether before the question counts as too large.
    public var patience: Duration = .seconds(600)
    /// How long the archive may keep one request open before it says that it is still executing.
    public var answerTimeout: Duration = .seconds(180)
    /// Observations per product request at first; halved where the archive is too slow.
    public var observationsPerRequest = 40
    /// Product requests under way at once.
    public var concurrency = 2
    /// What to do after passing faults.
    public var retry = RetryPolicy()
    /// Time and chance for pauses.
    public var pacing = Pacing.system
    /// A new random text for each question, so that the archive does not answer from its cache.
    public var cacheBreaker: @Sendable () -> String

    /// Sets up a client of an archive.
    public init(
      baseURL: String = "https://mast.stsci.edu", token: String? = nil,
      cacheBreaker: @escaping @Sendable () -> String = Self.randomText
    ) {
      self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
      self.token = token
      self.cacheBreaker = cacheBreaker
    }

    /// What proves who is asking, for this archive's origin only.
    var credentials: [Credential] {
      guard let token, let origin = Origin(url: baseURL) else { return [] }
      return [
        Credential(origin: origin, headers: ["Authorization": "token \(token)", "Cookie": "mast_token=\(token)"])
      ]
    }

    /// Thirty-two random hexadecimal digits.
    @Sendable public static func randomText() -> String {
      (0..<2).map { _ in
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
    }
  }

  /// What sends the client's requests, with the token for this archive; downloads go through it too.
  public let transport: any Transport
  /// How the client was set up.
  public let configuration: Configuration

  /// Makes a client that sends its requests through a transport.
  public init(transport: any Transport, configuration: Configuration = Configuration()) {
    self.transport = CredentialedTransport(transport, credentials: configuration.credentials)
    self.configuration = configuration
  }

  /// All rows that answer a question, over all pages.
  /// - Throws: ``MASTArchiveError``; `.truncated` when fewer rows arrive than the archive announces.
  public func rows(answering request: InvokeRequest) async throws -> [[String: Cell]] {
    let cacheBreaker = configuration.cacheBreaker()
    var rows: [[String: Cell]] = []
    var page = 1
    var announced: Int?
    while true {
      let answer = try await answer(request, page: page, cacheBreaker: cacheBreaker)
      rows += answer.rows
      if let announced, let total = answer.total, announced != total {
        throw MASTArchiveError(
          .truncated,
          "The archive announced \(announced) rows, then \(total): its holdings changed meanwhile; ask again.",
          service: request.service, url: invokeURL)
      }
      announced = answer.total
      if answer.total == nil, answer.pages == nil, answer.rows.count >= request.pageSize {
        throw MASTArchiveError(
          .truncated,
          "The archive sent a full page of \(answer.rows.count) rows and does not say whether there are more: ask for fewer at once.",
          service: request.service, url: invokeURL)
      }
      if rows.count > Self.largestAnswer {
        throw MASTArchiveError(
          .truncated, "The answer has more than \(Self.largestAnswer) rows: ask for less at once.",
          service: request.service, url: invokeURL)
      }
      guard let pages = answer.pages, page < pages, !answer.rows.isEmpty else {
        if let total = answer.total, rows.count < total {
          throw MASTArchiveError(
            .truncated,
            "The archive announced \(total) rows but sent only \(rows.count): ask again, or for fewer at once.",
            service: request.service, url: invokeURL)
        }
        return rows
      }
      page += 1
    }
  }

  /// MAST itself sends at most about half a million rows.
  private static let largestAnswer = 2_000_000

  var invokeURL: String { configuration.baseURL + "/api/v0/invoke" }

  /// One page, asked for again for as long as the archive says that it is still executing.
  private func answer(_ request: InvokeRequest, page: Int, cacheBreaker: String) async throws -> InvokeAnswer {
    let form = FormBody(["request": request.json(page: page, cacheBreaker: cacheBreaker).jsonText])
    var polling = Polling(patience: configuration.patience)
    let start = configuration.pacing.uptime()
    while true {
      let response = try await send(.post(invokeURL, form: form, timeouts: timeouts), service: request.service)
      let answer: InvokeAnswer
      do { answer = try InvokeAnswer(parsing: response.body) } catch {
        var error = error
        error.service = request.service
        error.url = invokeURL
        throw error
      }
      switch answer.status {
      case .complete: return answer
      case .error:
        throw MASTArchiveError(
          .refused,
          "The archive refuses the question: \(answer.message.isEmpty ? "no reason given" : InvokeAnswer.oneLine(answer.message))",
          service: request.service, url: invokeURL)
      case .executing:
        guard let pause = polling.pause(after: configuration.pacing.uptime() - start) else {
          throw MASTArchiveError(
            .timedOut,
            "The archive was still working on the question after \(configuration.patience.components.seconds) s: ask for less at once.",
            service: request.service, url: invokeURL)
        }
        try await configuration.pacing.sleep(pause)
      }
    }
  }

  /// The limit is on the whole answer: a question that takes longer is not asked again as it is, but may be cut in half.
  private var timeouts: Timeouts {
    Timeouts(responseHead: nil, stall: nil, total: min(configuration.patience, configuration.answerTimeout))
  }

  /// Sends a request with the credentials for this archive, again after passing faults.
  func send(_ request: HTTPRequest, service: String?, bodyLimit: Int = 1 << 28) async throws -> HTTPResponse {
    var request = request
    request.headers["Accept"] = request.headers["Accept"] ?? "text/plain"
    let response: HTTPResponse
    do {
      response = try await transport.send(
        request, bodyLimit: bodyLimit, retrying: configuration.retry, pacing: configuration.pacing)
    } catch let error as HTTPTransportError {
      if error.kind == .cancelled { throw CancellationError() }
      let isTimeOut = if case .timedOut = error.kind { true } else { error.kind == .stalled }
      throw MASTArchiveError(
        isTimeOut ? .timedOut : .connection, "The archive does not answer: \(error.message)", service: service,
        url: request.url,
        cause: error)
    }
    if response.isSuccess { return response }
    let isTimeOut = response.status == 504 || response.status == 408
    throw MASTArchiveError(
      isTimeOut ? .timedOut : .refused, "The archive answers with HTTP status \(response.status).", service: service,
      url: request.url, status: response.status)
  }

  /// The address of a file. Source: `mast-protocol` a.8.
  /// - Parameter dataURI: the archive's name of the file, `mast:JWST/product/…`.
  public func downloadURL(dataURI: String) -> String {
    let encoded = dataURI.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.split(separator: ":", omittingEmptySubsequences: false).map { PercentEncoding.encode($0) }.joined(
        separator: ":")
    }
    return configuration.baseURL + "/api/v0.1/Download/file?uri=" + encoded.joined(separator: "/")
  }
}
