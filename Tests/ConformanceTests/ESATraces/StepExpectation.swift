import TableIO

/// What a better client asks and gives at a step: the recording, changed by rules and by what `esa_better.json` says.
struct StepExpectation: Sendable {
  /// What comes of the call.
  enum Outcome: Sendable {
    case value(JSONValue)
    /// An error of one of the families that contains the texts.
    case error(families: Set<ErrorFamily>, texts: [String])
    /// A value or an error, as the one or the other of two is sensible.
    case anyOf([Outcome])
    /// A table, whatever is in it: the Python client could not read it.
    case anyTable
  }

  /// The requests in their order, with what is answered.
  var exchanges: [TraceExchange]
  /// Exchanges that a client may do without.
  var optional: Set<Int> = []
  /// Whether the requests must come in this order.
  var isOrdered = true
  var outcome: Outcome
  /// The files the step leaves, by path in the working folder, with their SHA-256; what was there before is not among them.
  var files: [String: String?]
  var filesRemoved: Set<String>
  /// Whether a hidden record stands beside the files of each observation.
  var leavesRecords = false
  var rules: Set<TraceRule> = []

  /// The recording as it stands.
  init(_ step: Trace.Step) {
    exchanges = step.exchanges
    files = Dictionary(step.filesWritten.map { ($0.path, $0.sha256) }) { $1 }
    filesRemoved = Set(step.filesRemoved)
    switch step.outcome {
    case .returned(let value): outcome = .value(value)
    case .raised(let type, _):
      let answers = step.exchanges.map(\.response)
      let text = answers.last.flatMap(ServerText.message)
      outcome = .error(families: Self.families(type, step), texts: text.map { [$0] } ?? [])
    }
  }

  /// The kinds of failure that a Python exception stands for.
  private static func families(_ type: String, _ step: Trace.Step) -> Set<ErrorFamily> {
    let hasAnswer = !step.exchanges.isEmpty
    switch type {
    case "HTTPError":
      // An empty answer that is a success to HTTP is a broken one to the reader.
      let isOdd = step.exchanges.last.map { (201...299).contains($0.response.status) } ?? false
      return isOdd ? [.service, .answer, .transport] : [.service, .notFound, .job, .answer]
    case "SystemError": return [.job]
    case "IncompleteRead", "ConnectionError", "ConnectionRefusedError", "RemoteDisconnected", "ConnectionResetError":
      return [.transport]
    case "SAXParseException", "UnicodeDecodeError", "KeyError", "AttributeError", "E19", "BadGzipFile", "EOFError",
      "TableParseError":
      return hasAnswer ? [.answer, .service, .job, .transport] : [.usage, .file]
    case "FileNotFoundError", "OSError", "IsADirectoryError", "PermissionError": return [.file]
    case "NameResolveError", "DALQueryError": return [.notFound, .service]
    default: return hasAnswer ? [.usage, .notFound, .service, .answer, .job, .transport] : [.usage, .file]
    }
  }
}

extension StepExpectation {
  /// Whether the last answer stands for a failure that the Python client does not pass on as such.
  var failingAnswer: TraceResponse? {
    exchanges.last.map(\.response).flatMap { $0.status >= 400 || ServerText.message($0) != nil ? $0 : nil }
  }

  /// Adds an exchange that the Python client did not need.
  mutating func add(_ method: String, _ path: String, query: [TracePair] = [], answer: TraceResponse, at index: Int) {
    exchanges.insert(
      TraceExchange(
        request: TraceRequest(
          method: method, path: path, query: query, rawQuery: nil, form: nil, parts: nil, body: [],
          cookie: exchanges.first?.request.cookie),
        response: answer), at: index)
  }
}

extension TraceResponse {
  /// A plain answer.
  static func text(_ text: String, status: Int = 200, type: String = "text/plain") -> TraceResponse {
    TraceResponse(
      status: status, reason: status == 200 ? "OK" : "Not Found",
      headers: [TracePair(name: "Content-Type", value: type)],
      isChunked: false, body: Array(text.utf8), cut: nil)
  }
}
