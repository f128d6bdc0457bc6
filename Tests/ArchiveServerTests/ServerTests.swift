import ArchiveServer
import LocalArchive
import SkyGeometry
import TableIO
import Testing

/// The server as the world sees it: over a real port.
@Suite(.serialized) struct ServerTests {
  private let archive: SampleArchive

  init() throws { archive = try SampleArchive() }

  /// Runs a server on a free port for the duration of a closure, and returns its log.
  private func serving(
    _ configuration: ServerConfiguration = ServerConfiguration(), routes: Routes = Routes(),
    _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws
    -> [ServerLogEntry]
  {
    let (entries, log) = AsyncStream.makeStream(of: ServerLogEntry.self)
    let server = try Server(
      store: archive.store, configuration: configuration, routes: routes,
      now: { ModifiedJulianDate(rawValue: 61000.25) },
      log: { log.yield($0) })
    let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
    let task = Task { try await server.run { announcement.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    #expect(port > 0)
    do {
      try await body(port)
    } catch {
      task.cancel()
      throw error
    }
    task.cancel()
    _ = await task.result
    await #expect(throws: RawAnswer.Failure.self) { _ = try await RawAnswer(port: port, "GET", "/whoami") }
    log.finish()
    return await entries.reduce(into: []) { $0.append($1) }
  }

  private static let file = "/jwst/api/v0.1/download/file?uri=" + SampleArchive.publicURI

  @Test func downloadsAnswerHeadRangesAndConditions() async throws {
    let log = try await serving { port in
      let head = try await RawAnswer(port: port, "HEAD", Self.file)
      #expect(head.status == 200)
      #expect(head.headers["content-length"] == "700000")
      #expect(head.body.isEmpty)
      let tag = try #require(head.headers["etag"])

      let whole = try await RawAnswer(port: port, "GET", Self.file)
      #expect(whole.body == SampleArchive.content)

      let part = try await RawAnswer(
        port: port, "GET", Self.file, headers: ["Range: bytes=300000-", "If-Range: \(tag)"])
      #expect(part.status == 206)
      #expect(part.headers["content-range"] == "bytes 300000-699999/700000")
      #expect(part.body == Array(SampleArchive.content[300_000...]))

      let changed = try await RawAnswer(
        port: port, "GET", Self.file, headers: ["Range: bytes=300000-", "If-Range: \"1-1\""])
      #expect(changed.status == 200)
      #expect(changed.body.count == 700_000)

      #expect(try await RawAnswer(port: port, "GET", Self.file, headers: ["Range: bytes=700000-"]).status == 416)
      let same = try await RawAnswer(port: port, "GET", Self.file, headers: ["If-None-Match: \(tag)"])
      #expect(same.status == 304)
      #expect(same.body.isEmpty)

      let exclusive = "/api/v0.1/Download/file?uri=" + SampleArchive.exclusiveURI
      #expect(try await RawAnswer(port: port, "GET", exclusive).status == 401)
      #expect(
        try await RawAnswer(port: port, "GET", exclusive, headers: ["Cookie: mast_token=visitor-token"]).status == 403)
      #expect(
        try await RawAnswer(port: port, "GET", exclusive, headers: ["Authorization: token pi-token"]).status == 200)
      #expect(try await RawAnswer(port: port, "GET", "/api/v0.1/Download/file?uri=../tokens.json").status == 404)
    }
    #expect(log.map(\.status) == [200, 200, 206, 200, 416, 304, 401, 403, 200, 404])
    #expect(log[2].byteCount == 400_000)
    #expect(log[0].path == "/jwst/api/v0.1/download/file")
    #expect(log[2].description.hasPrefix("2025-11-21T06:00:00.000 GET /jwst/api/v0.1/download/file 206 400000 "))
    #expect(!"\(log)".contains("token"))
  }

  @Test func whatIsLoggedHasNoSecrets() async throws {
    let log = try await serving { port in
      let headers = [
        "Cookie: JSESSIONID=hidden; mast_token=hidden", "Authorization: token hidden",
        "Content-Type: application/x-www-form-urlencoded",
      ]
      for target in ["/whoami?token=hidden", "/server/login?password=hidden+one", "/nothing%20here?hidden"] {
        _ = try await RawAnswer(port: port, "POST", target, headers: headers, body: "password=hidden")
      }
    }
    #expect(log.map(\.path) == ["/whoami", "/server/login", "/nothing here"])
    #expect(log.allSatisfy { !"\($0) \(String(reflecting: $0))".contains("hidden") })
  }

  @Test func queriesAnswerOverGetAndPost() async throws {
    _ = try await serving { port in
      let request = "%7B%22service%22%3A%22Mast.Caom.Products%22%2C%22params%22%3A%7B%22obsid%22%3A%2220%22%7D%7D"
      for answer in [
        try await RawAnswer(port: port, "GET", "/api/v0/invoke?request=" + request),
        try await RawAnswer(
          port: port, "POST", "/Portal/Mashup/Mashup.asmx/invoke",
          headers: ["Content-Type: application/x-www-form-urlencoded"], body: "request=" + request),
      ] {
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
        #expect(try JSONValue(parsing: answer.body)["data"]?.arrayValue?.count == 2)
      }
      let head = try await RawAnswer(port: port, "HEAD", "/api/v0/invoke?request=" + request)
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
      let bad = try await RawAnswer(port: port, "GET", "/api/v0/invoke?request=<script>")
      #expect(bad.status == 400)
      #expect(bad.headers["content-type"] == "application/json; charset=utf-8")
    }
  }

  @Test func bodiesBeyondTheLimitAreRefused() async throws {
    _ = try await serving(ServerConfiguration(maximumBodySize: 1000)) { port in
      let body = "request=" + String(repeating: "x", count: 5000)
      let large = try await RawAnswer(port: port, "POST", "/api/v0/invoke", body: body)
      #expect(large.status == 413)
      let small = try await RawAnswer(port: port, "POST", "/api/v0/invoke", body: "request=x")
      #expect(small.status == 400)
    }
  }

  @Test func formsWithTooManyFieldsAreRefused() async throws {
    let form = ["Content-Type: application/x-www-form-urlencoded"]
    _ = try await serving { port in
      let fields = String(repeating: "a&", count: 5000)
      for path in ["/api/v0/invoke", "/nothing"] {
        let many = try await RawAnswer(port: port, "POST", path, headers: form, body: fields)
        #expect(many.status == 400)
        #expect(String(decoding: many.body, as: UTF8.self).contains("4096 parameters"))
      }
      #expect(try await RawAnswer(port: port, "GET", "/api/v0/invoke?" + fields).status == 400)
      let some = String(repeating: "a&", count: 1000) + "request=x"
      let answer = try await RawAnswer(port: port, "POST", "/api/v0/invoke", headers: form, body: some)
      #expect(!String(decoding: answer.body, as: UTF8.self).contains("parameters"))
    }
  }

  @Test func onlyFilesMayBeLarge() async throws {
    var configuration = ServerConfiguration(maximumBodySize: 300_000)
    configuration.maximumFormSize = 1000
    configuration.maximumBodyTotal = 100_000
    var routes = Routes()
    routes.add("/files", traits: .init(takesFiles: true)) { request, _ in
      ServerResponse(status: 200, body: .bytes(Array(String(request.body.count).utf8)))
    }
    _ = try await serving(configuration, routes: routes) { port in
      func status(_ path: String, _ size: Int, isFile: Bool) async throws -> RawAnswer {
        let type = isFile ? "multipart/form-data; boundary=b" : "application/x-www-form-urlencoded"
        return try await RawAnswer(
          port: port, "POST", path, headers: ["Content-Type: \(type)"], body: String(repeating: "x", count: size))
      }
      #expect(try await status("/files", 5000, isFile: false).status == 413)
      #expect(try await status("/whoami", 5000, isFile: true).status == 413)
      #expect(try await status("/files", 5000, isFile: true).status == 200)
      #expect(try await status("/files", 300_001, isFile: true).status == 413)
      // What is read of a body counts, until its request is answered.
      let busy = try await status("/files", 250_000, isFile: true)
      #expect(busy.status == 503)
      #expect(busy.headers["retry-after"] == "5")
      for _ in 0..<3 {
        let answer = try await status("/files", 90_000, isFile: true)
        #expect(String(decoding: answer.body, as: UTF8.self) == "90000")
      }
    }
  }
}
