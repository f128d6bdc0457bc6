import ESAArchive
import SkyGeometry
import TAP
import TableIO
import TestSupport
import Testing

/// Searches over a socket: direct and as jobs, cut answers, the two layouts.
@Suite struct ObservationsTests {
  private let cone = ObservationSearch(region: .cone(SkyPosition(ra: 53, dec: -27), radius: 5))
  private static let rows = FakeArchive.Reply.table(
    ["dist:double", "observationid", "public:bit"], [["0.5", "jw1", "1"], ["0.7", "jw2", "0"]])

  /// A job that ends at once with a table.
  private static func job(_ call: FakeArchive.Call, _ result: FakeArchive.Reply) -> FakeArchive.Reply? {
    switch (call.method, call.path) {
    case ("POST", "/server/tap/async"):
      FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/1700000000777O")])
    case ("GET", "/server/tap/async/1700000000777O/phase"): .text("COMPLETED")
    case ("GET", "/server/tap/async/1700000000777O/results/result"): result
    default: nil
    }
  }

  @Test func directly() async throws {
    let service = try FakeArchive { _, _ in Self.rows }
    let found = try await service.client().observations(cone)
    #expect(try found.table.column("observationid", as: String.self) == ["jw1", "jw2"])
    #expect(try found.table.column("public", as: Bool.self) == [true, false])
    #expect(found.layout == .main)
    #expect(!found.isOverflow && !found.wasRunAgain)
    let call = try #require(service.calls.first)
    #expect(service.calls.count == 1, "nothing is asked but the question")
    #expect(call.method == "POST" && call.path == "/server/tap/sync")
    #expect(call.statement == (try cone.statement(layout: .main).text))
    #expect(call.fields["FORMAT"] == "votable")
    #expect(call.fields["REQUEST"] == "doQuery")
    #expect(call.fields["LANG"] == "ADQL")
    #expect(call.fields["tapclient"] == "WEBB")
    #expect(call.fields["MAXREC"] == "1000000")
  }

  @Test func asAJob() async throws {
    let service = try FakeArchive { call, _ in Self.job(call, Self.rows) ?? .text("?", status: 404) }
    let found = try await service.client { $0.clientTag = "TEST" }.observations(cone, mode: .job)
    #expect(found.table.rowCount == 2)
    #expect(found.result.jobID == "1700000000777O")
    #expect(service.calls.first?.fields["MAXREC"] == nil)
    #expect(service.calls.first?.fields["tapclient"] == "TEST")
  }

  @Test func aCutAnswerIsAskedForAgainAsAJob() async throws {
    let service = try FakeArchive { call, _ in
      Self.job(call, Self.rows) ?? .table(["observationid"], [["jw1"]], status: "OVERFLOW")
    }
    let found = try await service.client().observations(cone)
    #expect(found.table.rowCount == 2)
    #expect(found.wasRunAgain && !found.isOverflow)
    let calls = service.calls
    #expect(calls.map(\.path).prefix(2) == ["/server/tap/sync", "/server/tap/async"])
    #expect(calls[0].statement == calls[1].statement)
  }

  @Test func aCutAnswerIsKeptOnRequest() async throws {
    let service = try FakeArchive { _, _ in .table(["observationid"], [["jw1"]], status: "OVERFLOW") }
    let found = try await service.client { $0.overflow = .keep }.observations(cone)
    #expect(found.isOverflow && !found.wasRunAgain)
    #expect(found.table.rowCount == 1)
  }

  @Test func aCutAnswerIsAnErrorOnRequest() async throws {
    let service = try FakeArchive { _, _ in .table(["observationid"], [["jw1"]], status: "OVERFLOW") }
    await expect(.truncated as ESAArchiveError.Kind) {
      try await service.client { $0.overflow = .fail }.observations(cone)
    }
  }

  @Test func moreRowsThanAllowedAreNotTakenIn() async throws {
    let service = try FakeArchive { call, _ in Self.job(call, Self.rows) ?? Self.rows }
    let client = service.client {
      $0.rowLimit = 1
      $0.overflow = .keep
    }
    let found = try await client.observations(cone)
    #expect(found.table.rowCount == 1 && found.isOverflow)
    #expect(found.cut == .byLimit)
  }

