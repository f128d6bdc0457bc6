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
    /// Take the body: empty the part and begin at 0, or go on where the part ends.
    case receive(startsOver: Bool)
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
  /// What a later run must know to go on with the part.
  private(set) var journal: Journal?
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
    let rule = HeadRule(item: item, journal: journal, held: held, heldAtRequest: heldAtRequest)
    let startsOver: Bool
    switch rule.decision(on: response) {
    case .conclude(let verdict): return conclude(verdict)
    case .whole(let length):
      forgetPart()
      heldAtRequest = 0
      served = length
      startsOver = true
      journal = Journal(item: item, head: response, total: length)
    case .rest(let total):
      served = total
      isSpliced = true
      startsOver = false
    }
    if let name = response.fileName, let safe = try? SafeFileName(name) { fileName = safe.text }
    if let served, let freeSpace, served - held > freeSpace {
      return conclude(
        .fail(item.failure(.diskFull, "There is no room for the \(served - held) bytes that are missing.")))
    }
    return .receive(startsOver: startsOver)
  }

  private mutating func conclude(_ verdict: Verdict) -> Action {
    self.verdict = verdict
    return .drop
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
    case .html: return .fail(item.webPage)
    case .other:
      return .fail(
        item.failure(.notTheFile, "What the server sent does not begin like \(item.label) must; it was thrown away."))
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
      return setBack(
        .transport(.truncated), item.failure(.transfer, "The server sent only a part of the rest."), moment)
    }
    if item.checksum != nil { return .verify }
    if let expected = item.expectedSize, held != expected { return discard(wrongSize) }
    return .publish
  }

  private mutating func compare(_ digest: Checksum?) -> Action {
    if let digest, digest.description == item.checksum?.description { return .publish }
    let reason =
      item.expectedSize.map({ $0 != held }) ?? false
      ? wrongSize
      : item.failure(.wrongChecksum, "The bytes that came are not those of the catalogue (checksum differs).")
    // Old and new bytes may belong to different versions of the file.
    return isSpliced || heldAtRequest > 0 ? startOver(reason) : discard(reason)
  }

  private mutating func broke(_ failure: any Error, _ moment: Moment) -> Action {
    guard let failure = failure as? HTTPTransportError else {
      if failure is CancellationError { return .fail(.cancelled(item)) }
      return .fail(item.failure(.transfer, "The file could not be fetched.", cause: failure))
    }
    if failure.kind == .cancelled { return .fail(.cancelled(item)) }
    if let own = failure.cause as? DownloadsError {
      return own.kind == .diskFull || own.kind == .fileSystem ? .fail(own) : discard(own)
    }
    return setBack(
      .transport(failure.kind), item.failure(.transfer, "The file could not be fetched.", cause: failure), moment)
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
  private var wrongSize: DownloadsError {
    let expected = item.expectedSize.map { "\($0) bytes" } ?? "another size"
    return item.failure(
      .wrongSize,
      "The catalogue says \(expected), the server has \(served.map(String.init) ?? String(held)); update the catalogue's rows and try again."
    )
  }
}
