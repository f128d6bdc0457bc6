import HTTPTransport

/// Puts the body of a good answer aside and leaves that of an error to the response. Works on the transport's thread.
final class SpoolSink: BodySink {
  let body: SpooledBody
  private let limit: Int?

  /// So much of an error's body is looked at.
  static let errorBodyLimit = 256 << 10

  /// - Parameter limit: the largest body to take, bytes as sent; `nil` is without limit.
  init(_ body: SpooledBody, limit: Int?) {
    self.body = body
    self.limit = limit
  }

  func receive(head: HTTPResponse) -> BodyDisposition {
    head.isSuccess ? .accept : .collect(limit: Self.errorBodyLimit)
  }

  func receive(bytes: UnsafeRawBufferPointer) throws {
    if let limit, body.count + bytes.count > limit {
      throw TAPError(.badAnswer, "The service's answer is larger than the \(limit) bytes that are allowed for it.")
    }
    try body.append(bytes)
  }
}
