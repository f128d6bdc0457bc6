internal import LocalArchive
internal import SkyGeometry

extension TAPService {
  /// TAP+'s search for jobs, which gives whole jobs.
  func searchJobs(_ call: TAPCall) -> ServerResponse {
    removeExpiredJobs()
    let form = RequestForm(call.request)
    do throws(TAPFault) {
      var selection = JobSelection(of: call)
      selection.id = form.text("jobid")
      selection.name = form.text("jobname") ?? form.text("name")
      selection.query = form.text("query")
      selection.phases = form.values("phaseid").flatMap { $0.split(separator: ",") }.map {
        JobPhase(rawValue: $0.trimmingBlanks.uppercased())
      }
      selection.started = try Self.range(form, "start_time_init", "start_time_limit")
      selection.ended = try Self.range(form, "end_time_init", "end_time_limit")
      selection.offset = try Self.number(form, "offset") ?? 0
      selection.limit = min(try Self.number(form, "limit") ?? selection.limit, selection.limit)
      selection.isNewestFirst = form.text("order")?.lowercased().contains("desc") ?? false
      let wanted = selection
      let jobs = try archive { () throws(LocalArchiveError) in try store.jobs(wanted) }
      return .xml(documents(call).wholeJobs(jobs.map(\.abridged)))
    } catch {
      return error.response
    }
  }

  /// TAP+'s deletion of several jobs at once; those that are gone already are no reason to complain.
  func deleteJobs(_ call: TAPCall) -> ServerResponse {
    guard call.request.method == "POST" else {
      return .text(405, "Send JOB_IDS by POST.", headers: [("Allow", "POST")])
    }
    let ids = (RequestForm(call.request)["JOB_IDS"] ?? "").split(separator: ",").map { $0.trimmingBlanks }
    do throws(TAPFault) {
      for id in ids.prefix(10_000) where !id.isEmpty {
        let job: StoredJob
        do throws(TAPFault) {
          job = try self.job(id, for: call)
        } catch {
          if error.status == 404 { continue }
          throw error
        }
        try remove(job.id)
      }
      return .value("")
    } catch {
      return error.response
    }
  }

  private static func range(_ form: RequestForm, _ first: String, _ last: String) throws(TAPFault) -> ClosedRange<
    Int64
  >? {
    let from = try time(form, first)
    let to = try time(form, last)
    guard from != nil || to != nil else { return nil }
    let lower = from ?? .min
    return lower...max(lower, to ?? .max)
  }

  private static func time(_ form: RequestForm, _ name: String) throws(TAPFault) -> Int64? {
    guard let text = form.text(name) else { return nil }
    guard let time = ModifiedJulianDate(iso: text) else { throw TAPFault("\(name) \"\(text.excerpt)\" is not a time.") }
    return time.unixMilliseconds
  }

  private static func number(_ form: RequestForm, _ name: String) throws(TAPFault) -> Int? {
    guard let text = form.text(name) else { return nil }
    guard let number = Int(text), number >= 0 else { throw TAPFault("\(name) \"\(text.excerpt)\" is not a number.") }
    return number
  }
}

extension StoredJob {
  /// The job with its parameters cut to what lists show.
  fileprivate var abridged: StoredJob {
    var job = self
    var room = Self.listedParameterSize
    for index in job.parameters.indices {
      let size = job.parameters[index].value.utf8.count
      if size > room {
        job.parameters[index].value =
          String(decoding: job.parameters[index].value.utf8.prefix(room), as: UTF8.self) + "…"
      }
      room = max(0, room - size)
    }
    return job
  }

  private static let listedParameterSize = 16 << 10
}

extension RequestForm {
  /// A parameter's value, `nil` also when it is empty.
  func text(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}
