import HTTPTransport

/// Keeps what it receives, or fails when told to.
final class RecordingSink: BodySink {
  private let disposition: BodyDisposition
  private let headFailure: (any Error)?
  private let bytesFailure: (any Error)?
  private let received = Locked<[UInt8]>([])

  init(_ disposition: BodyDisposition = .accept, head: (any Error)? = nil, bytes: (any Error)? = nil) {
    self.disposition = disposition
    headFailure = head
    bytesFailure = bytes
  }

  var bytes: [UInt8] { received.withLock { $0 } }

  func receive(head: HTTPResponse) throws -> BodyDisposition {
    if let headFailure { throw headFailure }
    return disposition
  }

  func receive(bytes: UnsafeRawBufferPointer) throws {
    if let bytesFailure { throw bytesFailure }
    received.withLock { $0 += bytes }
  }
}
