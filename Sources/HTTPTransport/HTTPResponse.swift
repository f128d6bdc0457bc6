/// An answer: its head and, where it was collected in memory, its body.
public struct HTTPResponse: Sendable {
  /// The status code.
  public var status: Int
  /// The header fields.
  public var headers: HTTPHeaders
  /// The address that answered, after redirects.
  public var url: String
  /// The body, empty where a sink took it.
  public var body: [UInt8]
  /// Whether `body` holds all that came; `false` when it was cut at the sink's limit.
  public var isBodyComplete: Bool

  /// Describes an answer.
  public init(
    status: Int, headers: HTTPHeaders = [:], url: String = "", body: [UInt8] = [], isBodyComplete: Bool = true
  ) {
    self.status = status
    self.headers = headers
    self.url = url
    self.body = body
    self.isBodyComplete = isBodyComplete
  }

  /// Whether the status is one of 200 to 299.
  public var isSuccess: Bool { (200...299).contains(status) }

  /// The body as text, with what is not UTF-8 replaced.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The announced length of the body, when it is a plain number and not contradicted by a second one.
  public var contentLength: Int64? {
    let values = Set(headers.values(of: "Content-Length"))
    guard values.count == 1, let text = values.first, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int64(text)
  }

  /// The media type without its parameters, in lower case: `text/html`.
  public var mediaType: String? {
    guard let value = headers["Content-Type"] else { return nil }
    let type = value.prefix { $0 != ";" }
    return type.filter { !$0.isWhitespace }.lowercased()
  }
}
