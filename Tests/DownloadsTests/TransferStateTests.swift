import HTTPTransport
import Testing

@testable import Downloads

/// The decisions alone, without sockets or files.
@Suite struct TransferStateTests {
  private func item(size: Int64? = nil, checksum: Checksum? = nil, name: String = "n.json") -> DownloadItem {
    DownloadItem(url: "https://h/n", destination: "/d/" + name, expectedSize: size, checksum: checksum)
  }

  private func head(_ status: Int, _ headers: HTTPHeaders) -> TransferState.Event {
    .head(HTTPResponse(status: status, headers: headers), freeSpace: nil)
  }

  private let whole: HTTPHeaders = ["ETag": "\"v1\"", "Content-Length": "1000"]

  /// A state that asks for the rest of a file of 1000 bytes of which 400 are there.
  private func resuming(
    checksum: Checksum? = nil, size: Int64? = nil, policy: RetryPolicy = RetryPolicy()
  ) -> TransferState {
    let item = item(size: size, checksum: checksum)
    let journal = Journal(item: item, head: HTTPResponse(status: 200, headers: whole), total: 1000)
    var state = TransferState(item: item, policy: policy)
    _ = state.event(.found(length: 400, journal: journal))
    return state
  }

  private func fail(_ action: TransferState.Action) -> DownloadsError.Kind? {
    if case .fail(let error) = action { error.kind } else { nil }
  }

  private func requestStart(_ action: TransferState.Action) -> Int64? {
    if case .request(let from, _) = action { from } else { nil }
  }

  @Test func aGoodFileIsPublished() {
    var state = TransferState(item: item(size: 1000), policy: RetryPolicy())
    #expect(requestStart(state.event(.found(length: 0, journal: nil))) == 0)
    guard case .receive(startsOver: true) = state.event(head(200, whole)) else {
      Issue.record("not received")
      return
    }
    #expect(state.journal?.etag == "\"v1\"")
    _ = state.event(.written(1000))
    guard case .publish = state.event(.ended) else {
      Issue.record("not published")
      return
    }
  }

  @Test func aPartIsContinuedWithItsValidator() {
    var state = TransferState(item: item(), policy: RetryPolicy())
    let journal = Journal(item: item(), head: HTTPResponse(status: 200, headers: whole), total: 1000)
    guard case .request(400, "\"v1\""?) = state.event(.found(length: 400, journal: journal)) else {
      Issue.record("not continued")
      return
    }
    guard case .receive(startsOver: false) = state.event(head(206, ["Content-Range": "bytes 400-999/1000"])) else {
      Issue.record("not received")
      return
    }
    _ = state.event(.written(600))
    guard case .publish = state.event(.ended) else {
      Issue.record("not published")
      return
    }
    #expect(state.resumedFrom == 400)
  }

  @Test(
    arguments: [
      (nil, 400), ("https://other/n", 400), ("https://h/n", 0), ("https://h/n", 10), ("https://h/n", 1001),
    ] as [(String?, Int64)])
  func aPartThatIsNotTrustedIsNotContinued(journalURL: String?, length: Int64) {
    var other = item()
    other.url = journalURL ?? other.url
    let journal = journalURL.map { _ in
      Journal(item: other, head: HTTPResponse(status: 200, headers: whole), total: 1000)
    }
    var state = TransferState(item: item(), policy: RetryPolicy())
    guard case .request(0, nil) = state.event(.found(length: length, journal: journal)) else {
      Issue.record("continued")
      return
    }
  }

  @Test(
    arguments: [
      ["Content-Range": "bytes 399-999/1000"], ["Content-Range": "bytes 400-999/2000"],
      ["Content-Range": "bytes 0-599/1000"],
      [:], ["Content-Range": "bytes 400-999/1000", "ETag": "\"v2\""],
      ["Content-Range": "bytes 400-999/1000", "Content-Length": "700"],
    ] as [[String: String]])
  func aLyingRangeIsNotSpliced(fields: [String: String]) {
    var state = resuming()
    var headers = HTTPHeaders()
    for (name, value) in fields { headers[name] = value }
    guard case .drop = state.event(head(206, headers)) else {
      Issue.record("taken")
      return
    }
    #expect(requestStart(state.event(.ended)) == 0)
  }

  @Test func aServerThatAlwaysLiesIsLeft() {
    var state = resuming()
    for _ in 0..<10 {
      _ = state.event(head(206, ["Content-Range": "bytes 1-999/1000"]))
      if fail(state.event(.ended)) == .badAnswer { return }
    }
    Issue.record("asked again and again")
  }

  @Test func aChangedFileStartsOver() {
    var state = resuming()
    guard case .receive(startsOver: true) = state.event(head(200, ["ETag": "\"v2\"", "Content-Length": "500"])) else {
      Issue.record("not received")
      return
    }
    #expect(state.held == 0)
    #expect(state.resumedFrom == 0)
  }

