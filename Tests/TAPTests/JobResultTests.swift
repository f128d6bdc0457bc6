import HTTPTransport
import TAP
import TableIO
import TestSupport
import Testing

@Suite struct JobResultTests {
  private func service(
    phase: String, error: @escaping @Sendable (LoopbackServer.Connection) -> Void = { $0.respond(404, text: "none") },
    job: String? = nil,
    result: @escaping @Sendable (LoopbackServer.Connection) -> Void = { $0.respond(404, text: "none") }
  ) throws -> ServiceFixture {
    try ServiceFixture { resource, _, connection in
      switch resource {
      case "POST async": connection.respond(303, ["Location": "/server/tap/async/7"])
      case "GET async/7/phase": connection.respond(text: phase)
      case "GET async/7/error": error(connection)
      case "GET async/7": connection.respond(text: job ?? Documents.job("7", phase))
      case "GET async/7/results/result": result(connection)
      case "GET async/7/results/final": connection.respond(text: Documents.votable(rows: [("a", 1)]))
      case "GET async/7/results/errordoc":
        connection.respond(text: "<html><body><li><b>Message: </b>Query cancelled</li></body></html>")
      default: connection.respond(500, text: "unexpected")
      }
    }
  }

  @Test func theErrorDocumentSaysWhy() async throws {
    let service = try service(
      phase: "ERROR", error: { $0.respond(text: Documents.errorVOTable("Query timeout after 1800 s")) },
      result: { $0.respond(text: Documents.votable(rows: [])) })
    let error = await tapError { try await service.client.runAsync(TAPQuery("SELECT 1")) }
    #expect(error?.kind == .jobFailed)
    #expect(error?.message == "Query timeout after 1800 s")
    #expect(error?.jobID == "7")
    #expect(service.requests == ["POST async", "GET async/7/phase", "GET async/7/error"])
  }

  @Test func aJobOfEarlierIsWaitedForAndAskedOnce() async throws {
    let service = try service(
      phase: "COMPLETED", result: { $0.respond(text: Documents.votable(rows: [("a", 1)])) })
    let result = try await service.client.result(of: "7", waitingAtMost: .seconds(60))
    #expect(try result.table().rowCount == 1)
    #expect(service.requests == ["GET async/7/phase", "GET async/7/results/result"])
    let failing = try self.service(phase: "ERROR", error: { $0.respond(text: "no such column") })
    let error = await tapError { try await failing.client.result(of: "7", waitingAtMost: nil) }
    #expect(error?.kind == .jobFailed && error?.message == "no such column")
  }

  @Test func theErrorDocumentIsElsewhere() async throws {
    let service = try service(
      phase: "ERROR", error: { $0.respond(303, ["Location": "/server/tap/async/7/results/errordoc"]) })
    #expect(try await service.client.errorMessage(of: "7") == "Query cancelled")
  }

  @Test func theSummarySaysWhy() async throws {
    let summary = "<uws:errorSummary type=\"transient\"><uws:message>no more\n memory</uws:message></uws:errorSummary>"
    let service = try service(phase: "ERROR", job: Documents.job("7", "ERROR", more: summary))
    let error = await tapError { try await service.client.result(of: "7") }
    #expect(error?.kind == .jobFailed)
    #expect(error?.message == "no more memory")
  }

  @Test func nothingSaysWhy() async throws {
    let service = try service(
      phase: "ERROR", error: { $0.respond(200) },
      job: Documents.job("7", "ERROR", more: "<uws:errorSummary xsi:nil=\"true\"/>"))
    #expect(try await service.client.errorMessage(of: "7") == nil)
    let error = await tapError { try await service.client.result(of: "7") }
    #expect(error?.kind == .jobFailed)
    #expect(error?.message.isEmpty == false)
  }

  @Test func aFailedJobHasFailedEvenWhenNobodyMaySeeWhy() async throws {
    let service = try service(phase: "ERROR", error: { $0.respond(403, text: "not yours") })
    for error in [
      await tapError { try await service.client.runAsync(TAPQuery("SELECT 1")) },
      await tapError { try await service.client.result(of: "7") },
    ] {
      #expect(error?.kind == .jobFailed)
      #expect(error?.message.contains("not yours") == true)
      #expect((error?.cause as? TAPError)?.kind == .notAuthorized)
      #expect(error?.jobID == "7")
    }
  }

  @Test func aResultIsWaitedForWithoutAskingThePhaseTwice() async throws {
    let service = try service(phase: "COMPLETED", result: { $0.respond(text: Documents.votable(rows: [("a", 1)])) })
    #expect(try await service.client.result(of: "7", waitingAtMost: .seconds(60)).table().rowCount == 1)
    #expect(service.requests == ["GET async/7/phase", "GET async/7/results/result"])
  }

  @Test func anAbortedJobIsAnErrorEvenWithAResult() async throws {
    let service = try service(phase: "ABORTED", result: { $0.respond(text: Documents.votable(rows: [("a", 1)])) })
    let error = await tapError { try await service.client.result(of: "7") }
    #expect(error?.kind == .jobAborted)
    #expect(!service.requests.contains { $0.hasSuffix("results/result") })
  }

  @Test(arguments: ["EXECUTING", "HELD", "PENDING", "UNKNOWN", "DREAMING"])
  func anUnfinishedJobHasNoResult(phase: String) async throws {
    let service = try service(phase: phase, result: { $0.respond(text: Documents.votable(rows: [])) })
    #expect(await tapError { try await service.client.result(of: "7") }?.kind == .jobNotFinished)
    #expect(!service.requests.contains { $0.hasSuffix("results/result") })
  }

  @Test func anArchivedJobHasNoneAnyMore() async throws {
    let service = try service(phase: "ARCHIVED")
    #expect(await tapError { try await service.client.result(of: "7") }?.kind == .notFound)
  }

  @Test(arguments: ["/server/tap/async/7/results/final", "final", "async/7/results/final"])
  func theResultIsElsewhere(location: String) async throws {
    let service = try service(phase: "COMPLETED", result: { $0.respond(303, ["Location": location]) })
    #expect(try await service.client.result(of: "7").table().rowCount == 1)
  }

  @Test(arguments: ["results/final", "/server/tap/async/7/results/final"])
  func theResultHasAnotherName(href: String) async throws {
    let results = "<uws:results><uws:result id=\"final\" xlink:href=\"\(href)\"/></uws:results>"
    let service = try service(phase: "COMPLETED", job: Documents.job("7", "COMPLETED", more: results))
    #expect(try await service.client.result(of: "7").table().rowCount == 1)
    #expect(service.requests.last == "GET async/7/results/final")
  }

  @Test func aCutResultOfAJobIsAnError() async throws {
    let service = try service(
      phase: "COMPLETED",
      result: { connection in
        connection.sendHead(200)
        connection.send(Documents.votable(rows: [("a", 1)]).utf8.dropLast(30))
      })
    let error = await tapError { try await service.client.runAsync(TAPQuery("SELECT 1")) }
    #expect(error?.kind == .truncated)
    #expect(error?.jobID == "7")
  }
}
