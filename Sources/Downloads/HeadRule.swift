import HTTPTransport

/// Decides what the head of an answer is worth: the whole file, the rest of it, or something else.
struct HeadRule: Sendable {
  let item: DownloadItem
  /// What is known of the version that the part belongs to.
  let journal: Journal?
  /// How many bytes of the part are of use.
  let held: Int64
  /// How many there were when the request was made; 0 when the whole file was asked for.
  let heldAtRequest: Int64

  enum Decision: Sendable {
    /// The body is the whole file, of this length where it is given.
    case whole(length: Int64?)
    /// The body goes on where the part ends; this is then the length of the whole, where it is known.
    case rest(total: Int64?)
    /// The body is of no use.
    case conclude(TransferState.Verdict)
  }

  func decision(on response: HTTPResponse) -> Decision {
    switch response.status {
    case 200: whole(response)
    case 206: rest(response)
    case 416 where heldAtRequest > 0: unsatisfiable(response)
    default: .conclude(refusal(response))
    }
  }

  private func whole(_ response: HTTPResponse) -> Decision {
    if response.mediaType == "text/html", !item.contentRule.allowsHTML { return .conclude(.fail(item.webPage)) }
    let isChunked = response.headers["Transfer-Encoding"]?.lowercased().contains("chunked") ?? false
    let length = isChunked ? nil : response.contentLength
    if length == nil, !isChunked, item.expectedSize == nil, item.checksum == nil {
      return .conclude(
        .fail(
          item.failure(
            .unknownLength, "Neither the server nor the catalogue says how long the file is, so it was left.")))
    }
    return .whole(length: length)
  }

  private func rest(_ response: HTTPResponse) -> Decision {
    guard let journal, heldAtRequest > 0 else {
      return .conclude(.fail(item.failure(.badAnswer, "The server sent a part where the whole file was asked for.")))
    }
    let range = ContentRange(response.headers["Content-Range"])
    guard let range, let bytes = range.bytes, bytes.lowerBound == held,
      response.contentLength.map({ $0 == bytes.upperBound - bytes.lowerBound + 1 }) ?? true,
      Self.agree(range.total, journal.total),
      Self.agree(response.headers["ETag"].flatMap { Journal.isStrong($0) ? $0 : nil }, journal.etag)
    else {
      return .conclude(
        .startOver(item.failure(.badAnswer, "The server sent another part of the file than was asked for.")))
    }
    return .rest(total: range.total ?? journal.total)
  }

  private static func agree<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool { a == nil || b == nil || a == b }

  private func unsatisfiable(_ response: HTTPResponse) -> Decision {
    let total = ContentRange(response.headers["Content-Range"])?.total
    // The part may be the whole file; only a digest can tell.
    if total == held, item.checksum != nil { return .conclude(.verify) }
    return .conclude(
      .startOver(item.failure(.badAnswer, "The server says that the file is shorter than what is here of it.")))
  }

  private func refusal(_ response: HTTPResponse) -> TransferState.Verdict {
    switch response.status {
    case 401, 403:
      return .fail(
        item.failure(
          .notAuthorized,
          "The archive refuses the file (status \(response.status)): exclusive-access data need a token of someone with the right to them."
        ))
    case 404, 410:
      return .fail(item.failure(.notFound, "The archive has no such file (status \(response.status))."))
    default:
      let failure = RetryPolicy.Failure.status(response.status, retryAfter: response.headers["Retry-After"])
      let reason = item.failure(
        .status, "The archive did not send the file (status \(response.status)); try again later.")
      return RetryPolicy.isRetryable(failure) ? .retry(failure, reason) : .fail(reason)
    }
  }
}
