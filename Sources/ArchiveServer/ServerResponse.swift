internal import TableIO

/// An answer as the handlers make it.
public struct ServerResponse: Sendable {
  /// Where a streamed body goes: takes the next bytes and returns when there is room for more.
  public typealias Writer = (_ bytes: [UInt8]) async throws -> Void

  /// The body of an answer.
  public enum Body: Sendable {
    /// Bytes at hand.
    case bytes([UInt8])
    /// A part of a file.
    case file(OpenFile, Range<Int64>)
    /// Bytes that are made while they are sent.
    case stream(@Sendable (Writer) async throws -> Void)
    /// Bytes that are made while they are sent, and how many they are.
    case sized(Int64, @Sendable (Writer) async throws -> Void)
    /// An answer that is known only later and takes the place of this one, status and all: nobody waits on a thread meanwhile.
    indirect case later(@Sendable () async -> ServerResponse)
  }

  /// HTTP status code.
  public var status: Int
  /// Header fields.
  public var headers: [(name: String, value: String)]
  /// The body; a HEAD request gets the headers alone.
  public var body: Body

  /// Makes an answer.
  public init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Length of the body, `nil` when it is only known at its end.
  public var contentLength: Int64? {
    switch body {
    case .bytes(let bytes): Int64(bytes.count)
    case .file(_, let range): Int64(range.count)
    case .sized(let count, _): count
    case .stream, .later: nil
    }
  }

  /// An answer that is known only later.
  static func later(_ answer: @escaping @Sendable () async -> ServerResponse) -> ServerResponse {
    ServerResponse(status: 200, body: .later(answer))
  }

  /// The answer itself, once it is known.
  public func settled() async -> ServerResponse {
    var answer = self
    while case .later(let wait) = answer.body { answer = await wait() }
    return answer
  }

  /// The value of a header field, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// Plain text. What a client sent may stand in it: browsers must not take it for a page.
  static func text(_ status: Int, _ text: String, headers: [(name: String, value: String)] = []) -> ServerResponse {
    ServerResponse(
      status: status,
      headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")] + headers,
      body: .bytes(Array((text + "\n").utf8)))
  }

  /// A JSON document.
  static func json(_ value: JSONValue, status: Int = 200) -> ServerResponse {
    var writer = JSONWriter()
    writer.write(value)
    return json(.bytes(writer.bytes), status: status)
  }

  static func json(_ body: Body, status: Int = 200) -> ServerResponse {
    ServerResponse(
      status: status,
      headers: [("Content-Type", "application/json; charset=utf-8"), ("X-Content-Type-Options", "nosniff")], body: body)
  }
}
