import Foundation
import TestSupport

/// ESA's archive as one test wants it, and `webb` runs that ask it. Logins are kept in the test's own folder.
final class ESAService: Sendable {
  typealias Handler = @Sendable (LoopbackServer.Request, LoopbackServer.Connection) -> Void

  let server: LoopbackServer
  let scratch: ScratchFolder

  /// Starts a service that answers some paths; everything else is 404.
  init(_ handlers: [String: Handler]) throws {
    scratch = try ScratchFolder()
    server = try LoopbackServer { request, connection in
      guard let handler = handlers[request.path] else {
        return connection.respond(404, ["Content-Type": "text/plain"], text: "no such thing: \(request.path)")
      }
      handler(request, connection)
    }
  }

  /// A service that knows one observation, and sends its data in some way.
  convenience init(data: @escaping Handler) throws {
    try self.init([
      "/server/tap/sync": { request, connection in
        let rows = request.text.contains("jwst.artifact") ? [] : [["plane-1", "2"]]
        connection.respond(
          200, ["Content-Type": "application/x-votable+xml"],
          text: Self.votable([("planeid", "char"), ("calibrationlevel", "int")], rows))
      }, "/server/data": data,
    ])
  }

  /// A run of `webb` that asks this service, in the test's folder.
  func webb(_ arguments: String..., environment: [String: String] = [:], input: String = "") -> WebbProcess {
    let own = ["WEBB_TAP_URL": server.url + "/server/tap", "WEBB_SESSIONS": scratch.file("sessions")]
    return WebbProcess(
      arguments, environment: own.merging(environment) { $1 }, folder: URL(fileURLWithPath: scratch.path), input: input)
  }

  /// Paths of all files in the test's folder, sorted; logins and the records of whole observations are left out.
  var files: [String] {
    let all = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: scratch.file(path), isDirectory: &isFolder)
      return !isFolder.boolValue && !path.hasPrefix("sessions") && !path.hasSuffix("/.webb-observation.json")
    }.sorted()
  }

  /// Requests for a path so far.
  func requests(_ path: String) -> [LoopbackServer.Request] { server.requests.filter { $0.path == path } }

  static func votable(_ fields: [(String, String)], _ rows: [[String]], status: String = "OK") -> String {
    let columns = fields.map { name, type in
      "<FIELD name=\"\(name)\" datatype=\"\(type)\"\(type == "char" ? " arraysize=\"*\"" : "")/>"
    }
    let cells = rows.map { "<TR>" + $0.map { "<TD>\($0)</TD>" }.joined() + "</TR>" }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">
      <INFO name="QUERY_STATUS" value="\(status)"/>
      <TABLE>\(columns.joined())<DATA><TABLEDATA>
      \(cells.joined(separator: "\n"))
      </TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
      """
  }
}

extension LoopbackServer.Connection {
  /// Sends a VOTable with one column of words.
  func respond(words: [String]) {
    respond(
      200, ["Content-Type": "application/x-votable+xml"],
      text: ESAService.votable([("word", "char")], words.map { [$0] }))
  }
}
