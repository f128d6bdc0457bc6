internal import LocalArchive
internal import SkyGeometry

extension TAPService {
  /// Answers a request about jobs. Source: UWS 1.1, section 2.2.
  func async(_ call: TAPCall) -> ServerResponse {
    do throws(TAPFault) {
      guard call.rest.count > 1 else {
        switch call.request.method {
        case "POST": return try createJob(call)
        case "DELETE":
          return .text(405, "The list of jobs cannot be deleted.", headers: [("Allow", "GET, HEAD, POST")])
        default: return try listJobs(call)
        }
      }
      let job = try job(call.rest[1], for: call)
      if call.request.method == "DELETE" {
        guard call.rest.count == 2 else { throw TAPFault("Only a whole job can be deleted.", status: 405) }
        return try delete(job, call)
      }
      if call.request.method == "POST" { return try change(job, call) }
      return try show(job, call)
    } catch {
      return error.response
    }
  }

  /// The documents of jobs for a request.
  func documents(_ call: TAPCall) -> UWSDocument { UWSDocument(list: call.base + "/async") }

  /// Looks up a job that the user may see.
  /// - Throws: ``TAPFault`` with status 404 or 403.
  func job(_ id: String, for call: TAPCall) throws(TAPFault) -> StoredJob {
    guard let job = try archive({ () throws(LocalArchiveError) in try store.job(id) }),
      job.destruction.map({ $0 > milliseconds }) ?? true
    else {
      throw TAPFault("There is no job \"\(id.excerpt)\" here; it may have been removed.", status: 404)
    }
    guard job.owner == nil || job.owner == call.user else {
      throw TAPFault("The job belongs to another user. Log in as its owner.", status: 403)
    }
    return job
  }

  /// The time in milliseconds since 1970.
  var milliseconds: Int64 { now().unixMilliseconds }

  /// Asks the archive.
  func archive<Value>(_ body: () throws(LocalArchiveError) -> Value) throws(TAPFault) -> Value {
    do throws(LocalArchiveError) { return try body() } catch { throw fault(error) }
  }

  /// What the client is told of an error of the archive; what is not its fault is told to the archive's keeper.
  func fault(_ error: LocalArchiveError) -> TAPFault {
    let fault = TAPFault(error)
    if fault.status == 500 { configuration.report(error) }
    return fault
  }

  private func listJobs(_ call: TAPCall) throws(TAPFault) -> ServerResponse {
    removeExpiredJobs()
    let form = RequestForm(call.request)
    var selection = JobSelection(of: call)
    selection.phases = form.values("PHASE").filter { !$0.isEmpty }.map { JobPhase(rawValue: $0.uppercased()) }
    if let text = form["AFTER"], !text.isEmpty {
      guard let time = ModifiedJulianDate(iso: text) else {
        throw TAPFault("AFTER \"\(text.excerpt)\" is not a time such as 2026-01-02T03:04:05Z.")
      }
      selection.createdAfter = time.unixMilliseconds
    }
    if let text = form["LAST"], !text.isEmpty {
      guard let count = Int(text), count >= 0 else {
        throw TAPFault("LAST \"\(text.excerpt)\" is not a number of jobs.")
      }
      selection.limit = min(count, selection.limit)
      selection.isNewestFirst = true
    }
    let jobs = try archive { () throws(LocalArchiveError) in try store.jobList(selection) }
    return .xml(documents(call).jobs(jobs))
  }

  /// Shows a job or a part of it.
  private func show(_ job: StoredJob, _ call: TAPCall) throws(TAPFault) -> ServerResponse {
    let documents = documents(call)
    switch (call.word(2), call.rest.count) {
    case (nil, _): return try showWhole(job, call)
    case ("phase", 3): return .value(job.phase.rawValue)
    case ("executionduration", 3): return .value(String(job.executionDuration))
    case ("destruction", 3): return .value(job.destruction.map(UWSDocument.time) ?? "")
    case ("quote", 3): return .value("")
    case ("owner", 3): return .value(job.owner ?? "")
    case ("parameters", 3): return .xml(documents.parameters(job))
    case ("parameters", 4):
      if let value = job.parameter(call.rest[3]) { return .value(value) }
    case ("results", 3): return .xml(documents.results(job))
    case ("results", 4) where call.word(3) == "result": return try result(of: job, call)
    case ("error", 3):
      if let message = job.errorMessage { return ErrorDocument.response(message, status: 200) }
      throw TAPFault("The job has no error: it is in phase \(job.phase.rawValue).", status: 404)
    default: break
    }
    throw TAPFault("A job has no such part.", status: 404)
  }

  /// Shows a job, at once or when its phase changes (UWS 1.1, section 2.2.1.1).
  private func showWhole(_ job: StoredJob, _ call: TAPCall) throws(TAPFault) -> ServerResponse {
    let form = RequestForm(call.request)
    guard let text = form["WAIT"], job.phase.isActive else { return .xml(documents(call).job(job)) }
    guard let seconds = Int(text.trimmingBlanks), seconds >= -1 else {
      throw TAPFault("WAIT \"\(text.excerpt)\" is not a number of seconds, or -1.")
    }
    if let phase = form["PHASE"], phase.uppercased() != job.phase.rawValue { return .xml(documents(call).job(job)) }
    let limit = seconds < 0 ? configuration.waitLimit : min(seconds, configuration.waitLimit)
    return .later {
      await jobs.wait(for: job.id, atMost: .seconds(limit), sleep: sleep) {
        await Aside.run { (try? store.job(job.id))?.phase == job.phase }
      }
      return await Aside.run {
        do throws(TAPFault) {
          return .xml(documents(call).job(try self.job(job.id, for: call)))
        } catch {
          return error.response
        }
      }
    }
  }

  private func result(of job: StoredJob, _ call: TAPCall) throws(TAPFault) -> ServerResponse {
    // TapPlus asks for the result of any job that ended, and reads on where it is led to.
    if job.phase == .error { return .seeOther("\(call.base)/async/\(job.id)/error") }
    guard job.phase == .completed, let result = job.result,
      let file = OpenFile(path: store.path(ofJobFile: Self.resultName, of: job.id))
    else {
      throw TAPFault("The job has no result: it is in phase \(job.phase.rawValue).", status: 404)
    }
    var headers = [
      ("Content-Type", result.mediaType), ServerResponse.attachment("\(job.id)-result\(result.fileEnding)"),
    ]
    if let encoding = result.encoding { headers.append(("Content-Encoding", encoding)) }
    return .file(file, headers: headers, for: call.request)
  }

  /// The name of a result in its job's folder.
  static let resultName = "result"
}

extension ServerResponse {
  /// A bare value as text: without a line end, as clients compare it.
  static func value(_ text: String) -> ServerResponse {
    ServerResponse(
      status: 200, headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")],
      body: .bytes(Array(text.utf8)))
  }
}

extension JobSelection {
  /// The jobs that a caller may look through: a user's own; without a user those that came from the same client, since who knows
  /// a job's name may also delete it.
  init(of call: TAPCall) {
    self.init(owner: call.user)
    if call.user == nil { client = call.client }
  }
}
