import LocalArchive
import SkyGeometry
import TableIO
import Testing

@testable import ArchiveServer

@Suite struct JobTests {
  private let tap: MadeUpService

  init() throws { tap = try MadeUpService() }

  @Test func aJobRunsWhenItIsTold() async throws {
    let job = try await tap.job("QUERY=ROWS 3&LANG=ADQL&REQUEST=doQuery&RUNID=run 1&FORMAT=csv")
    #expect(try await tap.get(job + "/phase").text == "PENDING")
    #expect(try await tap.get(job + "/phase").type == "text/plain; charset=utf-8")
    #expect(try await tap.get(job + "/results/result").status == 404)
    let document = try await tap.get(job).text
    #expect(document.contains("<uws:job xmlns:uws=\"http://www.ivoa.net/xml/UWS/v1.0\""))
    #expect(document.contains("version=\"1.1\""))
    #expect(document.contains("<uws:runId>run 1</uws:runId>"))
    #expect(document.contains("<uws:parameter id=\"REQUEST\">doQuery</uws:parameter>"))

    let started = try await tap.send("POST", job + "/phase", form: "PHASE=RUN")
    #expect(started.status == 303)
    #expect(started.response.header("Location") == "http://archive.example:8080" + job)
    #expect(try await tap.end(of: job) == "COMPLETED")
    let result = try await tap.get(job + "/results/result")
    #expect(result.type == "text/csv;header=present")
    #expect(result.text == "number,name\n0,row <0>\n1,row <1>\n2,row <2>\n")
    let part = try await tap.get(job + "/results/result", headers: ["range": "bytes=0-5"])
    #expect(part.status == 206)
    #expect(part.text == "number")
    #expect(
      try await tap.get(job).text.contains("/results/result\" size=\"\(result.body.count)\" mime-type=\"text/csv"))
    #expect(try await tap.get(job + "/error").status == 404)
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=RUN").status == 403)
    #expect(try await tap.send("POST", job + "/parameters", form: "QUERY=ROWS 4").status == 403)
  }

  @Test func runningAtOnceIsHonoured() async throws {
    let answer = try await tap.send("POST", "/server/tap/async", form: "QUERY=ROWS 2&PHASE=RUN&tapclient=X&FORMAT=csv")
    #expect(answer.status == 303)
    let location = try #require(answer.response.header("Location"))
    #expect(location.hasPrefix("http://archive.example:8080/server/tap/async/"))
    let job = "/server/tap/async/" + location.split(separator: "/").last!
    #expect(try await tap.end(of: job) == "COMPLETED")
    // TapPlus looks for the format under its name in lower case.
    #expect(try await tap.get(job).text.contains("<uws:parameter id=\"format\">csv</uws:parameter>"))
  }

  @Test func parametersMayChangeUntilTheStart() async throws {
    let job = try await tap.job("QUERY=ROWS 1&RUNID=a")
    #expect(try await tap.send("POST", job + "/parameters", form: "query=ROWS 2&RUNID=b").status == 303)
    // TAP+ sends them to the job itself.
    #expect(try await tap.send("POST", job, form: "MAXREC=1").status == 200)
    let parameters = try await tap.get(job + "/parameters").text
    #expect(parameters.contains("<uws:parameter id=\"RUNID\">b</uws:parameter>"))
    #expect(!parameters.contains("ROWS 1"))
    #expect(try await tap.get(job + "/parameters/MAXREC").text == "1")
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=RUN").status == 303)
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").table().isOverflow)
  }

  @Test(arguments: ["QUERY=DUFF QUERY&LANG=ADQL", "QUERY=ROWS 1&LANG=OOBLECK", "LANG=ADQL", "QUERY=BREAK 9000"])
  func whatIsWrongIsAJobThatFails(form: String) async throws {
    let job = try await tap.job(form + "&PHASE=RUN")
    let phase = try await tap.end(of: job)
    #expect(phase == (form.contains("BREAK") ? "ABORTED" : "ERROR"))
    let error = try await tap.get(job + "/error")
    #expect(error.status == 200)
    #expect(error.text.contains("<INFO name=\"QUERY_STATUS\" value=\"ERROR\">"))
    #expect(try await tap.get(job).text.contains("<uws:errorSummary type=\"fatal\" hasDetail=\"true\">"))
    let result = try await tap.get(job + "/results/result")
    #expect(result.status == (phase == "ERROR" ? 303 : 404))
  }

  @Test func stoppingStopsTheQuery() async throws {
    let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    #expect(try await tap.get(job + "/phase").text == "EXECUTING")
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=ABORT").status == 303)
    #expect(try await tap.get(job + "/phase").text == "ABORTED")
    await tap.until { $0 == 0 }
    #expect(try await tap.get(job + "/phase").text == "ABORTED")
    #expect(try await tap.get(job + "/error").status == 404)
  }

  @Test(arguments: [true, false])
  func deletedJobsAreGone(byMethod: Bool) async throws {
    let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    let answer =
      byMethod ? try await tap.send("DELETE", job) : try await tap.send("POST", job, form: "ACTION=DELETE")
    #expect(answer.status == 303)
    #expect(answer.response.header("Location") == "http://archive.example:8080/tap/async")
    #expect(try await tap.get(job).status == 404)
    await tap.until { $0 == 0 }
    #expect(try await tap.get(job + "/phase").status == 404)
  }

  @Test func longPollsEndWithTheJob() async throws {
    let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    let tap = tap
    let waiting = (0..<50).map { _ in Task { try await tap.get(job + "?WAIT=-1&PHASE=EXECUTING").text } }
    // Fifty who wait keep nobody from asking.
    #expect(try await tap.get("/tap/sync?QUERY=ROWS+1").status == 200)
    // Another phase than the job's is answered at once.
    #expect(try await tap.get(job + "?WAIT=40&PHASE=QUEUED").text.contains("<uws:phase>EXECUTING</uws:phase>"))
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=ABORT").status == 303)
    for answer in waiting { #expect(try await answer.value.contains("<uws:phase>ABORTED</uws:phase>")) }
    #expect(try await tap.get(job + "?WAIT=40").text.contains("ABORTED"))
    #expect(try await tap.get(try await tap.job("QUERY=ROWS 1") + "?WAIT=0").text.contains("PENDING"))
    #expect(try await tap.get(try await tap.job("QUERY=ROWS 1") + "?WAIT=soon").status == 400)
  }

  @Test func jobsWaitForTheirTurn() async throws {
    let tap = try MadeUpService {
      $0.jobWidth = 1
      $0.jobLine = 1
    }
    let first = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    let second = try await tap.job("QUERY=ROWS 1&PHASE=RUN")
    #expect(try await tap.get(second + "/phase").text == "QUEUED")
    let third = try await tap.job("QUERY=ROWS 1&PHASE=RUN")
    #expect(try await tap.end(of: third) == "ERROR")
    #expect(try await tap.send("POST", first + "/phase", form: "PHASE=ABORT").status == 303)
    #expect(try await tap.end(of: second) == "COMPLETED")
  }

  @Test func timesAndLimitsCanBeSet() async throws {
    let job = try await tap.job("QUERY=ROWS 1")
    #expect(try await tap.get(job + "/executionduration").text == "600")
    #expect(try await tap.get(job + "/destruction").text == "2025-11-24T00:00:00.000Z")
    #expect(try await tap.get(job + "/quote").text == "")
    #expect(try await tap.send("POST", job + "/executionduration", form: "EXECUTIONDURATION=99999").status == 303)
    #expect(try await tap.get(job + "/executionduration").text == "3600")
    #expect(try await tap.send("POST", job + "/destruction", form: "DESTRUCTION=2099-01-01T00:00:00Z").status == 303)
    #expect(try await tap.get(job + "/destruction").text == "2025-12-21T00:00:00.000Z")
    #expect(try await tap.send("POST", job + "/destruction", form: "DESTRUCTION=tomorrow").status == 400)
    let document = try await tap.get(job).text
    #expect(document.contains("<uws:destruction>2025-12-21T00:00:00.000Z</uws:destruction>"))
    #expect(document.contains("<uws:executionDuration>3600</uws:executionDuration>"))
  }

  @Test func jobsExpire() async throws {
    let job = try await tap.job("QUERY=ROWS 1&PHASE=RUN")
    let kept = try await tap.job("QUERY=ROWS 1&PHASE=RUN", headers: ["user": "ada"])
    #expect(try await tap.end(of: job) == "COMPLETED")
    let id = String(job.split(separator: "/").last!)
    let file = tap.store.path(ofJobFile: "result", of: id)
    #expect(OpenFile(path: file) != nil)
    tap.clock.advance(days: 2.9)
    #expect(try await tap.get(job).status == 200)
    tap.clock.advance(days: 0.2)
    #expect(try await tap.get(job).status == 404)
    // What a server does from time to time.
    for work in tap.routes.upkeep { work() }
    #expect(OpenFile(path: file) == nil)
    #expect(try tap.store.job(id) == nil)
    #expect(try await tap.get(kept, headers: ["user": "ada"]).status == 200)
  }

  @Test func jobsBelongToTheirUsers() async throws {
    let job = try await tap.job("QUERY=ROWS 1", headers: ["user": "ada"])
    #expect(try await tap.get(job).status == 403)
    #expect(try await tap.get(job, headers: ["user": "bob"]).status == 403)
    #expect(try await tap.send("DELETE", job).status == 403)
    #expect(try await tap.get(job + "/owner", headers: ["user": "ada"]).text == "ada")
    let id = job.split(separator: "/").last!
    #expect(try await !tap.get("/tap/async").text.contains(id))
    #expect(try await tap.get("/tap/async", headers: ["user": "ada"]).text.contains(id))
    #expect(try await tap.send("POST", "/tap/deletejobs", form: "JOB_IDS=\(id)").status == 403)
  }

  @Test func listsAreFiltered() async throws {
    let ada = ["user": "ada"]
    let done = try await tap.job("QUERY=ROWS 1&PHASE=RUN", headers: ada)
    #expect(try await tap.end(of: done, headers: ada) == "COMPLETED")
    tap.clock.advance(days: 0.5)
    let fresh = try await tap.job("QUERY=ROWS 2&jobname=second&RUNID=r2", headers: ada)
    func ids(_ filter: String) async throws -> [String] {
      let text = try await tap.get("/tap/async" + filter, headers: ada).text
      return text.split(separator: "jobref id=\"").dropFirst().map { "/tap/async/" + $0.prefix { $0 != "\"" } }
    }
    #expect(try await ids("") == [done, fresh])
    #expect(try await ids("?PHASE=PENDING") == [fresh])
    #expect(try await ids("?PHASE=PENDING&PHASE=COMPLETED") == [done, fresh])
    #expect(try await ids("?PHASE=ARCHIVED") == [])
    #expect(try await tap.get("/tap/async", headers: ada).text.contains("<uws:runId>r2</uws:runId>"))
    #expect(try await ids("?LAST=1") == [fresh])
    #expect(try await ids("?AFTER=2025-11-21T06:00:00Z") == [fresh])
    #expect(try await tap.get("/tap/async?LAST=-1", headers: ada).status == 400)
    let found = try await tap.get("/tap/jobs/async?jobname=second&metadata_only=True", headers: ada).text
    #expect(found.contains("<uws:name>second</uws:name>"))
    #expect(found.ranges(of: "<uws:jobId>").count == 1)
    #expect(try await tap.get("/tap/jobs/async?phaseid=COMPLETED", headers: ada).text.contains("ROWS 1"))
    let names = [done, fresh].map { $0.split(separator: "/").last! }.joined(separator: ",")
    #expect(try await tap.send("POST", "/tap/deletejobs", form: "JOB_IDS=\(names),unknown", headers: ada).status == 200)
    #expect(try await ids("") == [])
  }

  @Test func aUserHasAsManyJobsAsMayBe() async throws {
    let tap = try MadeUpService { $0.jobLimit = 1 }
    _ = try await tap.job("QUERY=ROWS 1")
    #expect(try await tap.send("POST", "/tap/async", form: "QUERY=ROWS 1").status == 403)
    _ = try await tap.job("QUERY=ROWS 1", headers: ["user": "ada"])
  }

  @Test func aServerThatStoppedLeavesNoJobAtWork() async throws {
    let waiting = StoredJob(
      id: "1Q", created: tap.clock.now.unixMilliseconds, executionDuration: 5,
      parameters: [.init(name: "QUERY", value: "ROWS 2")])
    var queued = waiting
    var executing = StoredJob(id: "1E", created: tap.clock.now.unixMilliseconds)
    let entered = [
      queued.enter(.queued, now: 1), executing.enter(.queued, now: 1), executing.enter(.executing, now: 2),
    ]
    #expect(entered == [true, true, true])
    try tap.store.add(queued)
    try tap.store.add(executing)
    // What a new service does when it begins.
    try tap.service.recoverJobs()
    #expect(try await tap.get("/tap/async/1E/phase").text == "ERROR")
    #expect(try await tap.get("/tap/async/1E/error").text.contains("stopped"))
    #expect(try await tap.end(of: "/tap/async/1Q") == "COMPLETED")
    #expect(try await tap.get("/tap/async/1Q/results/result").table().rowCount == 2)
  }

  @Test func oddRequestsAreRefused() async throws {
    let job = try await tap.job("QUERY=ROWS 1")
    #expect(try await tap.get("/tap/async/../../etc/passwd").status == 404)
    #expect(try await tap.get("/tap/async/%2e%2e").status == 404)
    #expect(try await tap.get(job + "/nothing").status == 404)
    #expect(try await tap.get(job + "/results/../../../tokens.json").status == 404)
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=JUMP").status == 400)
    #expect(try await tap.send("POST", job + "/phase", form: "").status == 400)
    #expect(try await tap.send("DELETE", job + "/phase").status == 405)
    #expect(try await tap.send("DELETE", "/tap/async").status == 405)
    #expect(try await tap.send("DELETE", "/tap/tables").status == 405)
    #expect(try await tap.get("/tap/nothing").status == 404)
    #expect(try await tap.get("/tap/deletejobs").status == 405)
  }
}
