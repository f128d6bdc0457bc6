extension LoopbackServer {
  /// A request as it came over the wire.
  public struct Request: Sendable {
    /// The method.
    public var method: String
    /// Path and query as they were sent.
    public var target: String
    /// The header fields in their order.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// The target up to the question mark.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The target behind the question mark.
    public var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The first value of a header field.
    public subscript(header name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The first byte asked for with `Range: bytes=n-`.
    public var rangeStart: Int? {
      guard let range = self[header: "Range"], range.hasPrefix("bytes="), range.hasSuffix("-") else { return nil }
      return Int(range.dropFirst(6).dropLast())
    }
  }
}
