import Foundation
import LocalArchive
import SkyGeometry
import Synchronization
import TableIO

@testable import ArchiveServer

/// A TAP service with made-up rows on an archive of its own, which goes with it.
final class MadeUpService: Sendable {
  let path = FileManager.default.temporaryDirectory.appending(path: "webb-tap-\(UUID().uuidString)").path
  let store: ArchiveStore
  let source = MadeUpSource()
  let service: TAPService
  let routes: Routes
  let clock = Clock()

  /// A clock that a test sets.
  final class Clock: Sendable {
    private let days = Mutex(61000.0)
    var now: ModifiedJulianDate { ModifiedJulianDate(rawValue: days.withLock { $0 }) }
    func advance(days more: Double) { days.withLock { $0 += more } }
  }

  init(
    _ change: (inout TAPConfiguration) -> Void = { _ in },
    user: @escaping TAPService.UserLookUp = { $0.headers["user"] }
  ) throws {
    store = try ArchiveStore.create(at: path)
    var configuration = TAPConfiguration()
    configuration.version = "1.2.3"
    change(&configuration)
    let clock = clock
    service = try TAPService(
      store: store, source: source, configuration: configuration, now: { clock.now },
      sleep: { try? await Task.sleep(for: $0) }, random: { UInt64.random(in: 0...(.max)) }, user: user)
    var routes = Routes()
    service.add(to: &routes)
    self.routes = routes
  }

  deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Sends a request; the form is `name=value&…`, not encoded.
  func send(
    _ method: String, _ target: String, form: String? = nil, headers: [String: String] = [:],
    body: [UInt8] = [], client: String? = nil
  ) async throws -> Answer {
    var headers = headers
    headers["host"] = headers["host"] ?? "archive.example:8080"
    var body = body
    if let form {
      headers["content-type"] = "application/x-www-form-urlencoded"
      body = Array(Self.encoded(form).utf8)
    }
    var request = ServerRequest(method: method, target: target, headers: headers, body: body)
    request.client = client
    guard let response = routes.respond(to: request) else { throw NoRoute() }
    let settled = await response.settled()
    return Answer(response: settled, body: try await bytes(of: settled))
  }

  func get(_ target: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send("GET", target, headers: headers)
  }

  /// Makes a job and returns its path.
  func job(_ form: String, headers: [String: String] = [:]) async throws -> String {
    let answer = try await send("POST", "/tap/async", form: form, headers: headers)
    guard answer.status == 303, let location = answer.response.header("Location") else { throw NoRoute() }
    return "/tap/async/" + String(location.split(separator: "/").last!)
  }

  /// Waits until as many queries are open as is asked for.
  func until(_ isReached: (_ openQueries: Int) -> Bool) async {
    while !isReached(source.open.value) { try? await Task.sleep(for: .milliseconds(5)) }
  }

  /// Waits for a job to end and returns its phase.
  func end(of job: String, headers: [String: String] = [:]) async throws -> String {
    for _ in 0..<600 {
      _ = try await get(job + "?WAIT=1", headers: headers)
      let phase = try await get(job + "/phase", headers: headers).text
      if !["PENDING", "QUEUED", "EXECUTING"].contains(phase) { return phase }
    }
    return "UNENDED"
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "=") { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  struct NoRoute: Error {}

  struct Answer {
    var response: ServerResponse
    var body: [UInt8]
    var status: Int { response.status }
    var text: String { String(decoding: body, as: UTF8.self) }
    var type: String? { response.header("Content-Type") }

    /// The table in the answer.
    func table() throws -> Table {
      var (_, reader) = try TableFormat.detect(source: MemoryByteSource(body))
      return try Table(reading: &reader)
    }
  }
}
