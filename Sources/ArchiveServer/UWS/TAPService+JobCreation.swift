internal import LocalArchive
internal import SkyGeometry
internal import TableIO

extension TAPService {
  /// Makes a job, and starts it where the same request says so.
  ///
  /// Nothing is checked but sizes: the job may be completed later, and a query that is wrong is a job that fails (TAP 1.1, section 2.4).
  func createJob(_ call: TAPCall) throws(TAPFault) -> ServerResponse {
    removeExpiredJobs()
    try checkRoom(for: call)
    let form = RequestForm(call.request)
    var job = StoredJob(
      id: newIdentifier(), owner: call.user, created: milliseconds,
      executionDuration: configuration.executionDuration.usual,
      destruction: call.user == nil ? milliseconds + Int64(configuration.retention.usual) * 1000 : nil)
    job.client = call.user == nil ? call.client : nil
    try apply(form, to: &job)
    let parts = try keepFiles(of: form, for: job)
    do throws(TAPFault) {
      _ = try add(parts, to: &job)
      let stored = job
      try archive { () throws(LocalArchiveError) in try store.add(stored) }
    } catch {
      remove(parts, of: job.id)
      throw error
    }
    switch form["PHASE"]?.uppercased() {
    case _ where try removeIfExpired(job.id): break
    case "RUN": try start(job.id)
    case "ABORT": try abort(job.id)
    default: break
    }
    return .seeOther("\(call.base)/async/\(job.id)")
  }

  /// Says no when a client, or all of them, have as many jobs as may be, or their files as many bytes.
  private func checkRoom(for call: TAPCall) throws(TAPFault) {
    let count = try archive { () throws(LocalArchiveError) in try store.jobCount(owner: call.user) }
    guard count < configuration.jobLimit else {
      throw TAPFault("There are \(count) jobs already, which is the most. Delete some that are done.", status: 403)
    }
    if call.user == nil {
      let count = try archive { () throws(LocalArchiveError) in try store.jobCount(client: call.client) }
      guard count < configuration.clientJobLimit else {
        throw TAPFault(
          "You have \(count) jobs without a user, which is the most. Delete some that are done, or log in.", status: 403
        )
      }
    }
    // Half of the room is kept for users.
    let room = configuration.jobFilesByteLimit / (call.user == nil ? 2 : 1)
    guard jobFiles.byteCount(of: store, now: milliseconds) < room else {
      throw TAPFault(
        "There is no room for results at present. Try again later, or use a synchronous query.", status: 503)
    }
  }

  /// Milliseconds since 1970 as ESA's service has them, and letters that nobody guesses: who knows an identifier may see the job.
  private func newIdentifier() -> String {
    let letters = String(random(), radix: 36, uppercase: true)
    return String(milliseconds) + String(repeating: "0", count: max(0, 13 - letters.count)) + letters + "O"
  }

  /// Takes over what a request says: controls, parameters, files.
  func apply(_ form: RequestForm, to job: inout StoredJob) throws(TAPFault) {
    var fresh: [StoredJob.Parameter] = []
    for item in form.items {
      switch item.name.uppercased() {
      case "PHASE", "ACTION", "WAIT": continue
      case "EXECUTIONDURATION": try setDuration(item.value, &job)
      case "DESTRUCTION": try setDestruction(item.value, &job)
      case "": continue
      default: fresh.append(StoredJob.Parameter(name: item.name, value: item.value))
      }
    }
    // What is given again replaces what there was; uploads add up.
    let renewed = Set(fresh.map { $0.name.uppercased() }).subtracting(["UPLOAD"])
    job.parameters.removeAll { renewed.contains($0.name.uppercased()) }
    job.parameters += fresh
    guard job.parameters.count <= Self.parameterLimit else {
      throw TAPFault("A job may have \(Self.parameterLimit) parameters at most.", status: 413)
    }
    let size = job.parameters.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard size <= configuration.jobParameterByteLimit else {
      throw TAPFault(
        "A job's parameters may have \(configuration.jobParameterByteLimit) bytes together. Send long lists as a table.",
        status: 413)
    }
  }

