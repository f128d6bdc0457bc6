import HTTPTransport
import TAP
import TestSupport

/// A loopback service at `/server/tap` with prepared answers.
struct PlusService {
  /// An answer to a request that begins with a method and a target.
  struct Answer: Sendable {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var text = ""
  }

  let server: LoopbackServer
  let client: TAPPlusClient

  static let now: Int64 = 1_800_000_000

  /// Serves answers by `METHOD target`; what is not among them is 404.
  init(_ answers: [String: Answer], contexts: TAPPlusContexts = TAPPlusContexts()) throws {
    server = try LoopbackServer { request, connection in
      let answer = answers["\(request.method) \(request.target)"] ?? Answer(status: 404, text: "no such page")
      connection.send(
        "HTTP/1.1 \(answer.status) Status\r\nConnection: close\r\nContent-Length: \(answer.text.utf8.count)\r\n")
      for field in answer.headers { connection.send("\(field.name): \(field.value)\r\n") }
      connection.send("\r\n" + answer.text)
    }
    client = TAPPlusClient(
      connection: Self.connection(to: server.url + "/server/tap"), contexts: contexts)
  }

  static func connection(to url: String) -> TAPConnection {
    var configuration = TAPConnection.Configuration(dialect: .tapPlus, clientTag: "WEBB")
    configuration.retry = .never
    configuration.pacing = Pacing(sleep: { _ in }, unixTime: { now }, uptime: { .zero }, jitter: { 1 })
    return TAPConnection(
      baseURL: url, transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration
    )
  }

  /// The requests so far, `METHOD target`.
  var requests: [String] { server.requests.map { "\($0.method) \($0.target)" } }

  /// The decoded fields of the last request's form.
  var lastForm: [[String]] { server.requests.last.map { Self.form($0.text) } ?? [] }

  /// Decodes a form with percent and plus signs.
  static func form(_ text: String) -> [[String]] {
    text.split(separator: "&").map { field in
      field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { decoded(String($0)) }
    }
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A page as ESA's servers report errors.
  static func page(_ status: Int, _ message: String) -> Answer {
    Answer(
      status: status, headers: [("Content-Type", "text/html;charset=UTF-8")],
      text:
        "<html>\n<body>\n<ul>\n<li><b>Type: </b>FATAL</li>\n<li><b>Message: </b>\(message)</li>\n</ul>\n</body>\n</html>\n"
    )
  }

  /// The error that a call throws.
  static func failure(_ call: () async throws -> Void) async throws -> TAPError? {
    do { try await call() } catch let error as TAPError { return error }
    return nil
  }
}

/// The parts of a multipart body, read apart from the code that writes them.
struct MultipartParts {
  struct Part: Equatable {
    var name: String
    var fileName: String?
    var type: String?
    var content: [UInt8]

    var text: String { String(decoding: content, as: UTF8.self) }
  }

  let parts: [Part]

  init(_ request: LoopbackServer.Request) throws {
    guard let type = request[header: "Content-Type"], let mark = type.firstRange(of: "boundary=") else {
      throw TestSupportError("no multipart body")
    }
    let separator = Array("--\(type[mark.upperBound...])".utf8)
    var parts: [Part] = []
    var rest = request.body[...]
    guard rest.starts(with: separator) else { throw TestSupportError("the body does not begin with its boundary") }
    rest = rest.dropFirst(separator.count)
    while !rest.starts(with: "--".utf8) {
      guard rest.starts(with: "\r\n".utf8), let end = rest.firstRange(of: Array("\r\n".utf8) + separator),
        let head = rest.firstRange(of: Array("\r\n\r\n".utf8))
      else { throw TestSupportError("a part does not end") }
      let lines = String(decoding: rest[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
      guard let disposition = lines.first, disposition.hasPrefix("Content-Disposition: form-data; name=\"") else {
        throw TestSupportError("a part has no name")
      }
      let quoted = disposition.split(separator: "\"", omittingEmptySubsequences: false)
      parts.append(
        Part(
          name: String(quoted[1]), fileName: quoted.count > 3 ? String(quoted[3]) : nil,
          type: lines.count > 1 ? String(lines[1].dropFirst("Content-Type: ".count)) : nil,
          content: Array(rest[head.upperBound..<end.lowerBound])))
      rest = rest[end.upperBound...]
    }
    self.parts = parts
  }
}
