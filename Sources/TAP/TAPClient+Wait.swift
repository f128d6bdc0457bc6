import HTTPTransport

extension TAPClient {
  /// Waits until nothing more will happen to a job.
  ///
  /// The phase is asked for after growing pauses; a service of UWS 1.1 is asked to answer when it changes instead. A job that
  /// stays pending is started, one that is held is started again after each pause. A phase that the standard does not have,
  /// and UNKNOWN, is waited out, unless the service gives a time at which the job ended.
  /// - Parameters:
  ///   - id: the job's identifier.
  ///   - patience: how long to wait; `nil` is for ever.
  ///   - progress: called with each new phase.
  /// - Returns: the last phase; ERROR and ABORTED too.
  /// - Throws: ``TAPError``, `.timedOut` when the time is over, which leaves the job as it is; `CancellationError` when the
  ///   task is cancelled.
  public func wait(
    for id: String, patience: Duration? = nil, progress: @Sendable (UWSPhase) -> Void = { _ in }
  ) async throws -> UWSPhase {
    let pacing = connection.configuration.pacing
    let start = pacing.uptime()
    var wait = JobWait(polling: polling, patience: patience)
    var next = JobWait.Look.phase
    var last: UWSPhase?
    /// Why the service would not start the job; of interest when the job is still not started at the next look.
    var refusal: TAPError?
    while true {
      let begin = pacing.uptime()
      let sight = try await look(at: id, next, last: last)
      let end = pacing.uptime()
      if sight.phase != last { progress(sight.phase) }
      last = sight.phase
      if let refusal, sight.phase == .pending { throw refusal }
      refusal = nil

      switch wait.event(sight, elapsed: end - start, took: end - begin) {
      case .end: return sight.phase
      case .giveUp:
        throw TAPError(
          .timedOut,
          "The job was still \(sight.phase) when the time to wait was over. It goes on: ask for it later, or abort it.",
          url: try? connection.address(path(id)), jobID: id)
      case .look(let look, let pause):
        next = look
        if pause > .zero { try await pacing.sleep(pause) }
      case .run(let pause):
        next = .phase
        do { try await run(id) } catch let error as TAPError { refusal = error }
        try await pacing.sleep(pause)
      }
    }
  }

  private func look(at id: String, _ look: JobWait.Look, last: UWSPhase?) async throws -> JobWait.Sight {
    let job: UWSJob
    switch look {
    case .phase:
      let phase = try await phase(of: id)
      return JobWait.Sight(phase: phase, isFinished: phase.isFinished)
    case .document: job = try await self.job(id)
    case .change(let seconds):
      job = try await self.job(id, held: last.map { ($0, seconds) })
    }
    return JobWait.Sight(phase: job.phase, isFinished: job.isFinished, supportsWait: job.supportsWait)
  }
}
