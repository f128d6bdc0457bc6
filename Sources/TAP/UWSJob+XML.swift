import TableIO

extension UWSJob {
  /// Reads a `job` element, or a `jobref` of a list.
  init?(_ element: XMLTree, listVersion: String? = nil) {
    guard let id = element.words("jobId") ?? element.attribute("id"), !id.isEmpty else { return nil }
    self.init(id: id, phase: UWSPhase(rawValue: element.words("phase") ?? "UNKNOWN"))
    version = element.attribute("version") ?? listVersion
    runID = element.words("runId") ?? element.attribute("runId")
    ownerID = element.words("ownerId") ?? element.attribute("ownerId")
    quote = element.words("quote")
    creationTime = element.words("creationTime") ?? element.attribute("creationTime")
    startTime = element.words("startTime")
    endTime = element.words("endTime")
    executionDuration = element.words("executionDuration").flatMap { Int($0) }
    destruction = element.words("destruction")
    name = element.words("name")
    locationID = element.words("locationId")
    jobInfo = element.element("jobInfo")?.words
    parameters = (element.element("parameters")?.elements("parameter") ?? []).map { item in
      Parameter(
        id: item.attribute("id") ?? "", value: item.text, isByReference: Self.isTrue(item.attribute("byReference")))
    }
    results = (element.element("results")?.elements("result") ?? []).map { item in
      Result(
        id: item.attribute("id") ?? "", href: item.attribute("href"), mediaType: item.attribute("mime-type"),
        size: item.attribute("size").flatMap { Int64($0) })
    }
    if let summary = element.element("errorSummary"), !Self.isTrue(summary.attribute("nil")) {
      errorSummary = ErrorSummary(
        type: summary.attribute("type"), hasDetail: Self.isTrue(summary.attribute("hasDetail")),
        message: summary.words("message"))
    }
  }

  /// Reads a job's document.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  static func job(reading bytes: [UInt8], url: String) throws(TAPError) -> UWSJob {
    let root = try XMLTree(bytes, roots: ["job"], what: "a job", url: url)
    guard let job = UWSJob(root) else {
      throw TAPError(.badAnswer, "The service's description of a job does not say which one it is.", url: url)
    }
    return job
  }

  /// Reads a list of jobs: references, or whole jobs as TAP+ sends them.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  static func list(reading bytes: [UInt8], url: String) throws(TAPError) -> [UWSJob] {
    let root = try XMLTree(bytes, roots: ["jobs"], what: "a list of jobs", url: url)
    return root.children.compactMap { element in
      ["job", "jobref"].contains(element.name.local)
        ? UWSJob(element, listVersion: root.attribute("version")) : nil
    }
  }

  private static func isTrue(_ value: String?) -> Bool { value == "true" || value == "1" }
}
