import Foundation
import TableIO
import TestSupport

/// A recorded conversation of the Python ESA client: calls, what each sent and got, and what came of it.
struct Trace: Sendable {
  /// The number and the slug: `024-sync-default`.
  var id: String
  var title: String
  var tags: Set<String>
  /// How the Python client was built: `jwst`, `jwst-http`, `tap`, `tapplus`, `gaia`, `none`.
  var client: String
  var filesPresentBefore: [TraceFile]
  var steps: [Step]

  /// A call and all that is recorded of it.
  struct Step: Sendable {
    var call: TraceCall
    var exchanges: [TraceExchange]
    var outcome: TraceOutcome
    /// What was typed at the prompts.
    var answers: [String]
    var filesWritten: [TraceFile]
    var filesRemoved: [String]
  }

  /// The id without its number; the specification names traces like this.
  var slug: String { String(id.drop { $0 != "-" }.dropFirst()) }

  /// Whether the recording shows what a better client does not copy.
  var isBug: Bool { tags.contains("bug") }
}

/// A call in a language-neutral form.
struct TraceCall: Sendable {
  /// The object: `jwst`, `tap`, `job:N`, `conn`, `new`, `static`, `data`.
  var on: String
  var method: String
  var arguments: [JSONValue]
  var keywords: JSONObject

  /// The step that made the object, where it is a job.
  var jobStep: Int? { on.hasPrefix("job:") ? Int(on.dropFirst(4)) : nil }
}

/// How a step ended.
enum TraceOutcome: Sendable {
  case returned(JSONValue)
  /// An exception: its Python class and its text.
  case raised(type: String, message: String)
}

/// A file that a step found or left.
struct TraceFile: Sendable, Hashable {
  var path: String
  /// `nil` for a symbolic link.
  var sha256: String?
  var bytes: [UInt8]?
}

extension Trace {
  /// The traces to run: those of the folder that `WEBB_ESA_TRACES` names, else the shared ones.
  static func all() throws -> [Trace] {
    try all(
      in: ProcessInfo.processInfo.environment["WEBB_ESA_TRACES"].map { URL(fileURLWithPath: $0) }
        ?? Shared.file("conformance/esa-traces"))
  }

  /// The traces of a folder.
  static func all(in folder: URL) throws -> [Trace] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" && $0.lastPathComponent != "index.json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try Trace(json: JSONValue(parsing: Array(Data(contentsOf: $0)))) }
  }

  init(json: JSONValue) throws {
    id = try json.text("id")
    title = try json.text("title")
    tags = Set(json.list("tags").compactMap(\.stringValue))
    client = json["client"]?.stringValue ?? "none"
    filesPresentBefore = try json.list("files_present_before").map(TraceFile.init)
    steps = try json.list("steps").map(Step.init)
  }
}

extension Trace.Step {
  init(json: JSONValue) throws {
    call = try TraceCall(json: json.member("call"))
    exchanges = try json.list("exchanges").map(TraceExchange.init)
    outcome = try TraceOutcome(json: json.member("outcome"))
    answers = json.list("prompts").compactMap { $0["answer"]?.stringValue }
    filesWritten = try json.list("files_written").map(TraceFile.init)
    filesRemoved = json.list("files_removed").compactMap(\.stringValue)
  }
}

extension TraceCall {
  init(json: JSONValue) throws {
    on = try json.text("on")
    method = try json.text("method")
    arguments = json.list("args")
    guard case .object(let members)? = json["kwargs"] else { throw TestSupportError("a call has no kwargs") }
    keywords = members
  }
}

extension TraceOutcome {
  init(json: JSONValue) throws {
    if let raised = json["raised"] {
      self = .raised(type: try raised.text("type"), message: raised["message"]?.stringValue ?? "")
    } else {
      self = .returned(try json.member("returned"))
    }
  }
}

extension TraceFile {
  init(json: JSONValue) throws {
    path = try json.text("path")
    sha256 = json["sha256"]?.stringValue
    bytes = try json.bytes() ?? (json["length"]?.integerValue == 0 ? [] : nil)
  }
}

extension JSONValue {
  /// A member that must be there.
  func member(_ name: String) throws -> JSONValue {
    guard let value = self[name] else { throw TestSupportError("a trace has no \(name)") }
    return value
  }

  /// A text that must be there.
  func text(_ name: String) throws -> String {
    guard let text = try member(name).stringValue else { throw TestSupportError("\(name) is no text in a trace") }
    return text
  }

  /// A list; empty when it is not there.
  func list(_ name: String) -> [JSONValue] { self[name]?.arrayValue ?? [] }

  /// The bytes that stand as `text` or as `base64`; `nil` when neither does.
  func bytes() throws -> [UInt8]? {
    if let text = self["text"]?.stringValue { return Array(text.utf8) }
    guard let encoded = self["base64"]?.stringValue else { return nil }
    guard let data = Data(base64Encoded: encoded) else { throw TestSupportError("a trace has broken base64") }
    return Array(data)
  }

  /// An object's members in their order; empty for anything else.
  var members: [JSONObject.Member] {
    if case .object(let object) = self { object.members } else { [] }
  }

  /// Pairs of texts, as queries, headers and forms are recorded.
  var pairs: [TracePair] {
    (arrayValue ?? []).compactMap { item in
      guard let item = item.arrayValue, item.count == 2, let name = item[0].stringValue,
        let value = item[1].stringValue
      else { return nil }
      return TracePair(name: name, value: value)
    }
  }
}
