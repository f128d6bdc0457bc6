/// Carries out requests. `CurlTransport` does it over the network; tests put a scripted one in its place.
public protocol Transport: Sendable {
  /// Fetches an answer with its whole body in memory.
  ///
  /// An answer with an error status is an answer, not an error.
  /// - Parameters:
  ///   - request: what to ask.
  ///   - bodyLimit: the largest body to take, bytes after decompression.
  /// - Throws: `HTTPTransportError`; a body over the limit is `.bodyTooLarge`.
  func send(_ request: HTTPRequest, bodyLimit: Int) async throws -> HTTPResponse

  /// Fetches an answer whose body goes to a sink, chunk by chunk, without being held in memory.
  /// - Parameters:
  ///   - request: what to ask.
  ///   - sink: where the body goes. It sees the head of the last answer only, not those of redirects.
  /// - Throws: `HTTPTransportError`; what the sink throws is the `cause` of an error of kind `.sink`.
  func stream(_ request: HTTPRequest, to sink: any BodySink) async throws -> HTTPResponse
}

/// Takes the body of an answer.
///
/// Both functions are called on a thread of the transport's own, one after the other, and hold up the transfers of that thread
/// while they run: that is the back-pressure. Writing to a file or parsing is fine, waiting is not.
public protocol BodySink: AnyObject, Sendable {
  /// Decides about the body when the head has arrived. Throwing ends the transfer.
  func receive(head: HTTPResponse) throws -> BodyDisposition
  /// Takes the next bytes of an accepted body. Throwing ends the transfer.
  func receive(bytes: UnsafeRawBufferPointer) throws
}

/// What becomes of a body.
public enum BodyDisposition: Sendable, Hashable {
  /// It goes to the sink.
  case accept
  /// Its first bytes, at most so many, go into the response; meant for error pages.
  case collect(limit: Int)
  /// It is of no interest.
  case discard
}