  /// Writes the files that come with a request into a job's folder, under names that no other file ever has.
  /// - Returns: the files; who does not add them to the job removes them.
  func keepFiles(of form: RequestForm, for job: StoredJob) throws(TAPFault) -> [StoredJob.Part] {
    let given = (job.parameters.map { ($0.name, $0.value) } + form.items.map { ($0.name, $0.value) })
    let wanted = Set(
      given.filter { $0.0.uppercased() == "UPLOAD" }.flatMap { $0.1.split(separator: ";") }.compactMap { pair in
        pair.firstRange(of: "param:").map { pair[$0.upperBound...].trimmingBlanks }
      })
    let sent = form.files.filter { $0.fileName != nil || wanted.contains($0.name) }
    guard sent.count <= TAPRequest.uploadLimit else { throw Self.tooManyFiles }
    if let large = sent.first(where: { $0.content.count > configuration.uploadByteLimit }) {
      throw tooLarge(large.name.excerpt)
    }
    guard !sent.isEmpty else { return [] }
    var parts: [StoredJob.Part] = []
    do {
      try store.createFolder(ofJob: job.id)
      for part in sent {
        let name = "upload-" + String(random(), radix: 36) + String(random(), radix: 36)
        parts.append(StoredJob.Part(name: part.name, file: name, fileName: part.fileName))
        try write(part.content, to: name, of: job.id)
      }
    } catch {
      remove(parts, of: job.id)
      throw TAPFault("The uploaded table cannot be kept. Try again, or tell the archive's keeper.", status: 500)
    }
    return parts
  }

  /// Writes a file into a job's folder, which is there.
  func write(_ bytes: some Collection<UInt8>, to name: String, of id: String) throws(TableIOError) {
    let sink = try FileByteSink(path: store.path(ofJobFile: name, of: id))
    try sink.write(Array(bytes))
    try sink.finish()
    jobFiles.add(bytes.count)
  }

  /// Gives a job files, in place of those of the same name.
  /// - Returns: the files that the job does not have any more.
  func add(_ parts: [StoredJob.Part], to job: inout StoredJob) throws(TAPFault) -> [StoredJob.Part] {
    let before = job.parts
    for part in parts {
      job.parts.removeAll { $0.name == part.name }
      job.parts.append(part)
    }
    guard job.parts.count <= TAPRequest.uploadLimit else { throw Self.tooManyFiles }
    let kept = Set(job.parts.map(\.file))
    return (before + parts).filter { !kept.contains($0.file) }
  }

  /// Removes files that a job does not have.
  func remove(_ parts: [StoredJob.Part], of id: String) {
    for part in parts { store.removeJobFile(part.file, of: id) }
  }

  private static let tooManyFiles = TAPFault("A job may have \(TAPRequest.uploadLimit) files at most.", status: 413)

  func setDuration(_ text: String, _ job: inout StoredJob) throws(TAPFault) {
    guard let seconds = Int(text.trimmingBlanks), seconds >= 0 else {
      throw TAPFault("EXECUTIONDURATION \"\(text.excerpt)\" is not a number of seconds.")
    }
    let hard = configuration.executionDuration.hard
    job.executionDuration = seconds == 0 ? hard : min(seconds, hard)
  }

  func setDestruction(_ text: String, _ job: inout StoredJob) throws(TAPFault) {
    guard let time = ModifiedJulianDate(iso: text.trimmingBlanks) else {
      throw TAPFault("DESTRUCTION \"\(text.excerpt)\" is not a time such as 2026-01-02T03:04:05Z.")
    }
    let wanted = max(time.unixMilliseconds, job.created)
    job.destruction =
      job.owner == nil ? min(wanted, job.created + Int64(configuration.retention.hard) * 1000) : wanted
  }

  private static let parameterLimit = 200
}
