internal import LocalArchive
internal import TableIO

extension TAPService {
  /// Takes up the jobs that an earlier server left: what was at work failed, what waited gets its turn.
  func recoverJobs() throws(LocalArchiveError) {
    try store.removeOrphanedJobFolders()
    removeExpiredJobs()
    for job in try store.recoverJobs(now: milliseconds) { enqueue(job) }
  }

  /// Starts a job that has not started yet.
  func start(_ id: String) throws(TAPFault) {
    let time = milliseconds
    let updated = try archive { () throws(LocalArchiveError) in
      try store.updateJob(id) { $0.enter(.queued, now: time) }
    }
    guard let (job, isChanged) = updated, isChanged else { return }
    jobs.noteChange(of: id)
    enqueue(job)
  }

  private func enqueue(_ job: StoredJob) {
    guard job.parameters.contains(where: { $0.name.uppercased() == "UPLOAD" && $0.value.contains("://") }) else {
      return submit(job.id, fetched: [])
    }
    // Tables that are elsewhere are fetched while the job is in line, so that nobody's thread waits for a network.
    Task {
      do throws(TAPFault) {
        let fetched = try await keep(fetched(TAPRequest(job.form)), for: job.id)
        await Aside.run { submit(job.id, fetched: fetched) }
      } catch {
        await Aside.run { end(job.id, error) }
      }
    }
  }

  /// Puts tables that were fetched into a job's folder: in memory they may not wait as long as jobs do.
  private func keep(_ uploads: [UploadedBytes], for id: String) async throws(TAPFault) -> [UploadedBytes] {
    let kept: Result<[UploadedBytes], TAPFault> = await Aside.run {
      Result { () throws(TAPFault) in
        // A job that was deleted meanwhile gets no folder any more.
        guard try archive({ () throws(LocalArchiveError) in try store.job(id) })?.phase == .queued else { return [] }
        var kept: [UploadedBytes] = []
        for (number, upload) in uploads.enumerated() {
          guard case .memory(let bytes) = upload.bytes else { continue }
          let name = "fetched-\(number + 1)"
          do {
            try store.createFolder(ofJob: id)
            try write(bytes, to: name, of: id)
          } catch {
            throw TAPFault(
              "The table \(upload.name) cannot be kept. Try again, or tell the archive's keeper.", status: 500)
          }
          let path = store.path(ofJobFile: name, of: id)
          kept.append(UploadedBytes(name: upload.name, bytes: .file(path), fileName: upload.fileName))
        }
        return kept
      }
    }
    return try kept.get()
  }

  private func submit(_ id: String, fetched: [UploadedBytes]) {
    if !jobs.submit(id, { work(on: id, fetched: fetched, stop: $0) }) { end(id, .isBusy) }
  }

  /// Works on a job; blocks.
  private func work(on id: String, fetched: [UploadedBytes], stop: QueryStop) {
    let time = milliseconds
    let started: (job: StoredJob, isChanged: Bool)?
    do {
      started = try store.updateJob(id) { $0.enter(.executing, now: time) }
    } catch {
      // Something else holds the database: the job goes back into the line.
      configuration.report(error)
      Task {
        await sleep(Self.firstPause)
        await Aside.run { submit(id, fetched: fetched) }
      }
      return
    }
    // A job that was stopped or deleted while it was in line does not begin.
    guard let (job, isChanged) = started, isChanged else { return }
    jobs.noteChange(of: id)
    do throws(TAPFault) {
      end(id, try result(of: job, fetched: fetched, stop: stop))
    } catch {
      end(id, error)
    }
  }

  private func result(
    of job: StoredJob, fetched: [UploadedBytes], stop: QueryStop
  ) throws(TAPFault) -> StoredJob.Result {
    let asked = try TAPRequest(job.form)
    var uploads = fetched
    for (name, source) in asked.uploads {
      guard case .part(let part) = source else { continue }
      guard let file = job.parts.first(where: { $0.name == part }) else { throw Self.missing(part, name) }
      uploads.append(
        UploadedBytes(name: name, bytes: .file(store.path(ofJobFile: file.file, of: job.id)), fileName: file.fileName))
    }
    try archive { () throws(LocalArchiveError) in try store.createFolder(ofJob: job.id) }
    let tables = try tables(uploads)
    let file: FileByteSink
    do throws(TableIOError) {
      file = try FileByteSink(path: store.path(ofJobFile: Self.resultName, of: job.id))
    } catch {
      throw TAPFault("The result cannot be kept. Try again, or tell the archive's keeper.", status: 500)
    }
    let sink = BoundedSink(file, byteLimit: configuration.resultByteLimit)
    let outcome = try execute(
      asked, tables: tables, user: job.owner, timeLimit: job.timeLimit, stop: stop, to: sink)
    if let failure = outcome.failure { throw failure }
    do throws(TableIOError) { try file.finish() } catch { throw TAPFault(error.message, status: 500) }
    jobFiles.add(sink.count)
    return StoredJob.Result(
      mediaType: asked.format.mediaType, encoding: asked.format.isCompressed ? "gzip" : nil,
      fileEnding: asked.format.fileEnding, size: Int64(sink.count), rowCount: outcome.rowCount,
      isOverflow: outcome.isOverflow)
  }

  /// Ends a job that was at work.
  private func end(_ id: String, _ result: StoredJob.Result) {
    let time = milliseconds
    note(id) { job in
      guard job.enter(.completed, now: time) else { return false }
      job.result = result
      return true
    }
  }

  /// Ends a job without a result.
  private func end(_ id: String, _ fault: TAPFault) {
    let time = milliseconds
    note(id) { job in
      guard job.enter(fault.phase, now: time) else { return false }
      job.errorMessage = fault.message
      return true
    }
  }

  /// Writes down how a job ended; where the database cannot be written now, later.
  private func note(_ id: String, _ change: @escaping @Sendable (inout StoredJob) -> Bool) {
    do {
      _ = try store.updateJob(id, change)
      jobs.noteChange(of: id)
    } catch {
      configuration.report(error)
      Task { await noteLater(id, change) }
    }
  }

  private func noteLater(_ id: String, _ change: @escaping @Sendable (inout StoredJob) -> Bool) async {
    var pause = Self.firstPause
    for _ in 0..<Self.attempts {
      await sleep(pause)
      pause = min(pause * 2, Self.longestPause)
      let isNoted = await Aside.run {
        do {
          _ = try store.updateJob(id, change)
          return true
        } catch {
          return false
        }
      }
      if isNoted { return jobs.noteChange(of: id) }
    }
  }

  private static let firstPause = Duration.seconds(1)
  private static let longestPause = Duration.seconds(60)
  /// A quarter of an hour and more, beside the time that the database itself waits.
  private static let attempts = 20
}

extension StoredJob {
  /// The parameters as a request has them.
  fileprivate var form: [FormItem] { parameters.map { FormItem(name: $0.name, value: $0.value) } }
}
