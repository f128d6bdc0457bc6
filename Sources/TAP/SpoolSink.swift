import HTTPTransport
import Synchronization
import TableIO

/// Puts the body of a good answer aside and leaves that of an error to the response. Works on the transport's thread.
final class SpoolSink: BodySink {
  private let lock = Mutex(())
  // Only touched under the lock.
  nonisolated(unsafe) private let spool: SpoolFile
  private let limit: Int?

  /// So much of an error's body is looked at.
  static let errorBodyLimit = 256 << 10

  /// - Parameters:
  ///   - directory: where a temporary file goes; `nil` is the system's usual place.
  ///   - memoryLimit: a body is held in memory up to so many bytes.
  ///   - limit: the largest body to take, bytes as sent; `nil` is without limit.
  init(directory: String?, memoryLimit: Int, limit: Int?) {
    spool = SpoolFile(directory: directory, memoryLimit: memoryLimit)
    self.limit = limit
  }

  /// What has arrived.
  var contents: SpooledBytes { lock.withLock { _ in spool.contents } }

  func receive(head: HTTPResponse) -> BodyDisposition {
    head.isSuccess ? .accept : .collect(limit: Self.errorBodyLimit)
  }

  func receive(bytes: UnsafeRawBufferPointer) throws {
    try lock.withLock { _ in
      if let limit, spool.count + bytes.count > limit {
        throw TAPError(.badAnswer, "The service's answer is larger than the \(limit) bytes that are allowed for it.")
      }
      try spool.append(bytes)
    }
  }
}
