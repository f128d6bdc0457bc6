import CCurl

/// What a thread of curl's does all day: start transfers, let libcurl work, watch the clocks, hand back results.
final class CurlLoop {
  private let engine: CurlEngine
  private let multi: UnsafeMutableRawPointer
  private var transfers: [UInt64: CurlTransfer] = [:]
  private var ids: [UnsafeMutableRawPointer: UInt64] = [:]
  private var nextWatch = Duration.zero

  /// How often the clocks of running transfers are looked at, milliseconds.
  private static let tick: Int32 = 100
  private static let idleWait: Int32 = 60_000

  init(engine: CurlEngine, multi: UnsafeMutableRawPointer) {
    self.engine = engine
    self.multi = multi
  }

  private var now: Duration { ContinuousClock.now - CurlTransport.epoch }

  func run() {
    while takeMail() {
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      collectFinished()
      watchClocks()
      curl_multi_poll(multi, nil, 0, transfers.isEmpty ? Self.idleWait : Self.tick, nil)
    }
  }

  /// Reads the mailbox; `false` when the engine is closed and all is done.
  private func takeMail() -> Bool {
    let (jobs, cancelled, isClosing) = engine.mailbox.withLock { mailbox in
      defer {
        mailbox.jobs = []
        mailbox.cancelled = []
      }
      return (mailbox.jobs, mailbox.cancelled, mailbox.isClosing)
    }
    for job in jobs { begin(job) }
    for id in cancelled {
      guard let transfer = transfers[id] else { continue }
      finish(transfer, .failure(.cancelled(url: transfer.job.address.text)))
    }
    return !(isClosing && transfers.isEmpty)
  }

  /// Begins a job, or ends it and begins the one that then gets its place.
  private func begin(_ job: CurlJob) {
    var next: CurlJob? = job
    while let job = next {
      do throws(HTTPTransportError) {
        let transfer = try CurlTransfer(job, configuration: engine.configuration, now: now)
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
          throw HTTPTransportError(.system, url: job.address.text, "libcurl did not take the transfer.")
        }
        transfers[job.id] = transfer
        ids[transfer.easy] = job.id
        return
      } catch {
        next = engine.schedule.withLock { $0.finish(job.id) }
        job.completion(.failure(error))
      }
    }
  }

  private func collectFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let id = ids[easy],
        let transfer = transfers[id]
      else { continue }
      // The message is gone once its handle is removed.
      let code = ccurl_message_result(message)
      finish(transfer, transfer.result(code))
    }
  }

  private func watchClocks() {
    let now = now
    guard now >= nextWatch else { return }
    nextWatch = now + .milliseconds(Self.tick)
    for transfer in Array(transfers.values) {
      if let kind = transfer.timedOut(now: now) {
        finish(transfer, .failure(.timeout(kind, url: transfer.job.address.text)))
      }
    }
    for job in engine.schedule.withLock({ $0.expire(now: now) }) {
      job.completion(.failure(.timeout(.timedOut(.total), url: job.address.text)))
    }
  }

  private func finish(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, HTTPTransportError>) {
    curl_multi_remove_handle(multi, transfer.easy)
    transfers[transfer.job.id] = nil
    ids[transfer.easy] = nil
    if let next = engine.schedule.withLock({ $0.finish(transfer.job.id) }) { begin(next) }
    transfer.job.completion(result)
  }
}
