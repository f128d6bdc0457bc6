import TableIO
import TestSupport

/// A name and a value: of a query, of a form, of a head.
struct TracePair: Sendable, Hashable, Comparable {
  var name: String
  var value: String

  static func < (left: TracePair, right: TracePair) -> Bool { (left.name, left.value) < (right.name, right.value) }
}

/// A request and its answer.
struct TraceExchange: Sendable {
  var request: TraceRequest
  var response: TraceResponse
}

/// A request as it is compared: decoded, without what one HTTP client does differently from another.
struct TraceRequest: Sendable {
  var method: String
  /// The path, percent-decoded.
  var path: String
  var query: [TracePair]
  /// The query as it was written; only of recorded requests.
  var rawQuery: String?
  /// The fields of an encoded form.
  var form: [TracePair]?
  /// The parts of a multipart body.
  var parts: [TracePart]?
  /// The body as it came, where it is neither form nor parts.
  var body: [UInt8]
  var cookie: String?

  /// The value of a field, in the form or in the parts.
  func field(_ name: String) -> String? {
    form?.first { $0.name == name }?.value
      ?? parts?.first { $0.name == name && $0.fileName == nil }.map { String(decoding: $0.value, as: UTF8.self) }
  }

  /// Method and target, for messages.
  var line: String {
    method + " " + path
      + (query.isEmpty ? "" : "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))
  }
}

/// One part of a multipart body.
struct TracePart: Sendable, Hashable {
  var name: String
  var fileName: String?
  var value: [UInt8]
}

/// An answer to serve.
struct TraceResponse: Sendable {
  var status: Int
  var reason: String
  var headers: [TracePair]
  var isChunked: Bool
  var body: [UInt8]
  /// Where the connection breaks off.
  var cut: Int?

  /// The first value of a header field.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension TraceExchange {
  init(json: JSONValue) throws {
    request = try TraceRequest(json: json.member("request"))
    response = try TraceResponse(json: json.member("response"))
  }
}

extension TraceRequest {
  init(json: JSONValue) throws {
    method = try json.text("method")
    path = try json.text("path")
    query = json["query"]?.pairs ?? []
    rawQuery = json["target"]?.stringValue.map { String($0.drop { $0 != "?" }.dropFirst()) }
    let headers = json["headers"]?.pairs ?? []
    cookie = headers.first { $0.name.lowercased() == "cookie" }?.value
    body = try json["body"]?.bytes() ?? []
    form = json["form"]?.pairs
    parts = try json["multipart"]?.arrayValue?.map { part in
      TracePart(
        name: try part.text("name"), fileName: part["filename"]?.stringValue,
        value: try part["value"]?.stringValue.map { Array($0.utf8) } ?? part.bytes() ?? [])
    }
  }
}

extension TraceResponse {
  init(json: JSONValue) throws {
    guard let status = json["status"]?.integerValue else { throw TestSupportError("an answer has no status") }
    self.status = Int(status)
    reason = json["reason"]?.stringValue ?? ""
    headers = json["headers"]?.pairs ?? []
    isChunked = json["chunked"]?.booleanValue ?? false
    body = try json["body"]?.bytes() ?? []
    cut = json["connection_closed_after_bytes"]?.integerValue.map { Int($0) }
  }
}
