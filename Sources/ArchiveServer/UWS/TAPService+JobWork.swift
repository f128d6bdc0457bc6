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
      return submit(job, fetched: [:])
    }
    // Tables that are elsewhere are fetched while the job is in line, so that nobody's thread waits for a network.
    Task {
      do throws(TAPFault) {
        var fetched: [String: [UInt8]] = [:]
        for case (let name, .url(let url)) in try TAPRequest(job.form).uploads {
          fetched[name] = try await self.fetched(url, for: name)
        }
        submit(job, fetched: fetched)
      } catch {
        end(job.id, error)
      }
    }
  }

  private func submit(_ job: StoredJob, fetched: [String: [UInt8]]) {
    if !jobs.submit(job.id, { work(on: job.id, fetched: fetched, stop: $0) }) { end(job.id, .isBusy) }
  }

  /// Works on a job; blocks.
  private func work(on id: String, fetched: [String: [UInt8]], stop: QueryStop) {
    let time = milliseconds
    // A job that was stopped or deleted while it was in line does not begin.
    guard let (job, isChanged) = try? store.updateJob(id, { $0.enter(.executing, now: time) }), isChanged else {
      return
    }
    jobs.noteChange(of: id)
    do throws(TAPFault) {
      let result = try result(of: job, fetched: fetched, stop: stop)
      end(id) { $0.result = result }
    } catch {
      end(id, error)
    }
  }

  private func result(
    of job: StoredJob, fetched: [String: [UInt8]], stop: QueryStop
  ) throws(TAPFault) -> StoredJob.Result {
    let asked = try TAPRequest(job.form)
    var uploads: [UploadedBytes] = []
    for (name, source) in asked.uploads {
      switch source {
      case .url: uploads.append(UploadedBytes(name: name, place: .memory(fetched[name] ?? [])))
      case .part(let part):
        guard let file = job.parts.first(where: { $0.name == part }) else { throw Self.missing(part, name) }
        uploads.append(
          UploadedBytes(
            name: name, place: .file(store.path(ofJobFile: file.file, of: job.id)), fileName: file.fileName))
      }
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
    return StoredJob.Result(
      mediaType: asked.format.mediaType, encoding: asked.format.isCompressed ? "gzip" : nil,
      fileEnding: asked.format.fileEnding, size: Int64(sink.count), rowCount: outcome.rowCount,
      isOverflow: outcome.isOverflow)
  }

  /// Ends a job that was at work.
  private func end(_ id: String, _ change: (inout StoredJob) -> Void) {
    let time = milliseconds
    _ = try? store.updateJob(id) { job in
      guard job.enter(.completed, now: time) else { return false }
      change(&job)
      return true
    }
    jobs.noteChange(of: id)
  }

  /// Ends a job without a result.
  private func end(_ id: String, _ fault: TAPFault) {
    let time = milliseconds
    _ = try? store.updateJob(id) { job in
      guard job.enter(fault.phase, now: time) else { return false }
      job.errorMessage = fault.message
      return true
    }
    jobs.noteChange(of: id)
  }
}

extension StoredJob {
  /// The parameters as a request has them.
  fileprivate var form: [FormItem] { parameters.map { FormItem(name: $0.name, value: $0.value) } }
}
