internal import LocalArchive

extension TAPService {
  /// Changes a job as a POST says. Source: UWS 1.1, section 2.2.3.
  func change(_ job: StoredJob, _ call: TAPCall) throws(TAPFault) -> ServerResponse {
    let form = RequestForm(call.request)
    let home = ServerResponse.seeOther("\(call.base)/async/\(job.id)")
    switch (call.word(2), call.rest.count) {
    case (nil, _):
      if form["ACTION"]?.uppercased() == "DELETE" { return try delete(job, call) }
      // TAP+: parameters sent to the job itself are answered with 200.
      try setParameters(job, form)
      if try !removeIfExpired(job.id) { try control(job, form["PHASE"]) }
      return .value("")
    case ("phase", 3):
      guard let phase = form["PHASE"] else { throw TAPFault("PHASE is missing: RUN or ABORT.") }
      try control(job, phase)
      return home
    case ("executionduration", 3):
      guard let value = form["EXECUTIONDURATION"] else { throw TAPFault("EXECUTIONDURATION is missing.") }
      guard job.phase == .pending || job.phase == .queued else { throw Self.isTooLate(job) }
      try update(job.id) { (job) throws(TAPFault) in try setDuration(value, &job) }
      return home
    case ("destruction", 3):
      guard let value = form["DESTRUCTION"] else { throw TAPFault("DESTRUCTION is missing.") }
      try update(job.id) { (job) throws(TAPFault) in try setDestruction(value, &job) }
      return try removeIfExpired(job.id) ? .seeOther(call.base + "/async") : home
    case ("parameters", 3):
      try setParameters(job, form)
      return try removeIfExpired(job.id) ? .seeOther(call.base + "/async") : home
    default: throw TAPFault("This part of a job cannot be changed.", status: 405)
    }
  }

  private func setParameters(_ job: StoredJob, _ form: RequestForm) throws(TAPFault) {
    let names = form.items.map { $0.name.uppercased() }.filter { $0 != "PHASE" }
    guard !names.isEmpty || !form.files.isEmpty else { return }
    let isControlOnly = form.files.isEmpty && names.allSatisfy { $0 == "DESTRUCTION" }
    guard job.phase == .pending || isControlOnly else { throw Self.isTooLate(job) }
    // Files are written before the change, which others wait for.
    let parts = try keepFiles(of: form, for: job)
    var replaced: [StoredJob.Part] = []
    do throws(TAPFault) {
      try update(job.id) { (job) throws(TAPFault) in
        // Another request may have started it meanwhile.
        guard job.phase == .pending || isControlOnly else { throw Self.isTooLate(job) }
        try apply(form, to: &job)
        replaced = try add(parts, to: &job)
      }
    } catch {
      remove(parts, of: job.id)
      throw error
    }
    remove(replaced, of: job.id)
  }

  /// Removes a job that was told to go at a time that is past.
  func removeIfExpired(_ id: String) throws(TAPFault) -> Bool {
    guard let job = try archive({ () throws(LocalArchiveError) in try store.job(id) }) else { return true }
    guard let time = job.destruction, time <= milliseconds else { return false }
    try remove(id)
    return true
  }

  private static func isTooLate(_ job: StoredJob) -> TAPFault {
    TAPFault("The job is in phase \(job.phase.rawValue); only one that has not started can be changed so.", status: 403)
  }

  private func update(_ id: String, _ change: (inout StoredJob) throws(TAPFault) -> Void) throws(TAPFault) {
    var fault: TAPFault?
    _ = try archive { () throws(LocalArchiveError) in
      try store.updateJob(id) { job in
        do throws(TAPFault) {
          try change(&job)
          return true
        } catch {
          fault = error
          return false
        }
      }
    }
    if let fault { throw fault }
  }

  private func control(_ job: StoredJob, _ phase: String?) throws(TAPFault) {
    switch phase?.uppercased() {
    case nil: return
    case "RUN":
      guard job.phase.isActive else {
        throw TAPFault("The job is in phase \(job.phase.rawValue) and cannot run again. Make a new one.", status: 403)
      }
      if job.phase == .pending { try start(job.id) }
    case "ABORT": try abort(job.id)
    default: throw TAPFault("PHASE \"\((phase ?? "").excerpt)\" is neither RUN nor ABORT.")
    }
  }

  /// Stops a job; one that ended stays as it is.
  func abort(_ id: String) throws(TAPFault) {
    let time = milliseconds
    _ = try archive { () throws(LocalArchiveError) in try store.updateJob(id) { $0.enter(.aborted, now: time) } }
    jobs.stop(id)
    jobs.noteChange(of: id)
  }

  func delete(_ job: StoredJob, _ call: TAPCall) throws(TAPFault) -> ServerResponse {
    try remove(job.id)
    return .seeOther(call.base + "/async")
  }

  /// Stops a job and forgets it.
  func remove(_ id: String) throws(TAPFault) {
    jobs.stop(id)
    _ = try archive { () throws(LocalArchiveError) in try store.deleteJob(id) }
    jobs.noteChange(of: id)
  }

  /// Forgets jobs whose time has come. A failure to do so is no reason not to answer; it is tried again next time.
  func removeExpiredJobs() {
    let unstarted = milliseconds - Int64(configuration.pendingRetention) * 1000
    for id in (try? store.expiredJobs(now: milliseconds, unstartedSince: unstarted)) ?? [] { try? remove(id) }
  }
}
