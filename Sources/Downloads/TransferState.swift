import HTTPTransport

/// Decides how one file is fetched: where to begin, whether an answer can be trusted, when to try again, when it is done.
///
/// It does nothing itself: `FileFetch` and `PartSink` tell it what happened and carry out what it says.
struct TransferState: Sendable {
  /// What happened.
  enum Event: Sendable {
    /// What an earlier run has left.
    case found(length: Int64, journal: Journal?)
    /// The head of an answer, and the room on the disk.
    case head(HTTPResponse, freeSpace: Int64?)
    /// So many bytes of the body are in the part.
    case written(Int)
    /// The first bytes of the file, `ContentRule.window` or all of a shorter one.
    case prefix([UInt8])
    /// The answer is complete.
    case ended
    /// The answer did not come, or not to its end.
    case broke(any Error)
    /// The digest of the whole part.
    case digest(Checksum?)
    /// The pause is over.
    case rested
  }

  /// What to do.
  enum Action: Sendable {
    /// Ask for the file from `held` on; with a validator as `If-Range`, or from the start without one.
    case request(from: Int64, validator: String?)
    /// Take the body: a journal means empty the part, write the journal, begin at 0; without one go on where the part ends.
    case receive(Journal?)
    /// Let the body go; what follows is decided when the answer has ended.
    case drop
    /// Go on.
    case proceed
    /// Wait, then tell `rested`.
    case rest(Duration, because: DownloadsError)
    /// Compute the digest.
    case verify
    /// Give the part its final name.
    case publish
    /// Give up; the part is kept if `isResumable`.
    case fail(DownloadsError)
  }

  /// The time and a random number, for pauses.
  struct Moment: Sendable {
    var unixTime: Int64 = 0
    var jitter = 1.0
  }

  enum Verdict: Sendable {
    case fail(DownloadsError)
    case retry(RetryPolicy.Failure, DownloadsError)
    case startOver(DownloadsError)
    case verify
  }

  let item: DownloadItem
  private let policy: RetryPolicy
  /// How many bytes of the part are of use.
  private(set) var held: Int64 = 0
  /// How many bytes an earlier run had left, as far as they went into the result.
  private(set) var resumedFrom: Int64 = 0
  /// Requests made.
  private(set) var attempts = 0
  private var journal: Journal?
  private var heldAtRequest: Int64 = 0
  private var fruitless = 0
  private var startOvers = 0
  private var isSpliced = false
  /// The size of the whole file by the present answer.
  private(set) var served: Int64?
  private var verdict: Verdict?
  /// The name that the server gives the file.
  private(set) var fileName: String?

  init(item: DownloadItem, policy: RetryPolicy) {
    self.item = item
    self.policy = policy
  }

  /// Whether a later run can go on with the part. So much must be there that its first bytes have been judged.
  var isResumable: Bool { held >= Int64(ContentRule.window) && journal?.validator != nil }

  /// Whether the present answer's body is being taken.
  var isReceiving: Bool { verdict == nil }

  mutating func event(_ event: Event, at moment: Moment = Moment()) -> Action {
    switch event {
    case .found(let length, let journal): return found(length, journal)
    case .head(let response, let freeSpace): return head(response, freeSpace)
    case .written(let count): return written(count)
    case .prefix(let bytes): return prefix(bytes)
    case .ended: return verdict.map { carryOut($0, moment) } ?? ended(moment)
    case .broke(let error): return verdict.map { carryOut($0, moment) } ?? broke(error, moment)
    case .digest(let digest): return compare(digest)
    case .rested: return request()
    }
  }
}

// MARK: Beginning

extension TransferState {
  private mutating func found(_ length: Int64, _ journal: Journal?) -> Action {
    if let journal, journal.belongs(to: item), length >= Int64(ContentRule.window),
      journal.total.map({ length <= $0 }) ?? true
    {
      held = length
      resumedFrom = length
      self.journal = journal
    }
    return request()
  }

  private mutating func request() -> Action {
    if !isResumable { forgetPart() }
    attempts += 1
    heldAtRequest = held
    served = nil
    verdict = nil
    return .request(from: held, validator: held > 0 ? journal?.validator : nil)
  }

