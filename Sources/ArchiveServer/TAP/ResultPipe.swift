internal import Synchronization
internal import TableIO

/// Bytes on their way from a query to a client: the query goes on at its own speed, the client reads at its own.
///
/// What a slow client has not read is put aside, little in memory, more in a nameless file. So a query gives back its thread and
/// its state of the database as soon as it is done, and nobody waits for somebody else's network.
final class ResultPipe: ByteSink, Sendable {
  private struct State: ~Copyable {
    let spool: SpoolFile
    var position = 0
    var isFinished = false
    var isCancelled = false
    var failure: TAPFault?
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>
  private let byteLimit: Int
  private let onCancel: @Sendable () -> Void

  /// The most bytes that are held in memory for one client.
  static let memoryLimit = 256 << 10

  /// An empty pipe.
  /// - Parameters:
  ///   - directory: where bytes are put aside.
  ///   - byteLimit: the most bytes of one result.
  ///   - onCancel: called when the client is gone.
  init(directory: String, byteLimit: Int, onCancel: @escaping @Sendable () -> Void) {
    state = Mutex(State(spool: SpoolFile(directory: directory, memoryLimit: Self.memoryLimit)))
    self.byteLimit = byteLimit
    self.onCancel = onCancel
  }

  /// Takes bytes from the query.
  /// - Throws: when the client is gone, or the result is larger than may be.
  func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    let copy = [UInt8](bytes)
    let result: Result<CheckedContinuation<Void, Never>?, TableIOError> = state.withLock { state in
      if state.isCancelled { return .failure(TableIOError(.inputOutput, "The client is gone.")) }
      guard state.spool.count + copy.count <= byteLimit else {
        return .failure(TableIOError(.limit, "The result is larger than \(byteLimit) bytes. Ask for fewer rows."))
      }
      do throws(TableIOError) {
        var failure: TableIOError?
        copy.withUnsafeBytes { bytes in
          do throws(TableIOError) { try state.spool.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
      } catch {
        return .failure(error)
      }
      return .success(state.waiting.take())
    }
    try result.get()?.resume()
  }

  /// Nothing is held back.
  func flush() throws(TableIOError) {}

  /// Ends the result.
  /// - Parameter failure: why it is not whole.
  func finish(_ failure: TAPFault? = nil) {
    let waiting = state.withLock { state in
      state.isFinished = true
      state.failure = failure
      return state.waiting.take()
    }
    waiting?.resume()
  }

  /// Waits until the result is whole, or more of it is there than is held in memory.
  /// - Returns: the whole result if it is small.
  /// - Throws: ``TAPFault`` when the query failed until then.
  func beginning() async throws(TAPFault) -> [UInt8]? {
    while true {
      let (isFinished, count, failure) = state.withLock { ($0.isFinished, $0.spool.count, $0.failure) }
      if let failure { throw failure }
      if count > Self.memoryLimit { return nil }
      if isFinished { return try next(atMost: Self.memoryLimit) }
      await waitForChange(from: count)
    }
  }

  /// Gives the next bytes, waiting for them; none at the end.
  func nextPiece() async throws(TAPFault) -> [UInt8] {
    while true {
      let (isFinished, count, position) = state.withLock { ($0.isFinished, $0.spool.count, $0.position) }
      if count > position || isFinished { return try next() }
      await waitForChange(from: count)
    }
  }

  /// Stops the query: the client is gone.
  func cancel() {
    let waiting = state.withLock { state in
      state.isCancelled = true
      return state.waiting.take()
    }
    waiting?.resume()
    onCancel()
  }

  /// Waits until there are more bytes than were seen, or no more to come.
  private func waitForChange(from count: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          if state.isFinished || state.spool.count != count { return true }
          state.waiting = continuation
          return false
        }
        if isThere { continuation.resume() }
      }
    } onCancel: {
      // The server gives up a request whose client is gone; the query ends soon after, and with it the waiting.
      cancel()
    }
  }

  private func next(atMost limit: Int = pieceSize) throws(TAPFault) -> [UInt8] {
    try state.withLock { state throws(TAPFault) in
      let count = min(limit, state.spool.count - state.position)
      guard count > 0 else {
        if let failure = state.failure { throw failure }
        return []
      }
      let (contents, position) = (state.spool.contents, state.position)
      var failure: TableIOError?
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        do throws(TableIOError) {
          try contents.read(at: position, into: UnsafeMutableRawBufferPointer(buffer))
          filled = count
        } catch {
          failure = error
        }
      }
      if let failure { throw TAPFault(failure.message, status: 500) }
      state.position += count
      return bytes
    }
  }

  /// Bytes that are sent at a time; a client that does not read holds some of them on their way.
  private static let pieceSize = 64 << 10
}
