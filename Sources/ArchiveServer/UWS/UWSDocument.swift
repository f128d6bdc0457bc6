internal import LocalArchive
internal import SkyGeometry

/// The documents of UWS 1.1 (section 2.2). TapPlus compares raw names: the prefix must be `uws:`.
struct UWSDocument {
  /// The address of the job list.
  let list: String

  private static let namespaces: XMLText.Attributes = [
    "xmlns:uws": "http://www.ivoa.net/xml/UWS/v1.0", "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "version": "1.1",
  ]
  /// Parts of a job have no version.
  private static let partNamespaces: XMLText.Attributes = [
    "xmlns:uws": "http://www.ivoa.net/xml/UWS/v1.0", "xmlns:xlink": "http://www.w3.org/1999/xlink",
  ]

  /// The list of jobs.
  func jobs(_ jobs: [JobSummary]) -> XMLText {
    var xml = XMLText()
    xml.element("uws:jobs", Self.namespaces) { xml in
      for job in jobs {
        xml.element("uws:jobref", ["id": job.id, "xlink:href": "\(list)/\(job.id)"]) { xml in
          xml.element("uws:phase", job.phase.rawValue)
          if let runID = job.runID { xml.element("uws:runId", runID) }
          if let owner = job.owner { xml.element("uws:ownerId", owner) }
          xml.element("uws:creationTime", Self.time(job.created))
        }
      }
    }
    return xml
  }

  /// One job.
  func job(_ job: StoredJob) -> XMLText {
    var xml = XMLText()
    xml.element("uws:job", Self.namespaces) { append(job, to: &$0, isPlus: false) }
    return xml
  }

  /// Whole jobs in a list, as TAP+ sends them, with names and where they lie.
  func wholeJobs(_ jobs: [StoredJob]) -> XMLText {
    var xml = XMLText()
    xml.element("uws:jobs", Self.namespaces) { xml in
      for job in jobs { xml.element("uws:job") { append(job, to: &$0, isPlus: true) } }
    }
    return xml
  }

  /// A job's parameters.
  func parameters(_ job: StoredJob) -> XMLText {
    var xml = XMLText()
    xml.element("uws:parameters", Self.partNamespaces) { append(parameters: job, to: &$0) }
    return xml
  }

  /// A job's results.
  func results(_ job: StoredJob) -> XMLText {
    var xml = XMLText()
    xml.element("uws:results", Self.partNamespaces) { append(results: job, to: &$0) }
    return xml
  }

  private func append(_ job: StoredJob, to xml: inout XMLText, isPlus: Bool) {
    xml.element("uws:jobId", job.id)
    if let runID = job.parameter("RUNID") { xml.element("uws:runId", runID) }
    if let owner = job.owner { xml.element("uws:ownerId", owner) } else { xml.missing("uws:ownerId") }
    xml.element("uws:phase", job.phase.rawValue)
    xml.missing("uws:quote")
    xml.element("uws:creationTime", Self.time(job.created))
    Self.append("uws:startTime", job.started, to: &xml)
    Self.append("uws:endTime", job.ended, to: &xml)
    xml.element("uws:executionDuration", String(job.executionDuration))
    Self.append("uws:destruction", job.destruction, to: &xml)
    if isPlus {
      xml.element("uws:locationId", job.id)
      xml.element("uws:name", job.parameter("jobname") ?? "")
    }
    xml.element("uws:parameters") { append(parameters: job, to: &$0) }
    xml.element("uws:results") { append(results: job, to: &$0) }
    if let message = job.errorMessage {
      xml.element("uws:errorSummary", ["type": "fatal", "hasDetail": "true"]) { $0.element("uws:message", message) }
    }
  }

  private func append(parameters job: StoredJob, to xml: inout XMLText) {
    // TapPlus finds the format of a job that it made only under the name in lower case, which is how ESA's service calls it.
    let isPlus = job.parameter("tapclient") != nil
    for item in job.parameters {
      xml.element("uws:parameter", ["id": isPlus ? item.name.lowercased() : item.name], item.value)
    }
  }

  private func append(results job: StoredJob, to xml: inout XMLText) {
    guard let result = job.result, job.phase == .completed else { return }
    xml.element(
      "uws:result",
      [
        "id": "result", "xlink:href": "\(list)/\(job.id)/results/result", "size": String(result.size),
        "mime-type": result.mediaType,
      ])
  }

  private static func append(_ name: String, _ time: Int64?, to xml: inout XMLText) {
    if let time { xml.element(name, Self.time(time)) } else { xml.missing(name) }
  }

  /// A time as UWS writes it: `2026-01-02T03:04:05.678Z`.
  static func time(_ milliseconds: Int64) -> String {
    ModifiedJulianDate(unixMilliseconds: milliseconds).isoText(fractionDigits: 3) + "Z"
  }
}
