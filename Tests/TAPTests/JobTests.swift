import HTTPTransport
import TAP
import TableIO
import TestSupport
import Testing

@Suite struct JobTests {
  /// A service whose jobs go through phases, one more with each look at the phase or document.
  private func service(
    phases: [String], version: String? = nil, dialect: TAPConnection.Dialect = .standard,
    more: @escaping @Sendable (String, LoopbackServer.Connection) -> Bool = { _, _ in false }
  ) throws -> ServiceFixture {
    let place = Locked(0)
    return try ServiceFixture(dialect: dialect) { resource, request, connection in
      if more(resource, connection) { return }
      func next() -> String {
        let number = place.withLock { place in
          place += 1
          return place - 1
        }
        return phases[min(number, phases.count - 1)]
      }
      switch resource {
      case "POST async": connection.respond(303, ["Location": "http://elsewhere.example/tap/async/177O"])
      case "GET async/177O/phase": connection.respond(text: next() + "\n")
      case "GET async/177O": connection.respond(text: Documents.job("177O", next(), version: version))
      case "GET async/177O/results/result": connection.respond(text: Documents.votable(rows: [("a", 1)]))
      case "POST async/177O/phase": connection.respond(303, ["Location": "/server/tap/async/177O"])
      default: connection.respond(404, text: "no \(resource)")
      }
    }
  }

