#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is read while another thread still writes it.
///
/// The writer says how far it is; the reader gets what is there and waits for more. When the writer throws away what it has written and begins
/// again, a reader that has taken bytes gets an error of kind `.restarted` once, and then the new first bytes.
public final class GrowingFile: ByteFeed, @unchecked Sendable {
  // Unchecked: all variables are only touched while `mutex` is held, but for `position`, which is the reader's own.

  private enum Ending {
    case finished
    case failed(UnpackingError)
  }

  /// Where the file is.
  public let path: String
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var descriptor: Int32?
  private var written: Int64 = 0
  private var restarts = 0
  private var restartsSeen = 0
  private var ending: Ending?
  private var isCancelled = false
  private var position: Int64 = 0

  /// A file that need not be there before the writer first tells of it.
  public init(path: String) {
    self.path = path
    mutex.initialize(to: pthread_mutex_t())
    change.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(change, nil)
  }

  /// A file that is complete.
  public convenience init(completeAt path: String) {
    self.init(path: path)
    locked {
      openFile()
      var status = stat()
      if let descriptor, fstat(descriptor, &status) == 0 { written = Int64(status.st_size) }
      ending = ending ?? .finished
    }
  }

  deinit {
    if let descriptor { close(descriptor) }
    pthread_cond_destroy(change)
    pthread_mutex_destroy(mutex)
    change.deallocate()
    mutex.deallocate()
  }

  // MARK: The writer's side

  /// So many bytes of the file are written. The first call opens the file, which must be there.
  public func grow(to count: Int64) {
    locked {
      openFile()
      written = max(written, count)
    }
  }

  /// What is written is about to be thrown away. To be called before that is done.
  public func restart() {
    locked {
      restarts += 1
      written = 0
    }
  }

  /// The file is complete.
  public func finish() {
    locked { ending = ending ?? .finished }
  }

  /// The file will not be completed.
  public func fail(_ cause: any Error) {
    locked {
      ending =
        ending
        ?? .failed(
          UnpackingError(.source, file: path, "The archive did not come to its end.", cause: cause))
    }
  }

  // MARK: The reader's side

  /// Fills a buffer with the next bytes that are written, and waits for them where need be.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    while true {
      guard let (descriptor, limit, round) = try waitForMore() else { return 0 }
      let wanted = min(buffer.count, Int(clamping: limit - position))
      let count = pread(descriptor, buffer.baseAddress, wanted, off_t(position))
      let code = errno
      // Bytes that were read while the writer began again may be of either file.
      if locked({ restarts != round }) { continue }
      if count < 0, code == EINTR { continue }
      guard count > 0 || wanted == 0 else {
        throw UnpackingError(
          .fileSystem, file: path, "The archive cannot be read (\(String(cString: strerror(code)))); run it again.")
      }
      position += Int64(count)
      return count
    }
  }

  /// Ends the waiting of the reader.
  public func cancel() {
    locked { isCancelled = true }
  }

  /// What can be read now, and in which round of the writer; `nil` at the end.
  private func waitForMore() throws(UnpackingError) -> (descriptor: Int32, limit: Int64, round: Int)? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if isCancelled { throw .cancelled }
      if restarts != restartsSeen {
        restartsSeen = restarts
        if position > 0 {
          position = 0
          throw UnpackingError(.restarted, file: path, "The transfer of the archive began again.")
        }
      }
      if case .failed(let error) = ending { throw error }
      if let descriptor, written > position { return (descriptor, written, restarts) }
      if ending != nil { return nil }
      pthread_cond_wait(change, mutex)
    }
  }

  private func openFile() {
    guard descriptor == nil, ending == nil else { return }
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if opened >= 0 {
      descriptor = opened
    } else {
      ending = .failed(
        UnpackingError(
          .fileSystem, file: path, "The archive cannot be opened (\(String(cString: strerror(errno)))); run it again."))
    }
  }

  @discardableResult private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(change)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }
}