  @Test func rangeNotSatisfiable() {
    var whole = resuming(checksum: .md5("d"))
    _ = whole.event(head(416, ["Content-Range": "bytes */400"]))
    guard case .verify = whole.event(.ended) else {
      Issue.record("not verified")
      return
    }
    #expect(requestStart(whole.event(.digest(.md5("other")))) == 0)
    var unknown = resuming()
    _ = unknown.event(head(416, ["Content-Range": "bytes */400"]))
    #expect(requestStart(unknown.event(.ended)) == 0)
  }

  @Test(arguments: [
    (401, DownloadsError.Kind.notAuthorized), (403, .notAuthorized), (404, .notFound), (410, .notFound), (400, .status),
    (204, .status), (304, .status), (206, .badAnswer), (416, .status), (501, .status),
  ])
  func refusalsAreFinal(status: Int, kind: DownloadsError.Kind) {
    var state = TransferState(item: item(), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(status, ["Content-Range": "bytes 0-9/10"]))
    #expect(fail(state.event(.ended)) == kind)
  }

  @Test func theStatusCountsEvenIfItsPageBreaksOff() {
    var state = TransferState(item: item(), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(404, [:]))
    #expect(fail(state.event(.broke(HTTPTransportError(.truncated, url: "", "")))) == .notFound)
  }

  @Test(arguments: [
    (Int64?.some(1000), Checksum?.none, DownloadsError.Kind?.none), (999, nil, .wrongSize), (nil, nil, nil),
    (999, .md5("good"), nil), (1000, .md5("bad"), .wrongChecksum), (999, .md5("bad"), .wrongSize),
  ])
  func theEnd(expected: Int64?, checksum: Checksum?, failure: DownloadsError.Kind?) {
    var state = TransferState(item: item(size: expected, checksum: checksum), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(200, whole))
    let early = fail(state.event(.prefix(Array("{".utf8))))
    if early != nil {
      #expect(early == failure)
      return
    }
    _ = state.event(.written(1000))
    var action = state.event(.ended)
    if case .verify = action { action = state.event(.digest(.md5("good"))) }
    if let failure {
      #expect(fail(action) == failure)
      #expect(!state.isResumable)
    } else if case .publish = action {
    } else {
      Issue.record("not published: \(action)")
    }
  }

  @Test func aChunkedBodyIsBoundByTheCatalogue() {
    var state = TransferState(item: item(size: 1000, checksum: .md5("d")), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(200, ["Transfer-Encoding": "chunked"]))
    #expect(fail(state.event(.written(1001))) == .wrongSize)
  }

  @Test func aBodyOfWhichNothingIsKnownIsNotTaken() {
    var state = TransferState(item: item(), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(200, [:]))
    #expect(fail(state.event(.ended)) == .unknownLength)
  }

  @Test func aFullDiskIsSeenBeforehand() {
    var state = TransferState(item: item(), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(.head(HTTPResponse(status: 200, headers: whole), freeSpace: 999))
    #expect(fail(state.event(.ended)) == .diskFull)
  }

  @Test func progressGivesAttemptsBackButNotWithoutEnd() {
    var state = resuming(policy: RetryPolicy(attempts: 2))
    let cut = HTTPTransportError(.truncated, url: "", "")
    var requests = 1
    while requests < 100 {
      _ = state.event(head(206, ["Content-Range": "bytes \(state.held)-999/1000"]))
      _ = state.event(.written(1))
      guard case .rest = state.event(.broke(cut)) else { break }
      requests += 1
      _ = state.event(.rested)
    }
    #expect(requests == 20)
    #expect(state.isResumable)
  }

  @Test func fruitlessAttemptsRunOut() {
    var state = TransferState(item: item(), policy: RetryPolicy(attempts: 3))
    _ = state.event(.found(length: 0, journal: nil))
    let refused = HTTPTransportError(.connect, url: "", "")
    for _ in 1...2 {
      guard case .rest = state.event(.broke(refused)) else {
        Issue.record("gave up early")
        return
      }
      _ = state.event(.rested)
    }
    #expect(fail(state.event(.broke(refused))) == .transfer)
    #expect(state.attempts == 3)
  }

  @Test func withoutValidatorTheNextAttemptStartsOver() {
    var state = TransferState(item: item(), policy: RetryPolicy())
    _ = state.event(.found(length: 0, journal: nil))
    _ = state.event(head(200, ["Content-Length": "1000", "ETag": "W/\"weak\""]))
    _ = state.event(.written(500))
    _ = state.event(.broke(HTTPTransportError(.truncated, url: "", "")))
    guard case .request(0, nil) = state.event(.rested) else {
      Issue.record("continued")
      return
    }
  }
}
