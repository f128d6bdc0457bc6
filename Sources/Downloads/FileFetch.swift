import HTTPTransport

/// Fetches one file: tells `TransferState` what happens and does what it says.
struct FileFetch: Sendable {
  var item: DownloadItem
  let transport: any Transport
  let configuration: DownloadQueue.Configuration
  let events: @Sendable (DownloadEvent) -> Void
  var addresses = AddressBook()

  /// Tries the file's addresses in turn.
  func run() async -> DownloadOutcome {
    let start = configuration.pacing.uptime()
    var item = item
    var attempts = 0
    var waiting = addresses.order(of: item)[...]
    while true {
      item.url = waiting.popFirst() ?? item.url
      let policy = addresses.policy(configuration.retryPolicy, isLast: waiting.isEmpty)
      var fetch = self
      fetch.item = item
      let (result, state) = await fetch.attempt(policy)
      attempts += state.attempts
      if case .failed(let error) = result, !waiting.isEmpty, addresses.mayTryAnother(after: error) { continue }
      return DownloadOutcome(
        item: item, result: result, fileName: state.fileName, attempts: attempts,
        duration: configuration.pacing.uptime() - start)
    }
  }

  private func attempt(_ policy: RetryPolicy) async -> (DownloadOutcome.Result, TransferState) {
    var state = TransferState(item: item, policy: policy)
    do {
      try Task.checkCancellation()
      let part = try PartFile(DestinationPath(item.destination))
      let result = try await fetch(&state, part)
      return (result, state)
    } catch let error as DownloadsError {
      return (.failed(error), state)
    } catch {
      return (.failed(.cancelled(item)), state)
    }
  }

  private func fetch(_ state: inout TransferState, _ part: PartFile) async throws -> DownloadOutcome.Result {
    // Whatever ends the transfer, only what a later run can go on with stays behind.
    var isPublished = false
    defer { if !isPublished { part.leave(state.isResumable ? state.journal : nil) } }
    var checksum = RunningChecksum(for: item.checksum)
    var action = state.event(.found(length: try part.length(), journal: part.journal()))
    events(.started(id: item.id, label: item.label, held: state.held))
    while true {
      let moment = TransferState.Moment(
        unixTime: configuration.pacing.unixTime(), jitter: configuration.pacing.jitter())
      switch action {
      case .request(let offset, let validator):
        checksum = try await digest(of: part, upTo: offset, from: checksum)
        let sink = PartSink(
          .init(state: state, checksum: checksum), part: part, configuration: configuration, events: events)
        let (contents, response) = sink.finish(await answer(offset, validator, sink))
        (state, checksum) = (contents.state, contents.checksum)
        switch response {
        case .success(let response):
          action = state.event(.ended, at: moment)
          if case .fail(var error) = action, !response.isSuccess {
            error.answer = response
            action = .fail(error)
          }
        case .failure(let error): action = state.event(.broke(error), at: moment)
        }
      case .rest(let pause, let reason):
        events(.retrying(id: item.id, attempt: state.attempts, pause: pause, reason: reason))
        try await configuration.pacing.sleep(pause)
        action = state.event(.rested, at: moment)
      case .verify:
        checksum = try await digest(of: part, upTo: state.held, from: checksum)
        action = state.event(.digest(checksum.digest), at: moment)
      case .publish:
        try part.publish()
        isPublished = true
        events(.received(id: item.id, held: state.held))
        return .downloaded(
          bytes: state.held, checksumVerified: item.checksum != nil, resumedFrom: state.resumedFrom)
      case .fail(let error): return .failed(error)
      case .receive, .drop, .proceed:
        // Only heads and bodies are answered so, and those are the sink's.
        return .failed(DownloadsError(.badAnswer, file: item.destination, url: item.url, "The transfer lost its way."))
      }
    }
  }

  private func answer(
    _ offset: Int64, _ validator: String?, _ sink: PartSink
  ) async -> Result<HTTPResponse, any Error> {
    var request =
      item.form.map { .post(item.url, form: $0, timeouts: configuration.timeouts) }
      ?? HTTPRequest(.get, item.url, timeouts: configuration.timeouts)
    if let validator {
      request.headers["Range"] = "bytes=\(offset)-"
      request.headers["If-Range"] = validator
    }
    do {
      return .success(try await transport.stream(request, to: sink))
    } catch {
      return .failure(error)
    }
  }

  /// The digest of the first bytes of a part: what is known of it already, or read again.
  private func digest(
    of part: PartFile, upTo end: Int64, from known: RunningChecksum
  ) async throws -> RunningChecksum {
    if item.checksum == nil || known.count == end { return known }
    var checksum = RunningChecksum(for: item.checksum)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while checksum.count < end {
      try Task.checkCancellation()
      let count = try part.read(into: buffer, at: checksum.count)
      if count == 0 { break }
      checksum.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(min(Int64(count), end - checksum.count)))))
      await Task.yield()
    }
    return checksum
  }
}

extension DownloadsError {
  static func cancelled(_ item: DownloadItem) -> DownloadsError {
    DownloadsError(
      .cancelled, file: item.destination, url: item.url, "The transfer was cancelled; run it again to go on.")
  }
}
