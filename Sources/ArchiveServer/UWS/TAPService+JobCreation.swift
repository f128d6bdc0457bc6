internal import LocalArchive
internal import SkyGeometry
internal import TableIO

extension TAPService {
  /// Makes a job, and starts it where the same request says so.
  ///
  /// Nothing is checked but sizes: the job may be completed later, and a query that is wrong is a job that fails (TAP 1.1, section 2.4).
  func createJob(_ call: TAPCall) throws(TAPFault) -> ServerResponse {
    removeExpiredJobs()
    let count = try archive { () throws(LocalArchiveError) in try store.jobCount(owner: call.user) }
    guard count < configuration.jobLimit else {
      throw TAPFault("There are \(count) jobs already, which is the most. Delete some that are done.", status: 403)
    }
    let form = RequestForm(call.request)
    var job = StoredJob(
      id: newIdentifier(), owner: call.user, created: milliseconds,
      executionDuration: configuration.executionDuration.usual,
      destruction: call.user == nil ? milliseconds + Int64(configuration.retention.usual) * 1000 : nil)
    try apply(form, to: &job)
    let stored = job
    try archive { () throws(LocalArchiveError) in try store.add(stored) }
    switch form["PHASE"]?.uppercased() {
    case "RUN": try start(stored.id)
    case "ABORT": try abort(stored.id)
    default: break
    }
    return .seeOther("\(call.base)/async/\(job.id)")
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
    try store(form, in: &job)
  }

  private func store(_ form: RequestForm, in job: inout StoredJob) throws(TAPFault) {
    let uploads = job.parameters.filter { $0.name.uppercased() == "UPLOAD" }.map(\.value)
    let wanted = Set(
      uploads.flatMap { $0.split(separator: ";") }.compactMap { pair in
        pair.firstRange(of: "param:").map { pair[$0.upperBound...].trimmingBlanks }
      })
    for part in form.files where part.fileName != nil || wanted.contains(part.name) {
      guard part.content.count <= configuration.uploadByteLimit else { throw tooLarge(part.name.excerpt) }
      guard job.parts.count < TAPRequest.uploadLimit else {
        throw TAPFault("A job may have \(TAPRequest.uploadLimit) files at most.", status: 413)
      }
      let name = "upload-\(job.parts.count + 1)"
      let id = job.id
      try archive { () throws(LocalArchiveError) in try store.createFolder(ofJob: id) }
      do throws(TableIOError) {
        let sink = try FileByteSink(path: store.path(ofJobFile: name, of: job.id))
        try sink.write(Array(part.content))
        try sink.finish()
      } catch {
        throw TAPFault("The uploaded table cannot be kept. Try again, or tell the archive's keeper.", status: 500)
      }
      job.parts.removeAll { $0.name == part.name }
      job.parts.append(StoredJob.Part(name: part.name, file: name, fileName: part.fileName))
    }
  }

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
