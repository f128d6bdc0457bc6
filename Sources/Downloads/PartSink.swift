import HTTPTransport

/// Writes the body of an answer into a part, as `TransferState` decides. Works on the transport's thread.
final class PartSink: BodySink {
  /// What the sink and the one who waits for it pass to and fro.
  struct Contents: Sendable {
    var state: TransferState
    var checksum: RunningChecksum
    fileprivate var prefix: [UInt8] = []
    fileprivate var isPrefixJudged: Bool
    fileprivate var unreported = 0
    fileprivate var unsettled = 0

    init(state: TransferState, checksum: RunningChecksum) {
      self.state = state
      self.checksum = checksum
      isPrefixJudged = state.held > 0
    }
  }

  private let part: PartFile
  private let configuration: DownloadQueue.Configuration
  private let events: @Sendable (DownloadEvent) -> Void
  private let contents: Locked<Contents>

  /// Progress is told every so many bytes.
  private static let reportSize = 256 * 1024
  /// A part gets its journal when it has so many bytes, or when a transfer leaves it behind: fewer come again in less time than it
  /// takes to keep a journal of each.
  private static let journalSize: Int64 = 4 << 20
  /// What has come goes to the disk every so many bytes.
  private static let settleSize = 8 << 20
  /// So much of a refusal is kept.
  private static let refusalSize = 64 * 1024

  init(
    _ contents: Contents, part: PartFile, configuration: DownloadQueue.Configuration,
    events: @escaping @Sendable (DownloadEvent) -> Void
  ) {
    self.contents = Locked(contents)
    self.part = part
    self.configuration = configuration
    self.events = events
  }

  func receive(head: HTTPResponse) throws -> BodyDisposition {
    let freeSpace = configuration.freeSpace(part.place.directory)
    let (disposition, news) = try contents.withLock { contents -> (BodyDisposition, [DownloadEvent]) in
      guard case .receive(let startsOver) = contents.state.event(.head(head, freeSpace: freeSpace)) else {
        // What the server says of a refusal is for people to read.
        return (head.isSuccess ? .discard : .collect(limit: Self.refusalSize), [])
      }
      if startsOver {
        // Who follows the part must know before its bytes go.
        events(.restarting(id: contents.state.item.id))
        try part.empty()
        contents.checksum = RunningChecksum(for: contents.state.item.checksum)
        contents.prefix = []
        contents.isPrefixJudged = false
      }
      let id = contents.state.item.id
      let sized = contents.state.served.map { [DownloadEvent.sized(id: id, total: $0)] } ?? []
      return (.accept, sized + [.received(id: id, held: contents.state.held)])
    }
    news.forEach(events)
    return disposition
  }

  func receive(bytes: UnsafeRawBufferPointer) throws {
    let news = try contents.withLock { contents -> DownloadEvent? in
      if let code = configuration.writeFault(bytes.count, contents.state.held) {
        throw FileSystem.failure("The file cannot be written", part.place.part, code: code)
      }
      try part.write(bytes, at: contents.state.held)
      contents.checksum.update(bytes)
      if !contents.isPrefixJudged {
        contents.prefix += bytes.prefix(ContentRule.window - contents.prefix.count)
        if contents.prefix.count == ContentRule.window { try contents.judgePrefix() }
      }
      let held = contents.state.held
      if case .fail(let error) = contents.state.event(.written(bytes.count)) { throw error }
      if held < Self.journalSize, contents.state.held >= Self.journalSize, let journal = contents.state.journal {
        try part.write(journal)
      }
      contents.unsettled += bytes.count
      if contents.unsettled >= Self.settleSize {
        contents.unsettled = 0
        part.settle(upTo: contents.state.held)
      }
      contents.unreported += bytes.count
      guard contents.unreported >= Self.reportSize else { return nil }
      contents.unreported = 0
      return .received(id: contents.state.item.id, held: contents.state.held)
    }
    if let news { events(news) }
  }

  /// What it has come to. A file shorter than the window is judged only now.
  func finish(_ response: Result<HTTPResponse, any Error>) -> (Contents, Result<HTTPResponse, any Error>) {
    contents.withLock { contents in
      guard case .success(let head) = response, [200, 206].contains(head.status), !contents.isPrefixJudged,
        contents.state.isReceiving
      else { return (contents, response) }
      do {
        try contents.judgePrefix()
        return (contents, response)
      } catch {
        return (
          contents, .failure(HTTPTransportError(.sink, url: head.url, "The file is not the right one.", cause: error))
        )
      }
    }
  }
}

extension PartSink.Contents {
  fileprivate mutating func judgePrefix() throws {
    isPrefixJudged = true
    if case .fail(let error) = state.event(.prefix(prefix)) { throw error }
  }
}
