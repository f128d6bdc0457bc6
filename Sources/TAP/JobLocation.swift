import HTTPTransport

/// Where a new job is: read from the answer that made it.
enum JobLocation {
  /// The job's identifier. Only this is taken from the address: the job is then asked for under the service's own address,
  /// so that no answer can send a session elsewhere.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  static func id(in response: HTTPResponse) throws(TAPError) -> String {
    if let location = response.headers["Location"] {
      if let id = id(inAddress: location) { return id }
      throw TAPError(
        .badAnswer,
        "The service did not make a job but sends elsewhere, to \(ServerMessage.cleaned(location)); check its address, or log in.",
        status: response.status, url: response.url)
    }
    // Some services answer with the job itself.
    if response.isSuccess, let job = try? UWSJob.job(reading: response.body, url: response.url) { return job.id }
    throw TAPError(
      .badAnswer, "The service does not say which job it made (status \(response.status) without a Location).",
      status: response.status, url: response.url)
  }

  /// What follows `async/` as the last part of an address.
  static func id(inAddress address: String) -> String? {
    let path = address.prefix { $0 != "?" && $0 != "#" }
    let parts = path.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 2].lowercased() == "async" else { return nil }
    let id = PercentEncoding.decode(parts[parts.count - 1])
    return ["", ".", ".."].contains(id) || id.utf8.count > 512 ? nil : id
  }
}
