import HTTPTransport
import MASTArchive
import Synchronization
import TableIO
import TestSupport
import Testing

/// Runs a body that must fail with an error of a kind.
@discardableResult
func expect(
  _ kind: MASTArchiveError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async -> MASTArchiveError? {
  do {
    let value = try await body()
    Issue.record("no error but \(value)", sourceLocation: sourceLocation)
    return nil
  } catch {
    let found = error as? MASTArchiveError
    #expect(found?.kind == kind, "\(error)", sourceLocation: sourceLocation)
    return found
  }
}

func answer(rows: [String], page: Int = 1, pages: Int = 1, total: Int? = nil) -> String {
  let total = total ?? rows.count
  return #"{"status":"COMPLETE","msg":"","data":["# + rows.joined(separator: ",")
    + #"],"fields":[],"paging":{"page":\#(page),"pagesFiltered":\#(pages),"rows":\#(rows.count),"rowsFiltered":\#(total),"rowsTotal":\#(total)}}"#
}

func patient(_ url: String) -> MASTClient.Configuration {
  var configuration = MASTClient.Configuration(baseURL: url)
  configuration.pacing = Pacing(sleep: { _ in }, unixTime: { 0 }, uptime: { .zero }, jitter: { 0 })
  configuration.answerTimeout = .milliseconds(300)
  return configuration
}

/// A MAST whose answers are a function of the question; no answer means that it never answers.
final class ScriptedArchive: Sendable {
  private let server: LoopbackServer

  init(_ script: @escaping @Sendable (JSONValue, Int) -> String?) throws {
    let calls = Mutex(0)
    server = try LoopbackServer { request, connection in
      let call = calls.withLock { calls in
        calls += 1
        return calls
      }
      guard let question = ScriptedArchive.question(request) else { return connection.respond(400) }
      guard let body = script(question, call) else {
        connection.waitForClient(toLeaveWithin: 5000)
        return
      }
      connection.respond(text: body)
    }
  }

  var requests: [JSONValue] { server.requests.compactMap(Self.question) }

  func client(_ change: (inout MASTClient.Configuration) -> Void = { _ in }) -> MASTClient {
    var configuration = patient(server.url)
    change(&configuration)
    return MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
  }

  /// The JSON document in the form field `request`.
  private static func question(_ request: LoopbackServer.Request) -> JSONValue? {
    guard request.text.hasPrefix("request=") else { return nil }
    var bytes: [UInt8] = []
    var rest = request.text.dropFirst(8).utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return try? JSONValue(parsing: bytes)
  }
}

/// A MAST that only says who one is.
struct ScriptedWhoAmI {
  private let server: LoopbackServer

  init(_ body: String) throws { server = try LoopbackServer { $1.respond(text: body) } }

  /// A client with the token `secret-token`.
  var client: MASTClient {
    var configuration = patient(server.url)
    configuration.token = "secret-token"
    return MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
  }
}