  @Test(arguments: [ESAArchive.OverflowPolicy.runAsJob, .fail, .keep])
  func anAnswerAsLongAsWantedNeedsNoJob(policy: ESAArchive.OverflowPolicy) async throws {
    let service = try FakeArchive { _, _ in .table(["observationid"], [["jw1"], ["jw2"]], status: "OVERFLOW") }
    let client = service.client {
      $0.rowLimit = 2
      $0.overflow = policy
    }
    let found = try await client.observations(cone)
    #expect(found.table.rowCount == 2)
    #expect(found.cut == .byLimit && found.isOverflow && !found.wasRunAgain)
    #expect(service.calls.map(\.path) == ["/server/tap/sync"])
    #expect(service.calls[0].fields["MAXREC"] == "2")
  }

  @Test func theCallersLimitGoesWithJobs() async throws {
    let service = try FakeArchive { call, _ in
      Self.job(call, Self.rows) ?? .table(["observationid"], [["jw1"]], status: "OVERFLOW")
    }
    let client = service.client { $0.rowLimit = 7 }
    #expect(try await client.observations(cone).wasRunAgain)
    _ = try await client.observations(cone, mode: .job)
    _ = try await client.startJob(cone)
    let jobs = service.calls.filter { $0.method == "POST" && $0.path == "/server/tap/async" }
    #expect(jobs.map { $0.fields["MAXREC"] } == ["7", "7", "7"])
  }

  @Test func aShorterAnswerDoesNotTakeThePlaceOfALongerOne() async throws {
    let service = try FakeArchive { call, _ in
      Self.job(call, .table(["observationid"], [["jw1"]], status: "OVERFLOW"))
        ?? .table(["observationid"], [["jw1"], ["jw2"], ["jw3"]], status: "OVERFLOW")
    }
    let found = try await service.client().observations(cone)
    #expect(found.table.rowCount == 3)
    #expect(found.cut == .byService && found.wasRunAgain)
  }

  @Test(arguments: [200, 403])
  func aJobOfOurOwnIsRemoved(status: Int) async throws {
    let service = try FakeArchive { call, _ in
      if call.method == "DELETE" { return .text("", status: status) }
      return Self.job(call, Self.rows) ?? .table(["observationid"], [["jw1"]], status: "OVERFLOW")
    }
    let client = service.client()
    #expect(try await client.observations(cone).table.rowCount == 2)
    #expect(service.calls.last?.method == "DELETE")
    #expect(service.calls.last?.path == "/server/tap/async/1700000000777O")
    // A job that the user asked for stays.
    _ = try await client.observations(cone, mode: .job)
    #expect(service.calls.filter { $0.method == "DELETE" }.count == 1)
  }

  @Test func aJobThatIsOnlyStartedFindsNoLayout() async throws {
    let service = try FakeArchive { call, _ in
      if let reply = Self.job(call, Self.rows) { return reply }
      return call.statement.contains("jwst.main") ? .refusal("Unknown table jwst.main") : Self.rows
    }
    let client = service.client()
    #expect(try await client.startJob(cone) == "1700000000777O")
    #expect(service.calls[0].statement == (try cone.statement(layout: .main).text))
    #expect(try await client.observations(cone).layout == .archive)
    _ = try await client.startJob(cone)
    #expect(service.calls.last?.statement == (try cone.statement(layout: .archive).text))
  }

  @Test func badCriteriaReachNoSocket() async throws {
    let service = try FakeArchive { _, _ in Self.rows }
    let error = await expect(.badCriteria) {
      try await service.client().observations(
        ObservationSearch(region: .cone(SkyPosition(ra: 53, dec: -27), radius: -1)))
    }
    #expect(error?.option == "radius")
    #expect(service.calls.isEmpty)
  }

  @Test(arguments: [
    "Unknown table \"jwst.main\" !", "Table 'jwst.main' not found",
    "ERROR: relation \"jwst.main\" does not exist", "Unknown table jwst.main.", "Unknown table \"jwst\".\"main\".",
    "Table [jwst].[main] not found.", "No such table: 'jwst.main'.", "The table (jwst.main) does not exist.",
    "Cannot parse query 'SELECT * FROM jwst.main WHERE 1=1' for job '1O': 1 unresolved identifiers: jwst.main [l.1 c.15]!",
  ])
  func theSuccessorIsAskedWhereMainIsGone(message: String) async throws {
    let service = try FakeArchive { call, _ in
      call.statement.contains("jwst.main") ? .refusal(message) : .table(["observationid"], [["jw1"]])
    }
    let client = service.client()
    #expect(try await client.observations(cone).layout == .archive)
    #expect(service.calls.last?.statement == (try cone.statement(layout: .archive).text))
    // From now on it is known, also to a copy with a login.
    _ = try await client.loggedOut.observations(cone)
    #expect(service.calls.count == 3)
  }

