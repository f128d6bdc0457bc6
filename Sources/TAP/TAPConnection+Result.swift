public import HTTPTransport
import TableIO

extension TAPConnection {
  /// Fetches a table and puts it aside; for requests that change nothing.
  /// - Parameters:
  ///   - request: what to ask; its time limits are those of the configuration's queries.
  ///   - format: the format that was asked for, to tell formats that do not tell themselves.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func table(_ request: HTTPRequest, format: String? = nil) async throws -> TAPResult {
    try await result(request, .ifNotBegun, format: format)
  }

  func result(_ request: HTTPRequest, _ repetition: Repetition, format: String?) async throws -> TAPResult {
    var request = request
    request.timeouts = configuration.queryTimeouts
    let (response, body) = try await perform(request, repetition, limit: nil)
    let check: ResultCheck
    do throws(TableIOError) {
      check = try ResultCheck(body)
    } catch {
      throw TAPError(
        error.kind == .malformed ? .truncated : .badAnswer,
        "The result is not complete or damaged: \(error.message) Ask again.", status: response.status,
        url: response.url, cause: error)
    }
    if let problem = check.problem {
      throw TAPError(
        problem.kind, problem.message, status: response.status, url: WebAddress.withoutUserInfo(response.url))
    }
    return TAPResult(
      body: body, mediaType: response.mediaType, fileName: response.proposedFileName,
      formatName: Self.formatName(response, format: format), url: response.url, isGzip: check.isGzip,
      isOverflow: check.isOverflow)
  }

  /// A file name that tells the format: the service's type goes before what was asked for.
  private static func formatName(_ response: HTTPResponse, format: String?) -> String? {
    for type in [response.mediaType, format?.lowercased()].compactMap(\.self) {
      let ending: String
      switch type {
      case "text/csv", "csv": ending = "csv"
      case "text/tab-separated-values", "tsv": ending = "tsv"
      case "application/json", "json": ending = "json"
      case "application/fits", "image/fits", "fits": ending = "fits"
      case "ecsv", "text/ecsv", "application/x-ecsv": ending = "ecsv"
      case "application/x-votable+xml", "text/xml", "application/xml": ending = "vot"
      case let other where other.hasPrefix("votable"): ending = "vot"
      default: continue
      }
      return "result." + ending
    }
    return response.proposedFileName
  }
}
