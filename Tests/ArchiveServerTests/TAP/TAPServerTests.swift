import Foundation
import LocalArchive
import TableIO
import Testing

@testable import ArchiveServer

/// The TAP service as the world sees it: over a real port.
@Suite(.serialized) struct TAPServerTests {
  private let tap: MadeUpService

  init() throws { tap = try MadeUpService() }

  private func serving(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
    let clock = tap.clock
    let server = try Server(
      store: tap.store, configuration: ServerConfiguration(version: "1.2.3"), routes: tap.routes, now: { clock.now })
    let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
    let task = Task { try await server.run { announcement.yield($0) } }
    defer { task.cancel() }
    let port = try #require(await ports.first { _ in true })
    try await body(port)
    task.cancel()
    _ = await task.result
  }

  @Test func answersCarryTheProductAndTheirOwnAddress() async throws {
    try await serving { port in
      let capabilities = try await RawAnswer(port: port, "GET", "/tap/capabilities")
      #expect(capabilities.headers["server"] == "webb/1.2.3 (JWST archive)")
      #expect(String(decoding: capabilities.body, as: UTF8.self).contains(">http://localhost/tap</accessURL>"))
      #expect(try await RawAnswer(port: port, "HEAD", "/tap/sync").status == 200)
      // MAST's endpoints stay where they are.
      #expect(try await RawAnswer(port: port, "GET", "/whoami").status == 200)
      #expect(try await RawAnswer(port: port, "DELETE", "/tap/async/none").status == 404)
    }
  }

  @Test func smallAndLargeResultsArrive() async throws {
    try await serving { port in
      let small = try await RawAnswer(port: port, "GET", "/tap/sync?QUERY=ROWS+3&FORMAT=csv")
      #expect(small.headers["content-length"] == String(small.body.count))
      let large = try await RawAnswer(port: port, "GET", "/tap/sync?QUERY=ROWS+30000&FORMAT=csv")
      #expect(large.headers["transfer-encoding"] == "chunked")
      #expect(large.body.count(where: { $0 == 10 }) == 30_001)
    }
  }

  @Test func whoSendsNoMoreReadsAQuickAnswer() async throws {
    try await serving { port in
      let answer = try await RawAnswer(port: port, "GET", "/tap/sync?QUERY=ROWS+3&FORMAT=csv", sendsNoMore: true)
      #expect(answer.status == 200)
      #expect(answer.body.count(where: { $0 == 10 }) == 4)
    }
  }

  @Test func aClientThatGoesAwayStopsItsQuery() async throws {
    let tap = tap
    try await serving { port in
      let connection = try await RawAnswer.ask(port: port, "GET", "/tap/sync?QUERY=WAIT")
      await tap.until { $0 > 0 }
      close(connection)
      await tap.until { $0 == 0 }
    }
  }

  @Test func aClientThatGoesAwayLaterStopsItsQueryToo() async throws {
    let tap = tap
    try await serving { port in
      let connection = try await RawAnswer.ask(port: port, "GET", "/tap/sync?QUERY=WAIT")
      await tap.until { $0 > 0 }
      try await Task.sleep(for: .milliseconds(900))
      #expect(tap.source.open.value == 1)
      close(connection)
      await tap.until { $0 == 0 }
    }
  }

  @Test func slowAnswersArriveToo() async throws {
    let tap = tap
    try await serving { port in
      let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
      await tap.until { $0 > 0 }
      let answer = Task { try await RawAnswer(port: port, "GET", job + "?WAIT=-1") }
      try await Task.sleep(for: .milliseconds(900))
      #expect(try await tap.send("POST", job + "/phase", form: "PHASE=ABORT").status == 303)
      #expect(String(decoding: try await answer.value.body, as: UTF8.self).contains("<uws:phase>ABORTED</uws:phase>"))
    }
  }
}
