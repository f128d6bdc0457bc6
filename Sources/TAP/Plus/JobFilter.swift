import HTTPTransport

/// Which jobs to list; several conditions narrow each other down.
public struct JobFilter: Sendable, Hashable {
  /// The job's identifier.
  public var jobID: String?
  /// The name that the job was given when it was made.
  public var jobName: String?
  /// The job's phase, for example `COMPLETED`.
  public var phase: String?
  /// The job's query.
  public var query: String?
  /// Jobs that began not before this time, as the service writes times.
  public var startedAfter: String?
  /// Jobs that began not after this time.
  public var startedBefore: String?
  /// Jobs that ended not before this time.
  public var endedAfter: String?
  /// Jobs that ended not after this time.
  public var endedBefore: String?
  /// Whether the service leaves out all that is not needed to list the jobs.
  public var isMetadataOnly = true
  /// How many of the jobs to leave out at the beginning.
  public var offset: Int?
  /// How many jobs to list at most.
  public var limit: Int?
  /// What to sort by, in the service's words.
  public var order: String?
  /// The name under which the service looks jobs up, which is another condition than `jobName`.
  var lookUpName: String?

  /// Lists all jobs.
  public init() {}

  /// The conditions as the service spells them.
  var form: FormBody {
    var form = FormBody()
    let conditions = [
      ("name", lookUpName), ("jobid", jobID), ("jobname", jobName), ("phaseid", phase), ("query", query),
      ("start_time_init", startedAfter), ("start_time_limit", startedBefore), ("end_time_init", endedAfter),
      ("end_time_limit", endedBefore), ("metadata_only", isMetadataOnly ? "True" : "False"),
      ("offset", offset.map(String.init)), ("limit", limit.map(String.init)), ("order", order),
    ]
    for (name, value) in conditions {
      if let value { form.append(name, value) }
    }
    return form
  }
}