  private mutating func forgetPart() {
    held = 0
    resumedFrom = 0
    journal = nil
    isSpliced = false
  }
}

// MARK: The head

extension TransferState {
  private mutating func head(_ response: HTTPResponse, _ freeSpace: Int64?) -> Action {
    let decision = judge(response)
    if case .receive = decision, let served, let freeSpace, served - held > freeSpace {
      return conclude(.fail(error(.diskFull, "There is no room for the \(served - held) bytes that are missing.")))
    }
    if case .receive = decision, let name = response.fileName, let safe = try? SafeFileName(name) {
      fileName = safe.text
    }
    return decision
  }

  private mutating func judge(_ response: HTTPResponse) -> Action {
    switch response.status {
    case 200: whole(response)
    case 206: rest(response)
    case 416 where heldAtRequest > 0: unsatisfiable(response)
    default: conclude(refusal(response))
    }
  }

  private mutating func conclude(_ verdict: Verdict) -> Action {
    self.verdict = verdict
    return .drop
  }

  private mutating func whole(_ response: HTTPResponse) -> Action {
    if response.mediaType == "text/html", !item.contentRule.allowsHTML { return conclude(.fail(webPage)) }
    let isChunked = response.headers["Transfer-Encoding"]?.lowercased().contains("chunked") ?? false
    let length = isChunked ? nil : response.contentLength
    if length == nil, !isChunked, item.expectedSize == nil, item.checksum == nil {
      return conclude(
        .fail(error(.unknownLength, "Neither the server nor the catalogue says how long the file is, so it was left.")))
    }
    forgetPart()
    heldAtRequest = 0
    served = length
    let journal = Journal(item: item, head: response, total: length)
    self.journal = journal
    return .receive(journal)
  }

  private mutating func rest(_ response: HTTPResponse) -> Action {
    guard let journal, heldAtRequest > 0 else {
      return conclude(.fail(error(.badAnswer, "The server sent a part where the whole file was asked for.")))
    }
    let range = ContentRange(response.headers["Content-Range"])
    guard let range, let bytes = range.bytes, bytes.lowerBound == held,
      response.contentLength.map({ $0 == bytes.upperBound - bytes.lowerBound + 1 }) ?? true,
      Self.agree(range.total, journal.total),
      Self.agree(response.headers["ETag"].flatMap { Journal.isStrong($0) ? $0 : nil }, journal.etag)
    else {
      return conclude(.startOver(error(.badAnswer, "The server sent another part of the file than was asked for.")))
    }
    served = range.total ?? journal.total
    isSpliced = true
    return .receive(nil)
  }

  private static func agree<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool { a == nil || b == nil || a == b }

  private mutating func unsatisfiable(_ response: HTTPResponse) -> Action {
    let total = ContentRange(response.headers["Content-Range"])?.total
    // The part may be the whole file; only a digest can tell.
    if total == held, item.checksum != nil { return conclude(.verify) }
    return conclude(.startOver(error(.badAnswer, "The server says that the file is shorter than what is here of it.")))
  }

  private func refusal(_ response: HTTPResponse) -> Verdict {
    switch response.status {
    case 401, 403:
      return .fail(
        error(
          .notAuthorized,
          "The archive refuses the file (status \(response.status)): exclusive-access data need a token of someone with the right to them."
        ))
    case 404, 410: return .fail(error(.notFound, "The archive has no such file (status \(response.status))."))
    default:
      let failure = RetryPolicy.Failure.status(response.status, retryAfter: response.headers["Retry-After"])
      let reason = error(.status, "The archive did not send the file (status \(response.status)); try again later.")
      return RetryPolicy.isRetryable(failure) ? .retry(failure, reason) : .fail(reason)
    }
  }
}

// MARK: The body

extension TransferState {
  private mutating func written(_ count: Int) -> Action {
    held += Int64(count)
    // Where the server gives no length, the catalogue's is the most that is taken.
    guard let limit = served ?? item.expectedSize, held > limit else { return .proceed }
    return .fail(wrongSize)
  }