  @Test func runsToItsResult() async throws {
    let service = try service(phases: ["QUEUED", "executing", "COMPLETED"])
    let phases = Locked<[UWSPhase]>([])
    let result = try await service.client.runAsync(TAPQuery("SELECT 1", jobName: "n")) { id, phase in
      phases.withLock { $0.append(phase) }
    }
    #expect(result.jobID == "177O")
    #expect(try result.table().rowCount == 1)
    #expect(phases.withLock { $0 } == [.queued, .executing, .completed])
    #expect(
      service.requests == [
        "POST async", "GET async/177O/phase", "GET async/177O", "GET async/177O/phase", "GET async/177O/results/result",
      ])
    #expect(
      service.server.requests.first?.text == "REQUEST=doQuery&LANG=ADQL&QUERY=SELECT%201&PHASE=RUN&jobname=n")
    #expect(service.clock.pauses == [.milliseconds(500), .milliseconds(500)])
  }

  @Test func looksAtThePhaseAloneWhereLongPollsAreOff() async throws {
    let service = try service(phases: ["EXECUTING", "EXECUTING", "COMPLETED"])
    var client = service.client
    client.polling.longPoll = nil
    _ = try await client.runAsync(TAPQuery("SELECT 1"))
    #expect(
      service.requests == [
        "POST async", "GET async/177O/phase", "GET async/177O/phase", "GET async/177O/phase",
        "GET async/177O/results/result",
      ])
  }

  @Test func longPollsWithUWS11() async throws {
    let clock = TestClock()
    let place = Locked(0)
    let service = try ServiceFixture(clock: clock) { resource, request, connection in
      switch resource {
      case "GET async/1/phase": connection.respond(text: "EXECUTING")
      default:
        let number = place.withLock {
          $0 += 1
          return $0
        }
        if request.query.contains("WAIT") { clock.advance(by: .seconds(30)) }
        connection.respond(text: Documents.job("1", number < 3 ? "EXECUTING" : "COMPLETED", version: "1.1"))
      }
    }
    #expect(try await service.client.wait(for: "1") == .completed)
    #expect(
      service.requests == [
        "GET async/1/phase", "GET async/1", "GET async/1?WAIT=60&PHASE=EXECUTING",
        "GET async/1?WAIT=60&PHASE=EXECUTING",
      ])
    #expect(clock.pauses == [.milliseconds(500)])
  }

  @Test func aJobThatNeverEndsMeetsTheDeadline() async throws {
    let service = try service(phases: ["EXECUTING"])
    let error = await tapError { try await service.client.runAsync(TAPQuery("SELECT 1"), patience: .seconds(30)) }
    #expect(error?.kind == .timedOut)
    #expect(error?.jobID == "177O")
    #expect(error?.statement == "SELECT 1")
    #expect(service.clock.now == .seconds(30))
    #expect(!service.requests.contains { $0.hasPrefix("DELETE") || $0.hasSuffix("results/result") })
  }

  @Test func anUnknownPhaseIsWaitedOut() async throws {
    let service = try service(phases: ["DREAMING", "DREAMING", "DREAMING", "COMPLETED"])
    #expect(try await service.client.wait(for: "177O") == .completed)
    let endless = try self.service(phases: ["DREAMING"])
    let error = await tapError { try await endless.client.wait(for: "177O", patience: .seconds(60)) }
    #expect(error?.kind == .timedOut)
    #expect(error?.message.contains("DREAMING") == true)
  }

  @Test func anUnknownPhaseWithAnEndTimeIsOver() async throws {
    let service = try service(phases: ["FINITO"]) { resource, connection in
      guard resource == "GET async/177O" else { return false }
      connection.respond(
        text: Documents.job("177O", "FINITO", more: "<uws:endTime>2026-01-02T03:04:05Z</uws:endTime>"))
      return true
    }
    #expect(try await service.client.wait(for: "177O") == UWSPhase(rawValue: "FINITO"))
    #expect(try await service.client.result(of: "177O").table().rowCount == 1)
  }

  @Test func aServiceThatIgnoresTheStartIsToldAgain() async throws {
    let service = try service(phases: ["PENDING", "PENDING", "QUEUED", "COMPLETED"])
    _ = try await service.client.runAsync(TAPQuery("SELECT 1"))
    let posts = service.server.requests.filter { $0.method == "POST" }.map(\.text)
    #expect(posts.dropFirst() == ["PHASE=RUN"])
  }

  @Test func aStartThatIsRefusedIsAnErrorWhileTheJobIsPending() async throws {
    let service = try service(phases: ["PENDING"]) { resource, connection in
      guard resource == "POST async/177O/phase" else { return false }
      connection.respond(500, text: "cannot start")
      return true
    }
    let error = await tapError { try await service.client.wait(for: "177O", patience: .seconds(60)) }
    #expect(error?.message == "cannot start")
    #expect(error?.jobID == "177O")
  }

  @Test func notOfMuchUseAsLocations() async throws {
    for location in ["/server/tap/async", "/login.html", "http://h/async/", "/server/tap/async/..", ""] {
      let service = try ServiceFixture { _, _, connection in connection.respond(303, ["Location": location]) }
      let error = await tapError { try await service.client.submit(TAPQuery("SELECT 1")) }
      #expect(error?.kind == .badAnswer, "\(location)")
    }
    for status in [200, 303] {
      let service = try ServiceFixture { _, _, connection in connection.respond(status, text: "<job/>") }
      #expect(await tapError { try await service.client.submit(TAPQuery("SELECT 1")) }?.kind == .badAnswer)
    }
  }

  @Test(arguments: ["async/a%2Fb", "/server/tap/async/a%2Fb/", "https://h.example/x/async/a%2Fb?session=1"])
  func idsFromLocations(location: String) async throws {
    let service = try ServiceFixture { _, request, connection in
      if request.method == "POST" {
        connection.respond(303, ["Location": location])
      } else {
        connection.respond(text: "QUEUED")
      }
    }
    let id = try await service.client.submit(TAPQuery("SELECT 1"), runs: false)
    #expect(id == "a/b")
    #expect(service.server.requests.first?.text.contains("PHASE") == false)
    #expect(try await service.client.phase(of: id) == .queued)
    #expect(service.requests.last == "GET async/a%2Fb/phase")
  }

  @Test func aRefusedJobTellsWhy() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(400, text: Documents.errorVOTable("Cannot parse query"))
    }
    let error = await tapError { try await service.client.submit(TAPQuery("SELECT nosuch")) }
    #expect(error?.message == "Cannot parse query")
    #expect(error?.statement == "SELECT nosuch")
    let busy = try ServiceFixture { _, _, connection in connection.respond(503, ["Retry-After": "1"], text: "busy") }
    #expect(await tapError { try await busy.client.submit(TAPQuery("SELECT 1")) }?.status == 503)
    #expect(busy.requests.count == 1)
  }

  @Test func aPhaseMustBeAWord() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(text: "<html>Log in</html>") }
    #expect(await tapError { try await service.client.phase(of: "1") }?.kind == .badAnswer)
    #expect(await tapError { try await service.client.phase(of: "..") }?.kind == .badRequest)
    #expect(service.requests.count == 1)
  }

  @Test func actions() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(303, ["Location": "/server/tap/async/1"])
    }
    let client = service.client
    try await client.run("1")
    try await client.abort("1")
    try await client.setParameter("MAXREC", to: "10", of: "1")
    try await client.setDestruction("2026-01-05T00:00:00Z", of: "1")
    try await client.setExecutionDuration(60, of: "1")
    try await client.delete("1")
    #expect(
      service.requests == [
        "POST async/1/phase", "POST async/1/phase", "POST async/1/parameters", "POST async/1/destruction",
        "POST async/1/executionduration", "DELETE async/1",
      ])
    #expect(
      service.server.requests.map(\.text) == [
        "PHASE=RUN", "PHASE=ABORT", "MAXREC=10", "DESTRUCTION=2026-01-05T00%3A00%3A00Z", "EXECUTIONDURATION=60", "",
      ])
  }

  @Test func parametersOfTAPPlusGoToTheJob() async throws {
    let service = try ServiceFixture(dialect: .tapPlus) { _, _, connection in connection.respond(200) }
    try await service.client.setParameter("MAXREC", to: "10", of: "1")
    #expect(service.requests == ["POST async/1"])
  }

  @Test func aJobCanGoWhenItsResultIsHere() async throws {
    let service = try service(phases: ["COMPLETED"])
    _ = try await service.client.runAsync(TAPQuery("SELECT 1"), deletesJob: true)
    #expect(service.requests.suffix(2) == ["GET async/177O/results/result", "DELETE async/177O"])
  }

  @Test func aCancelledWaitEnds() async throws {
    let service = try service(phases: ["EXECUTING"])
    var client = service.client
    client.connection.configuration.pacing = .system
    client.polling.longPoll = nil
    let task = Task { [client] in try await client.wait(for: "177O") }
    while service.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func deletesByPostWhereDELETEIsNotAllowed() async throws {
    let service = try ServiceFixture { resource, _, connection in
      connection.respond(resource.hasPrefix("DELETE") ? 405 : 303, ["Location": "/server/tap/async"])
    }
    try await service.client.delete("1")
    #expect(service.requests == ["DELETE async/1", "POST async/1"])
    #expect(service.server.requests.last?.text == "ACTION=DELETE")
  }

  @Test(arguments: [404, 410])
  func aRepeatedDeleteThatFindsNothingIsDone(status: Int) async throws {
    let count = Locked(0)
    let service = try ServiceFixture { _, _, connection in
      let number = count.withLock { count in
        count += 1
        return count
      }
      // The first answer is lost on the way.
      connection.respond(number == 1 ? 502 : status, text: "nothing here")
    }
    try await service.client.delete("7")
    #expect(service.requests == ["DELETE async/7", "DELETE async/7"])
    // Only a repetition: who asks for what never was is told.
    #expect(await tapError { try await service.client.delete("8") }?.kind == .notFound)
  }
}
