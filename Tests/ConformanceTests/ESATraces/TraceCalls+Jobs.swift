import ESAArchive
import Foundation
import TAP
import TableIO
import TestSupport

extension ClientCaller {
  /// Methods of a job that an earlier step gave.
  func job(_ call: CallArguments, _ step: Int) async throws -> JSONValue {
    guard let object = objects[step] else {
      throw NotApplicable(reason: .noEarlierObject)
    }
    switch call.method {
    case "get_results", "get_data":
      if let result = object.result, object.file == nil { return try Self.table(result) }
      if let file = object.file {
        return try ObservedTable.read(Array(Data(contentsOf: URL(fileURLWithPath: folder.file(file)))))
      }
      let result = try await finished(try id(object))
      objects[step]?.result = result
      return try Self.table(result)
    case "get_phase" where call.bool("update"):
      return .string(try await archive.tap.phase(of: try id(object)).rawValue)
    case "get_phase":
      throw NotApplicable(reason: .phaseNotRemembered)
    case "wait_for_job_end": return .string(try await archive.tap.wait(for: try id(object)).rawValue)
    case "get_error": return .text(try await archive.tap.errorMessage(of: try id(object)))
    case "start":
      try await archive.tap.run(try id(object))
      return .null
    case "abort":
      try await archive.tap.abort(try id(object))
      return .null
    case "send_parameter":
      try await archive.tap.setParameter(
        try call.required("name"), to: call["value"]?.stringValue ?? call["value"]?.brief ?? "", of: try id(object))
      return .null
    default: throw NotApplicable(reason: .unknownCall)
    }
  }

  /// Lists of jobs, and what is done with jobs by their identifiers.
  func jobs(_ call: CallArguments, _ index: Int) async throws -> JSONValue? {
    switch call.method {
    case "load_async_job":
      guard let id = try await identifier(call) else { return .null }
      let job = try await archive.tap.job(id)
      let result = call["load_results"]?.booleanValue == false ? nil : try await finished(id)
      objects[index] = TraceObject(jobID: id, result: result)
      return .object(["$job": .object(Self.members(job, results: try result.map(Self.table) ?? .null))])
    case "list_async_jobs":
      return .array(
        try await archive.tap.jobs().map {
          .object(["$job": .object(["jobid": .string($0.id), "phase": .string($0.phase.rawValue)])])
        })
    case "search_async_jobs":
      let jobs = try await archive.plus.searchJobs(try filter(call))
      return .array(jobs.map { .object(["$job": .object(Self.members($0, results: .null))]) })
    case "remove_jobs":
      guard let list = call["jobs_list"] else { throw CallArguments.wrongType("jobs_list") }
      if let id = list.stringValue {
        try await archive.plus.removeJobs([id])
      } else if let ids = list.arrayValue {
        try await archive.plus.removeJobs(ids.map { $0.stringValue ?? $0.brief })
      } else {
        throw CallArguments.wrongType("jobs_list")
      }
      return .null
    case "save_results":
      guard let step = call["job"]?["$job_of_step"]?.integerValue.map({ Int($0) }), let object = objects[step] else {
        throw NotApplicable(reason: .noEarlierObject)
      }
      let result = if let kept = object.result { kept } else { try await finished(try id(object)) }
      objects[step]?.file = try save(result, as: object.wantedFile)
      return .null
    default: return nil
    }
  }

  /// A job's result once it has ended.
  private func finished(_ id: String) async throws -> TAPResult {
    try await archive.tap.result(of: id, waitingAtMost: nil)
  }

  private func id(_ object: TraceObject) throws -> String {
    guard let id = object.jobID else { throw NotApplicable(reason: .directAnswerIsNoJob) }
    return id
  }

  private func identifier(_ call: CallArguments) async throws -> String? {
    if let name = try call.text("name") { return try await archive.plus.job(named: name)?.id }
    return try call.required("jobid")
  }

  private func filter(_ call: CallArguments) throws -> JobFilter? {
    guard let wanted = call["jobfilter"]?["$filter"] else { return nil }
    var filter = JobFilter()
    for (name, value) in [(String, JSONValue)](wanted.members.flatMap(Self.flat)) {
      let text = value.stringValue ?? value.brief
      switch name {
      case "jobid": filter.jobID = text
      case "jobname": filter.jobName = text
      case "phaseid": filter.phase = text
      case "query": filter.query = text
      case "start_time_init": filter.startedAfter = text
      case "start_time_limit": filter.startedBefore = text
      case "end_time_init": filter.endedAfter = text
      case "end_time_limit": filter.endedBefore = text
      case "metadata_only": filter.isMetadataOnly = value.booleanValue ?? (text == "True")
      case "offset": filter.offset = Int(text)
      case "limit": filter.limit = Int(text)
      case "order": filter.order = text
      default: throw NotApplicable(reason: .unknownFilterField)
      }
    }
    return filter
  }

  /// The members of a filter, those of its inner dictionary of conditions too.
  private static func flat(_ member: JSONObject.Member) -> [(String, JSONValue)] {
    if member.value == .null { return [] }
    let inner = member.value.members
    return inner.isEmpty
      ? [(member.name, member.value)] : inner.filter { $0.value != .null }.map { ($0.name, $0.value) }
  }

  private static func members(_ job: UWSJob, results: JSONValue) -> JSONObject {
    var parameters = JSONObject()
    for parameter in job.parameters where ["query", "format", "lang", "jobname"].contains(parameter.id.lowercased()) {
      parameters.members.append(
        JSONObject.Member(name: parameter.id.lowercased(), value: .string(parameter.value)))
    }
    return [
      "jobid": .string(job.id), "phase": .string(job.phase.rawValue), "owner": .text(job.ownerID),
      "runid": .text(job.runID), "name": .text(job.name), "start_time": .text(job.startTime),
      "end_time": .text(job.endTime), "creation_time": .text(job.creationTime),
      "execution_duration": .text(job.executionDuration.map { String($0) }), "destruction": .text(job.destruction),
      "quote": .text(job.quote), "locationID_attr": .text(job.locationID), "parameters": .object(parameters),
      "results_in_memory": results,
    ]
  }
}
