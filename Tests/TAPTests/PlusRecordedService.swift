import HTTPTransport
import TAP
import TableIO
import TestSupport

/// What matters of a request.
struct WireRequest: Equatable, Sendable {
  var line: String
  var query: [[String]]
  /// Fields in any order; a file as name, file name and content.
  var fields: [[String]]
  var cookie: String?

  init(_ request: LoopbackServer.Request) {
    line = "\(request.method) \(request.path)"
    query = PlusService.form(request.query)
    cookie = request[header: "Cookie"]
    if let parts = try? MultipartParts(request).parts {
      fields = parts.map { [$0.name] + ($0.fileName.map { [$0] } ?? []) + [$0.text] }
    } else {
      fields = PlusService.form(request.text)
    }
    fields.sort { $0.lexicographicallyPrecedes($1) }
  }

  init(recorded: JSONValue) {
    func pairs(_ value: JSONValue?) -> [[String]] {
      (value?.arrayValue ?? []).map { ($0.arrayValue ?? []).map { $0.stringValue ?? "" } }
    }
    line = "\(recorded["method"]?.stringValue ?? "") \(recorded["path"]?.stringValue ?? "")"
    query = pairs(recorded["query"])
    fields = pairs(recorded["form"])
    for part in recorded["multipart"]?.arrayValue ?? [] {
      let name = part["name"]?.stringValue ?? ""
      var value = part["value"]?.stringValue ?? ""
      // The recorded client sends the text of a function here.
      if name == "FORMAT", value.hasPrefix("<built-in") { value = "votable" }
      fields.append([name] + (part["filename"]?.stringValue.map { [$0] } ?? []) + [value])
    }
    fields.sort { $0.lexicographicallyPrecedes($1) }
    cookie = pairs(recorded["headers"]).first { $0.first == "Cookie" }?.last
  }
}

/// Gives recorded answers one after the other, whatever it is asked.
struct RecordedService {
  let server: LoopbackServer
  let client: TAPPlusClient

  init(_ exchanges: [JSONValue]) throws {
    let responses = exchanges.compactMap { $0["response"] }
    let turn = Locked(0)
    server = try LoopbackServer { request, connection in
      let number = turn.withLock { number in
        number += 1
        return number - 1
      }
      guard number < responses.count else { return connection.respond(599, text: "no more answers") }
      let response = responses[number]
      let host = request[header: "Host"] ?? ""
      func here(_ text: String) -> String { text.replacing("{HTTPS_HOST}", with: host) }
      let text = response["body"]?["text"]?.stringValue ?? response["body"]?["gunzipped_text"]?.stringValue ?? ""
      let body = Array(here(text).utf8)
      connection.send(
        "HTTP/1.1 \(response["status"]?.integerValue ?? 0) Status\r\nConnection: close\r\nContent-Length: \(body.count)\r\n"
      )
      for field in response["headers"]?.arrayValue ?? [] {
        let pair = (field.arrayValue ?? []).compactMap(\.stringValue)
        if pair.count == 2, !["content-length", "connection", "content-encoding"].contains(pair[0].lowercased()) {
          connection.send("\(pair[0]): \(here(pair[1]))\r\n")
        }
      }
      connection.send("\r\n")
      connection.send(body)
    }
    client = TAPPlusClient(connection: PlusService.connection(to: server.url + "/server/tap"))
  }

  var requests: [WireRequest] { server.requests.map(WireRequest.init) }
}
