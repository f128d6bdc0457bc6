import ESAArchive
import HTTPTransport
import Synchronization
import TestSupport

/// A table service with data that answers as a test says, over a loopback socket.
final class FakeArchive: Sendable {
  /// What came: the path behind `/server`, and the fields of form and query.
  struct Call: Sendable {
    var method: String
    var path: String
    var fields: [String: String]
    var cookie: String?

    var statement: String { fields["QUERY"] ?? "" }
  }

  /// What goes back.
  struct Reply: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// Ends the connection after so many bytes of the body, though its length is announced whole.
    var cut: Int?

    /// A VOTable; all columns are text unless their name ends in `:int`, `:double`, `:bit` or `:long`.
    static func table(_ columns: [String], _ rows: [[String?]], status: String = "OK") -> Reply {
      Reply(headers: [("Content-Type", "application/x-votable+xml")], body: Array(votable(columns, rows, status).utf8))
    }

    static func text(_ text: String, status: Int = 200) -> Reply {
      Reply(status: status, headers: [("Content-Type", "text/plain")], body: Array(text.utf8))
    }

    /// An error as the service's web container shows it.
    static func page(_ message: String, status: Int) -> Reply {
      let page = "<html><body><ul><li><b>Type: </b>FATAL</li><li><b>Message: </b>\(message)</li></ul></body></html>"
      return Reply(status: status, headers: [("Content-Type", "text/html;charset=UTF-8")], body: Array(page.utf8))
    }

    /// An error as TAP has it.
    static func refusal(_ message: String) -> Reply {
      let text = """
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">\
        <INFO name="QUERY_STATUS" value="ERROR"><![CDATA[\(message)]]></INFO></RESOURCE></VOTABLE>
        """
      return Reply(status: 400, headers: [("Content-Type", "application/x-votable+xml")], body: Array(text.utf8))
    }

    static func file(_ body: [UInt8], type: String, name: String? = nil) -> Reply {
      let disposition = name.map { [("Content-Disposition", "attachment;filename=\"\($0)\"")] } ?? []
      return Reply(headers: [("Content-Type", type)] + disposition, body: body)
    }

    private static func votable(_ columns: [String], _ rows: [[String?]], _ status: String) -> String {
      let fields = columns.map { column in
        let parts = column.split(separator: ":")
        return parts.count == 1
          ? "<FIELD name=\"\(column)\" datatype=\"char\" arraysize=\"*\"/>"
          : "<FIELD name=\"\(parts[0])\" datatype=\"\(parts[1])\"/>"
      }
      let cells = rows.map { "<TR>" + $0.map { "<TD>\($0 ?? "")</TD>" }.joined() + "</TR>" }
      let note = status == "OK" ? "" : "<INFO name=\"QUERY_STATUS\" value=\"\(status)\"/>"
      return """
        <?xml version="1.0" encoding="UTF-8"?>
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">
        <INFO name="QUERY_STATUS" value="OK"/><TABLE>\(fields.joined())
        <DATA><TABLEDATA>\(cells.joined(separator: "\n"))</TABLEDATA></DATA></TABLE>\(note)</RESOURCE></VOTABLE>
        """
    }
  }

  private let server: LoopbackServer

  /// Starts a service.
  /// - Parameter answer: told a call and its number, from 0.
  init(_ answer: @escaping @Sendable (Call, Int) -> Reply) throws {
    let counter = Counter()
    server = try LoopbackServer { request, connection in
      let reply = answer(Self.call(request), counter.next())
      connection.send("HTTP/1.1 \(reply.status) Status\r\nConnection: close\r\nContent-Length: \(reply.body.count)\r\n")
      for (name, value) in reply.headers { connection.send("\(name): \(value)\r\n") }
      connection.send("\r\n")
      connection.send(reply.body.prefix(reply.cut ?? reply.body.count))
    }
  }

  /// Answers queries by a part of their statement, everything else with 404.
  convenience init(tables: [(part: String, reply: Reply)]) throws {
    try self.init { call, _ in
      tables.first { call.statement.contains($0.part) }?.reply ?? .text("no such thing: \(call.statement)", status: 404)
    }
  }

  var url: String { server.url }

  var calls: [Call] { server.requests.map(Self.call) }

  /// A client of the service, which does not wait between attempts.
  func client(_ change: (inout ESAArchive.Configuration) -> Void = { _ in }) -> ESAArchive {
    var configuration = ESAArchive.Configuration(tapURL: url + "/server/tap")
    configuration.pacing.sleep = { _ in try Task.checkCancellation() }
    configuration.resolvers.simbad = url + "/simbad/sim-tap"
    configuration.resolvers.ned = url + "/cgi-bin/objsearch"
    configuration.resolvers.vizier = url + "/viz-bin/votable"
    change(&configuration)
    return ESAArchive(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
  }

  private static func call(_ request: LoopbackServer.Request) -> Call {
    let form = (request.query.isEmpty ? "" : request.query + "&") + request.text
    var fields: [String: String] = [:]
    for pair in form.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decode)
      fields[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
    if request.path.hasPrefix("/viz-bin") { fields = ["": request.text] }
    return Call(method: request.method, path: request.path, fields: fields, cookie: request[header: "Cookie"])
  }

  private static func decode(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Counts from 0, from any thread.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}
