import Foundation
import TableIO
import TestSupport

/// A recorded conversation of the Python client with the archive: calls, requests, answers, outcomes.
struct Trace {
  /// A request and its answer.
  struct Exchange {
    var request: TraceRequest
    var reply: FakeArchive.Reply
  }

  /// A call of the Python client.
  struct Step {
    var method: String
    var arguments: [JSONValue]
    var options: JSONObject
    var exchanges: [Exchange]
    /// What the Python client raised.
    var failure: String?

    /// An argument by its name or its place.
    func argument(_ name: String, _ place: Int? = nil) -> JSONValue? {
      if let value = options[name], value != .null { return value }
      return place.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil }
    }
  }

  var steps: [Step]

  static let folder = "conformance/esa-traces"

  init(named name: String, host: String) throws {
    let bytes = try [UInt8](Data(contentsOf: Shared.file("\(Self.folder)/\(name).json")))
    let text = String(decoding: bytes, as: UTF8.self).replacing("https://{HTTPS_HOST}", with: host)
      .replacing("http://{HTTP_HOST}", with: host)
    let document = try JSONValue(parsing: text)
    steps = (document["steps"]?.arrayValue ?? []).map { step in
      Step(
        method: step["call"]?["method"]?.stringValue ?? "", arguments: step["call"]?["args"]?.arrayValue ?? [],
        options: step["call"]?["kwargs"]?.object ?? [:],
        exchanges: (step["exchanges"]?.arrayValue ?? []).map {
          Exchange(request: .init(recorded: $0["request"]), reply: Self.reply($0["response"]))
        },
        failure: step["outcome"]?["raised"]?["message"]?.stringValue)
    }
  }

  private static func reply(_ recorded: JSONValue?) -> FakeArchive.Reply {
    let body = recorded?["body"]
    var bytes = Array((body?["text"]?.stringValue ?? "").utf8)
    if let base64 = body?["base64"]?.stringValue { bytes = Array(Data(base64Encoded: base64) ?? Data()) }
    let headers = (recorded?["headers"]?.arrayValue ?? []).compactMap { pair -> (String, String)? in
      guard let pair = pair.arrayValue, let name = pair.first?.stringValue, let value = pair.last?.stringValue,
        !["content-length", "transfer-encoding", "connection"].contains(name.lowercased())
      else { return nil }
      return (name, value)
    }
    return FakeArchive.Reply(
      status: Int(recorded?["status"]?.integerValue ?? 200), headers: headers, body: bytes,
      cut: recorded?["connection_closed_after_bytes"]?.integerValue.map(Int.init))
  }
}

/// A request as far as it must agree: method, path, fields.
struct TraceRequest: Hashable, CustomStringConvertible {
  var method: String
  var path: String
  var fields: [String: String]

  init(_ call: FakeArchive.Call) {
    self.init(method: call.method, path: call.path, fields: call.fields)
  }

  init(recorded: JSONValue?) {
    var fields: [String: String] = [:]
    for pair in (recorded?["form"]?.arrayValue ?? []) + (recorded?["query"]?.arrayValue ?? []) {
      guard let pair = pair.arrayValue, let name = pair.first?.stringValue else { continue }
      fields[name] = pair.last?.stringValue ?? ""
    }
    if let text = recorded?["body"]?["text"]?.stringValue, fields.isEmpty { fields[""] = text }
    self.init(
      method: recorded?["method"]?.stringValue ?? "", path: recorded?["path"]?.stringValue ?? "", fields: fields)
  }

  private init(method: String, path: String, fields: [String: String]) {
    self.method = method
    self.path = path
    self.fields = fields
    // The limit is MAXREC, not TOP (B-16, B-19); the client's tag is its own; a direct query needs no PHASE.
    for name in ["MAXREC", "tapclient", "TAPCLIENT", "PHASE"] { self.fields[name] = nil }
    if let statement = fields["QUERY"] { self.fields["QUERY"] = Self.plain(statement) }
  }

  var description: String { "\(method) \(path) \(fields.sorted { $0.key < $1.key })" }

  /// A statement with one spelling of blanks and of numbers, and with what is different on purpose made the same.
  private static func plain(_ statement: String) -> String {
    var text = statement.replacing(/\s+TOP 2000\s+/, with: " ").replacing(/\s+/, with: " ")
    // B-41: the whole name and both spellings of the programme.
    text = text.replacing(/energy_bandpassname ILIKE '%([^%']*)%'/) { "energy_bandpassname ILIKE '\($0.1)'" }
    text = text.replacing(/proposal_id(?: ILIKE |\s*=\s*)'%?([^%']*)%?'/) { match in
      let short = match.1.drop { $0 == "0" }
      let long = String(repeating: "0", count: max(0, 5 - short.count)) + short
      return "proposal_id IN('\(short)','\(long)')"
    }
    text = text.replacing(/\s*([(),=])\s*/) { "\($0.1)" }
    // B-38: FK5 numbers are off by up to 0.032 arcsec.
    return text.replacing(/-?\d+\.\d+(?:e-?\d+)?|-?\d+e-\d+/) { match in
      let value = ((Double(match.0) ?? 0) * 1e4).rounded() / 1e4
      return value == 360 ? "0.0" : "\(value)"
    }
  }
}

extension JSONValue {
  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}
