import TAP
import TestSupport
import Testing

@Suite struct PlusJobTests {
  static let jobs = """
    <uws:jobs xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" total="2">
    <uws:job><uws:jobId><![CDATA[1700000000777O]]></uws:jobId><uws:runId xsi:nil="true"/><uws:phase>COMPLETED</uws:phase>
    <uws:name><![CDATA[test_job]]></uws:name><uws:parameters><uws:parameter id="format">votable</uws:parameter></uws:parameters></uws:job>
    <uws:job><uws:jobId>1700000000778O</uws:jobId><uws:phase>ERROR</uws:phase><uws:name>other</uws:name></uws:job></uws:jobs>
    """

  @Test func allJobs() async throws {
    let service = try PlusService(["GET /server/tap/jobs/async": .init(text: Self.jobs)])
    let jobs = try await service.client.searchJobs()
    #expect(jobs.map(\.id) == ["1700000000777O", "1700000000778O"])
    #expect(jobs.map(\.phase) == [.completed, .error])
    #expect(jobs[0].name == "test_job")
    #expect(jobs[0].parameter("FORMAT") == "votable")
  }

  @Test func everyConditionIsSent() async throws {
    var filter = JobFilter()
    filter.jobID = "1 2"
    filter.jobName = "a&b"
    filter.phase = "COMPLETED"
    filter.query = "SELECT *"
    filter.startedAfter = "2026-01-01"
    filter.startedBefore = "2026-01-02"
    filter.endedAfter = "2026-01-03"
    filter.endedBefore = "2026-01-04"
    filter.isMetadataOnly = false
    filter.offset = 10
    filter.limit = 20
    filter.order = "jobid DESC"
    let target =
      "/server/tap/jobs/async?jobid=1%202&jobname=a%26b&phaseid=COMPLETED&query=SELECT%20%2A&start_time_init=2026-01-01"
      + "&start_time_limit=2026-01-02&end_time_init=2026-01-03&end_time_limit=2026-01-04&metadata_only=False&offset=10"
      + "&limit=20&order=jobid%20DESC"
    let service = try PlusService(["GET " + target: .init(text: "<jobs xmlns='http://www.ivoa.net/xml/UWS/v1.0'/>")])
    #expect(try await service.client.searchJobs(filter).isEmpty)
  }

  @Test func aJobByItsName() async throws {
    let service = try PlusService([
      "GET /server/tap/jobs/async?name=test_job&metadata_only=True": .init(text: Self.jobs),
      "GET /server/tap/jobs/async?name=none&metadata_only=True": .init(text: "<jobs/>"),
    ])
    #expect(try await service.client.job(named: "test_job")?.id == "1700000000777O")
    #expect(try await service.client.job(named: "none") == nil)
    #expect(try await PlusService.failure { _ = try await service.client.job(named: "") }?.kind == .badRequest)
  }

  @Test func whatIsNoListOfJobsIsAnError() async throws {
    let service = try PlusService(["GET /server/tap/jobs/async": .init(text: "<html><body>Log in</body></html>")])
    #expect(try await PlusService.failure { _ = try await service.client.searchJobs() }?.kind == .badAnswer)
    let broken = try PlusService(["GET /server/tap/jobs/async": PlusService.page(500, "x")])
    #expect(try await PlusService.failure { _ = try await broken.client.searchJobs() }?.message == "x")
  }

  @Test func jobsAreRemoved() async throws {
    let service = try PlusService(["POST /server/tap/deletejobs": .init()])
    try await service.client.removeJobs([])
    #expect(service.requests.isEmpty)
    try await service.client.removeJobs(["1700000000777O", "1700000000778O"])
    #expect(service.lastForm == [["JOB_IDS", "1700000000777O,1700000000778O"]])
    try await service.client.removeJobs(["1&X=2"])
    #expect(service.lastForm == [["JOB_IDS", "1&X=2"]])
    for ids in [[""], ["1,2"], ["1", ""]] {
      #expect(try await PlusService.failure { try await service.client.removeJobs(ids) }?.kind == .badRequest)
    }
    #expect(service.requests.count == 2)
    let without = try PlusService(["POST /server/tap/deletejobs": PlusService.page(404, "Job 1 not found")])
    let error = try await PlusService.failure { try await without.client.removeJobs(["1"]) }
    #expect(error?.kind == .notFound)
    #expect(error?.message == "Job 1 not found")
  }

  @Test func aCrossMatchIsAJob() async throws {
    let service = try PlusService([
      "POST /server/tap/async": .init(
        status: 303, headers: [("Location", "https://jwst.example.org/server/tap/async/1700000000777O")])
    ])
    let match = CrossMatch(.init("user_jdoe.mytable"), .init("gaiadr3.gaia_source"))
    #expect(try await service.client.crossMatch(match, into: "xm") == "1700000000777O")
    #expect(
      service.lastForm.sorted { $0[0] < $1[0] } == [
        ["FORMAT", "votable_gzip"], ["LANG", "ADQL"], ["PHASE", "RUN"],
        ["QUERY", "SELECT crossmatch_positional('user_jdoe','mytable','gaiadr3','gaia_source',1.0, 'xm') FROM dual;"],
        ["REQUEST", "doQuery"], ["jobname", "xm"], ["tapclient", "WEBB"],
      ])
  }

  @Test func aMatchWithoutTheFunction() throws {
    let match = CrossMatch(
      .init("user_jdoe.mytable", ra: "alpha", dec: "delta"), .init("jwst.main", ra: "target_ra", dec: "target_dec"),
      radius: 1.8)
    #expect(
      try match.joining().statement.text
        == "SELECT a.*, DISTANCE(a.alpha, a.delta, b.target_ra, b.target_dec) AS separation, b.* FROM user_jdoe.mytable AS a JOIN jwst.main AS b ON DISTANCE(a.alpha, a.delta, b.target_ra, b.target_dec) < 0.0005"
    )
  }

  @Test(arguments: [
    ("a.b", "c.d", "xm", 10.1), ("a.b", "c.d", "xm", 0.05), ("a.b", "c.d", "xm", .nan), ("b", "c.d", "xm", 1),
    ("a.b", ".d", "xm", 1), ("a.b", "c.d", "s.xm", 1), ("a.b", "c.d", "", 1),
  ])
  func senselessMatches(first: String, second: String, table: String, radius: Double) async throws {
    let service = try PlusService([:])
    let match = CrossMatch(.init(first), .init(second), radius: radius)
    #expect(
      try await PlusService.failure { _ = try await service.client.crossMatch(match, into: table) }?.kind == .badRequest
    )
    #expect(service.requests.isEmpty)
  }

  @Test func quotesStayInTheirLiteral() throws {
    let query = try CrossMatch(.init("a.b'"), .init("c.d")).storing(in: "x'y")
    #expect(query.statement.text == "SELECT crossmatch_positional('a','b''','c','d',1.0, 'x''y') FROM dual;")
  }
}
