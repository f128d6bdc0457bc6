import HTTPTransport
import TableIO

extension TAPConnection {
  /// When a request may be sent again.
  enum Repetition: Sendable {
    /// It changes something.
    case never
    /// It changes nothing, but costs the service work: only when the service surely has not begun.
    case ifNotBegun
    /// It changes nothing.
    case harmless
  }

  /// Carries a request out, again where it may be, and puts the body aside.
  /// - Throws: ``TAPError`` for every answer but a good one, redirects that were not to be followed, and "no such thing" for a
  ///   DELETE that was sent before.
  func perform(
    _ request: HTTPRequest, _ repetition: Repetition, limit: Int?
  ) async throws -> (HTTPResponse, SpooledBytes) {
    let pacing = configuration.pacing
    var attempt = 1
    while true {
      let sink = SpoolSink(
        directory: configuration.temporaryFolder, memoryLimit: configuration.memoryLimit, limit: limit)
      let failure: RetryPolicy.Failure
      let error: TAPError
      do {
        let response = try await exchange(request, sink)
        if response.isSuccess || (!request.followsRedirects && (300...399).contains(response.status)) {
          return (response, sink.contents)
        }
        if request.method == .delete, attempt > 1, [404, 410].contains(response.status) {
          return (response, sink.contents)
        }
        error = Self.refusal(response)
        failure = .status(response.status, retryAfter: response.headers["Retry-After"])
      } catch let cause as HTTPTransportError {
        if cause.kind == .cancelled { throw CancellationError() }
        error = Self.failure(cause)
        failure = .transport(cause.kind)
      }
      guard repetition.allows(failure),
        let pause = configuration.retry.pause(
          afterAttempt: attempt, failure, now: pacing.unixTime(), jitter: pacing.jitter())
      else { throw error }
      try await pacing.sleep(pause)
      attempt += 1
    }
  }

  /// Sends a request and follows its redirects.
  ///
  /// The transport could do that, but some services redirect to `async/…` and mean it under their base address, from
  /// wherever they do it.
  private func exchange(_ request: HTTPRequest, _ sink: SpoolSink) async throws -> HTTPResponse {
    guard request.followsRedirects else { return try await transport.stream(request, to: sink) }
    var rule = RedirectRule()
    var hop = request
    hop.followsRedirects = false
    while true {
      let response = try await transport.stream(hop, to: sink)
      var meant = response
      if let location = response.headers["Location"], location.hasPrefix("async/") || location.hasPrefix("sync/") {
        meant.headers["Location"] = baseURL + "/" + location
      }
      switch rule.event(meant, to: hop) {
      case .deliver: return response
      case .follow(let next): hop = next
      case .refuse(let error): throw error
      }
    }
  }

  /// The error that an answer with an error status stands for.
  private static func refusal(_ response: HTTPResponse) -> TAPError {
    let said = ServerMessage(response).text
    let kind: TAPError.Kind
    let plain: String
    switch response.status {
    case 300...399:
      (kind, plain) = (.badAnswer, "The service redirects (status \(response.status)) without saying where to.")
      return TAPError(kind, plain, status: response.status, url: WebAddress.withoutUserInfo(response.url))
    case 401, 403:
      (kind, plain) = (.notAuthorized, "The service does not allow this; log in, or ask for other data.")
    case 404, 410: (kind, plain) = (.notFound, "The service has no such thing.")
    case 429, 503: (kind, plain) = (.service, "The service is too busy or out of order; try again later.")
    case let status: (kind, plain) = (.service, "The service answers with HTTP status \(status) and says no more.")
    }
    return TAPError(
      kind, said.isEmpty ? plain : said, status: response.status, url: WebAddress.withoutUserInfo(response.url))
  }

  /// The error that an answer that did not come stands for.
  private static func failure(_ cause: HTTPTransportError) -> TAPError {
    switch (cause.kind, cause.cause) {
    case (.sink, var error as TAPError):
      error.url = cause.url
      return error
    case (.sink, let error as TableIOError):
      return TAPError(.table, "The answer cannot be put aside: \(error.message)", url: cause.url, cause: error)
    case (.truncated, _):
      return TAPError(.truncated, cause.message, url: cause.url, cause: cause)
    case (.timedOut, _), (.stalled, _):
      return TAPError(.timedOut, cause.message, url: cause.url, cause: cause)
    default:
      return TAPError(.transport, cause.message, url: cause.url, cause: cause)
    }
  }
}

extension TAPConnection.Repetition {
  func allows(_ failure: RetryPolicy.Failure) -> Bool {
    switch (self, failure) {
    case (.never, _), (_, .status(500, _)): false
    case (.harmless, _): true
    case (.ifNotBegun, .status(let status, _)): status == 429 || status == 503
    case (.ifNotBegun, .transport(let kind)): [.resolve, .connect, .timedOut(.connect)].contains(kind)
    }
  }
}