  private func prefix(_ bytes: [UInt8]) -> Action {
    switch item.contentRule.judge(bytes) {
    case .html: return .fail(webPage)
    case .other:
      return .fail(
        error(.notTheFile, "What the server sent does not begin like \(item.label) must; it was thrown away."))
    case .fits: break
    }
    // Without a digest there is no way to tell that the catalogue is wrong: no need to fetch the rest.
    if item.checksum == nil, let served, let expected = item.expectedSize, served != expected {
      return .fail(wrongSize)
    }
    return .proceed
  }
}

// MARK: The end

extension TransferState {
  private mutating func carryOut(_ verdict: Verdict, _ moment: Moment) -> Action {
    switch verdict {
    case .fail(let error): return .fail(error)
    case .retry(let failure, let reason): return setBack(failure, reason, moment)
    case .startOver(let reason): return startOver(reason)
    case .verify: return .verify
    }
  }

  private mutating func ended(_ moment: Moment) -> Action {
    if let total = served ?? journal?.total, held < total {
      return setBack(.transport(.truncated), error(.transfer, "The server sent only a part of the rest."), moment)
    }
    if item.checksum != nil { return .verify }
    if let expected = item.expectedSize, held != expected { return discard(wrongSize) }
    return .publish
  }

  private mutating func compare(_ digest: Checksum?) -> Action {
    if let digest, digest.description == item.checksum?.description { return .publish }
    let reason =
      item.expectedSize.map({ $0 != held }) ?? false
      ? wrongSize : error(.wrongChecksum, "The bytes that came are not those of the catalogue (checksum differs).")
    // Old and new bytes may belong to different versions of the file.
    return isSpliced || heldAtRequest > 0 ? startOver(reason) : discard(reason)
  }

  private mutating func broke(_ failure: any Error, _ moment: Moment) -> Action {
    guard let failure = failure as? HTTPTransportError else {
      if failure is CancellationError { return .fail(.cancelled(item)) }
      return .fail(error(.transfer, "The file could not be fetched.", cause: failure))
    }
    if failure.kind == .cancelled { return .fail(.cancelled(item)) }
    if let own = failure.cause as? DownloadsError {
      return own.kind == .diskFull || own.kind == .fileSystem ? .fail(own) : discard(own)
    }
    return setBack(
      .transport(failure.kind), error(.transfer, "The file could not be fetched.", cause: failure), moment)
  }

  /// Another attempt after a pause, if the policy has one left. An attempt that brought the file forward gives back the
  /// earlier ones, but not without end.
  private mutating func setBack(
    _ failure: RetryPolicy.Failure, _ reason: DownloadsError, _ moment: Moment
  ) -> Action {
    fruitless = isResumable && held > heldAtRequest ? 1 : fruitless + 1
    let pause = policy.pause(afterAttempt: fruitless, failure, now: moment.unixTime, jitter: moment.jitter)
    guard let pause, attempts < min(policy.attempts, 1000) * 10 else {
      return .fail(reason)
    }
    return .rest(pause, because: reason)
  }

  private mutating func startOver(_ reason: DownloadsError) -> Action {
    startOvers += 1
    guard startOvers <= 2 else { return discard(reason) }
    forgetPart()
    return request()
  }

  private mutating func discard(_ reason: DownloadsError) -> Action {
    forgetPart()
    return .fail(reason)
  }
}

// MARK: Words

extension TransferState {
  private func error(_ kind: DownloadsError.Kind, _ message: String, cause: (any Error)? = nil) -> DownloadsError {
    DownloadsError(kind, file: item.destination, url: item.url, message, cause: cause)
  }

  private var webPage: DownloadsError {
    error(
      .notTheFile,
      "The server sent a web page in place of the file, as it does when a login is wanted or the archive is down.")
  }

  private var wrongSize: DownloadsError {
    let expected = item.expectedSize.map { "\($0) bytes" } ?? "another size"
    return error(
      .wrongSize,
      "The catalogue says \(expected), the server has \(served.map(String.init) ?? String(held)); update the catalogue's rows and try again."
    )
  }
}