  @Test(arguments: [
    "Unknown column \"target_ra\" in jwst.main WHERE it is not",
    "Cannot parse query 'SELECT x FROM jwst.main': column x",
    "column target_ra does not exist in SELECT target_ra, a, b, c FROM jwst.main",
  ])
  func otherRefusalsAreTold(message: String) async throws {
    let service = try FakeArchive { _, _ in .refusal(message) }
    let error = await expect(.service) { try await service.client().observations(cone) }
    #expect(error?.message.contains("SELECT") == message.contains("SELECT"))
    #expect(service.calls.count == 1)
  }

  @Test func theFirstRefusalCountsWhereNeitherViewIsThere() async throws {
    let service = try FakeArchive { call, _ in
      .refusal("Unknown table \(call.statement.contains("jwst.main") ? "jwst.main" : "jwst.archive")")
    }
    let error = await expect(.service) { try await service.client().observations(cone) }
    #expect(error?.message == "Unknown table jwst.main")
  }

  @Test func aForcedLayoutIsNotDoubted() async throws {
    let service = try FakeArchive { _, _ in .refusal("Unknown table jwst.main") }
    await expect(.service) { try await service.client { $0.layout = .main }.observations(cone) }
    #expect(service.calls.count == 1)
    let newer = try FakeArchive { _, _ in Self.rows }
    #expect(try await newer.client { $0.layout = .archive }.observations(cone).layout == .archive)
  }

  @Test(arguments: [200, 300, 420])
  func aTableThatEndsInTheMiddleIsNone(cut: Int) async throws {
    let whole = Self.rows.body
    let service = try FakeArchive { _, _ in
      FakeArchive.Reply(headers: [("Content-Type", "application/x-votable+xml")], body: Array(whole.prefix(cut)))
    }
    do {
      let found = try await service.client().observations(cone)
      Issue.record("\(found.table.rowCount) rows of a cut table")
    } catch is TAPError {
    } catch is ESAArchiveError {}
  }

  @Test func aConnectionThatBreaksInTheMiddleIsAnError() async throws {
    let service = try FakeArchive { _, _ in
      var reply = Self.rows
      reply.cut = 300
      return reply
    }
    await expect(.truncated as TAPError.Kind) { try await service.client().observations(cone) }
  }

  @Test func aJobThatFailsTellsWhy() async throws {
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/tap/async": FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/7")])
      case "/server/tap/async/7/phase": .text("ERROR")
      case "/server/tap/async/7/error": .page("Query took too long", status: 200)
      default: .text("?", status: 404)
      }
    }
    let error = await expect(.jobFailed) { try await service.client().observations(cone, mode: .job) }
    #expect(error?.message == "Query took too long" && error?.jobID == "7")
  }

  @Test func redirectsWithoutEndAreAnError() async throws {
    let service = try FakeArchive { call, number in
      FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/sync/\(number)")])
    }
    await expect(.transport) { try await service.client().observations(cone) }
    #expect(service.calls.count <= 12)
  }

  @Test func theLoginGoesToTheArchiveOnly() async throws {
    let foreign = try FakeArchive { _, _ in Self.rows }
    let foreignURL = foreign.url
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/login":
        FakeArchive.Reply(headers: [("Set-Cookie", "JSESSIONID=a; Path=/"), ("Set-Cookie", "SESSION=secret; HttpOnly")])
      case "/server/tap/sync": FakeArchive.Reply(status: 303, headers: [("Location", foreignURL + "/elsewhere")])
      default: .text("?", status: 404)
      }
    }
    let archive = try await service.client().login(LoginCredentials(user: "u", password: "p"))
    #expect(archive.session?.user == "u")
    _ = try await archive.observations(cone)
    #expect(service.calls.map(\.cookie) == [nil, "SESSION=secret"])
    #expect(foreign.calls.map(\.path) == ["/elsewhere"])
    #expect(foreign.calls.allSatisfy { $0.cookie == nil })
    #expect(!"\(archive.session as Any)".contains("secret"))
  }

  @Test func statusMessages() async throws {
    let service = try FakeArchive { call, _ in
      call.fields["action"] == "GetNotifications"
        ? .text("12[type: info,banner]=Down on Friday\n") : .text("?", status: 404)
    }
    #expect(try await service.client().statusMessages().map(\.text) == ["Down on Friday"])
    #expect(service.calls.map(\.path) == ["/server/tap/notification"])
  }
}
