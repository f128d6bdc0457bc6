import CCurl

/// What curl's thread does all day: start transfers, let libcurl work, watch the clocks, hand back results.
final class CurlLoop {
  private let engine: CurlEngine
  private let multi: UnsafeMutableRawPointer
  private var transfers: [UInt64: CurlTransfer] = [:]
  private var ids: [UnsafeMutableRawPointer: UInt64] = [:]
  /// Jobs for which their server has no place at the moment. The queue is here rather than in libcurl, whose time limits
  /// would run while a transfer waits.
  private var waiting: [CurlJob] = []

  /// How often the clocks of running transfers are looked at.
  private static let tick: Int32 = 100
  private static let idleWait: Int32 = 60_000

  init(engine: CurlEngine, multi: UnsafeMutableRawPointer) {
    self.engine = engine
    self.multi = multi
  }

  private var now: Duration { ContinuousClock.now - CurlTransport.epoch }

  func run() {
    while takeMail() {
      startWaiting()
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      collectFinished()
      watchClocks()
      startWaiting()
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
    waiting += jobs
    for id in cancelled {
      if let transfer = transfers[id] {
        finish(transfer, .failure(.cancelled(url: transfer.job.address.text)))
      } else if let place = waiting.firstIndex(where: { $0.id == id }) {
        let job = waiting.remove(at: place)
        job.completion(.failure(.cancelled(url: job.address.text)))
      }
    }
    return !(isClosing && transfers.isEmpty && waiting.isEmpty)
  }

  private func startWaiting() {
    guard !waiting.isEmpty else { return }
    var load: [Origin: Int] = [:]
    for transfer in transfers.values { load[transfer.job.address.origin, default: 0] += 1 }
    var stillWaiting: [CurlJob] = []
    for job in waiting {
      if load[job.address.origin, default: 0] >= engine.configuration.connectionsPerHost {
        stillWaiting.append(job)
      } else {
        load[job.address.origin, default: 0] += 1
        begin(job)
      }
    }
    waiting = stillWaiting
  }

  private func begin(_ job: CurlJob) {
    do throws(HTTPTransportError) {
      let transfer = try CurlTransfer(job, configuration: engine.configuration, now: now)
      guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
        throw HTTPTransportError(.system, url: job.address.text, "libcurl did not take the transfer.")
      }
      transfers[job.id] = transfer
      ids[transfer.easy] = job.id
    } catch {
      job.completion(.failure(error))
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
    for transfer in Array(transfers.values) {
      if let kind = transfer.timedOut(now: now) {
        finish(transfer, .failure(.timeout(kind, url: transfer.job.address.text)))
      }
    }
    for job in waiting where job.deadline.map({ now >= $0 }) == true {
      waiting.removeAll { $0.id == job.id }
      job.completion(.failure(.timeout(.timedOut(.total), url: job.address.text)))
    }
  }

  private func finish(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, HTTPTransportError>) {
    curl_multi_remove_handle(multi, transfer.easy)
    transfers[transfer.job.id] = nil
    ids[transfer.easy] = nil
    transfer.job.completion(result)
  }
}
