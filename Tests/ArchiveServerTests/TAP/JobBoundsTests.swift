import Foundation
import LocalArchive
import SkyGeometry
import Synchronization
import TableIO
import TestSupport
import Testing

@testable import ArchiveServer

/// Jobs of clients that mean no good, and jobs on a bad day.
@Suite struct JobBoundsTests {
  private let tap: MadeUpService

  init() throws { tap = try MadeUpService() }

  @Test func jobsWithoutUserAreListedForTheClientThatMadeThem() async throws {
    let made = try await tap.send("POST", "/tap/async", form: "QUERY=ROWS 1&jobname=mine", client: "192.0.2.1")
    let job = "/tap/async/" + (try #require(made.response.header("Location")?.split(separator: "/").last))
    let id = String(job.split(separator: "/").last!)
    for path in ["/tap/async", "/tap/async?PHASE=PENDING", "/tap/jobs/async", "/tap/jobs/async?jobid=\(id)"] {
      for (client, isListed) in [("192.0.2.1", true), ("192.0.2.2", false), (nil, false)] {
        let list = try await tap.send("GET", path, client: client)
        #expect(list.status == 200)
        #expect(list.text.contains("<uws:jobs"))
        #expect(list.text.contains(id) == isListed, "\(path) \(client ?? "")")
      }
    }
    // Who knows the name sees the job.
    #expect(try await tap.get(job).status == 200)
    #expect(try await tap.send("POST", "/tap/deletejobs", form: "JOB_IDS=\(id)").status == 200)
    #expect(try await tap.get(job).status == 404)
  }

  @Test func parametersHaveABound() async throws {
    let tap = try MadeUpService { $0.jobParameterByteLimit = 1000 }
    let long = String(repeating: "x", count: 600)
    #expect(try await tap.send("POST", "/tap/async", form: "QUERY=\(long)\(long)").status == 413)
    let job = try await tap.job("QUERY=\(long)")
    #expect(try await tap.send("POST", job + "/parameters", form: "OTHER=\(long)").status == 413)
    #expect(try await tap.send("POST", job + "/parameters", form: "QUERY=\(long)x").status == 303)
  }

  @Test func searchesShowTheBeginningOfLongParameters() async throws {
    let query = String(repeating: "y", count: 30_000)
    _ = try await tap.job("QUERY=\(query)&jobname=long", headers: ["user": "ada"])
    let found = try await tap.get("/tap/jobs/async?jobname=long", headers: ["user": "ada"])
    #expect(found.text.contains("yyyy"))
    #expect(found.body.count < 20_000)
  }

  @Test func oneClientDoesNotTakeTheJobsOfAll() async throws {
    let tap = try MadeUpService { $0.clientJobLimit = 2 }
    func create(_ client: String?, _ headers: [String: String] = [:]) async throws -> Int {
      try await tap.send("POST", "/tap/async", form: "QUERY=ROWS 1", headers: headers, client: client).status
    }
    for _ in 0..<2 { #expect(try await create("192.0.2.1") == 303) }
    #expect(try await create("192.0.2.1") == 403)
    // Anybody may write this field where no proxy is announced.
    #expect(try await create("192.0.2.1", ["x-forwarded-for": "192.0.2.77"]) == 403)
    #expect(try await create("192.0.2.2") == 303)
    #expect(try await create("192.0.2.1", ["user": "ada"]) == 303)
    // One client has half an IPv6 address to choose from.
    #expect(try await create("2001:db8::1") == 303)
    #expect(try await create("2001:db8::2") == 303)
    #expect(try await create("2001:db8::3") == 403)
    #expect(try await create("2001:db8:0:1::3") == 303)
  }

  @Test func behindAProxyClientsAreTheProxysClients() async throws {
    let tap = try MadeUpService {
      $0.clientJobLimit = 1
      $0.publicURL = "https://archive.example"
    }
    func create(_ forwarded: String) async throws -> Int {
      try await tap.send(
        "POST", "/tap/async", form: "QUERY=ROWS 1", headers: ["x-forwarded-for": forwarded], client: "127.0.0.1"
      ).status
    }
    #expect(try await create("192.0.2.1") == 303)
    #expect(try await create("192.0.2.1") == 403)
    #expect(try await create("192.0.2.2") == 303)
    // What the client wrote itself stands before what the proxy adds.
    #expect(try await create("198.51.100.1, 192.0.2.2") == 403)
  }

  @Test func jobsThatNobodyStartsGoAfterAnHour() async throws {
    let job = try await tap.job("QUERY=ROWS 1&DESTRUCTION=2025-12-15T00:00:00Z")
    let started = try await tap.job("QUERY=ROWS 1&PHASE=RUN")
    let users = try await tap.job("QUERY=ROWS 1", headers: ["user": "ada"])
    #expect(try await tap.end(of: started) == "COMPLETED")
    tap.clock.advance(days: 0.9 / 24)
    for work in tap.routes.upkeep { work() }
    #expect(try await tap.get(job).status == 200)
    tap.clock.advance(days: 0.2 / 24)
    for work in tap.routes.upkeep { work() }
    #expect(try await tap.get(job).status == 404)
    #expect(try await tap.get(started).status == 200)
    #expect(try await tap.get(users, headers: ["user": "ada"]).status == 200)
  }

  @Test func filesOfAllJobsHaveABound() async throws {
    let tap = try MadeUpService { $0.jobFilesByteLimit = 2000 }
    let job = try await tap.job("QUERY=ROWS 200&FORMAT=csv&PHASE=RUN")
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").body.count > 1000)
    #expect(try await tap.send("POST", "/tap/async", form: "QUERY=ROWS 1").status == 503)
    #expect(try await tap.send("DELETE", job).status == 303)
    tap.clock.advance(days: 1.0 / 24)
    #expect(try await tap.send("POST", "/tap/async", form: "QUERY=ROWS 1").status == 303)
  }

  @Test func aTimeInThePastEndsAJobAtOnce() async throws {
    let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    let answer = try await tap.send("POST", job + "/destruction", form: "DESTRUCTION=2020-01-01T00:00:00Z")
    #expect(answer.status == 303)
    #expect(answer.response.header("Location") == "http://archive.example:8080/tap/async")
    await tap.until { $0 == 0 }
    #expect(try tap.store.job(String(job.split(separator: "/").last!)) == nil)
    let born = try await tap.job("QUERY=WAIT&PHASE=RUN&DESTRUCTION=2020-01-01T00:00:00Z")
    #expect(try await tap.get(born).status == 404)
    #expect(tap.source.open.value == 0)
  }

  @Test func upkeepStopsJobsWhoseTimeHasCome() async throws {
    let job = try await tap.job("QUERY=WAIT&PHASE=RUN")
    await tap.until { $0 > 0 }
    tap.clock.advance(days: 3.1)
    for work in tap.routes.upkeep { work() }
    await tap.until { $0 == 0 }
    #expect(try await tap.get(job).status == 404)
  }

  /// Another process holds the database for longer than SQLite waits.
  @Test func jobsEndAlthoughTheDatabaseIsHeld() async throws {
    let reports = Counter()
    let tap = try MadeUpService { $0.report = { _ in reports.add() } }
    let job = try await tap.job("QUERY=GATE&FORMAT=csv&PHASE=RUN")
    await tap.until { $0 > 0 }
    let other = try ArchiveStore.open(at: tap.path)
    try other.add(ArchiveUser(name: "ada"), password: "correct horse", salt: [UInt8](1...16))
    let (isHeld, release) = (Counter(), Counter())
    let holding = Task {
      try await onOwnThread {
        _ = try other.addUserTable("t", of: "ada", columns: [.init("n", .int)]) {
          isHeld.add()
          while release.value == 0 { usleep(5000) }
          return nil
        }
      }
    }
    while isHeld.value == 0 { try await Task.sleep(for: .milliseconds(5)) }
    tap.source.gate.add(1)
    while reports.value == 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try await tap.get(job + "/phase").text == "EXECUTING")
    release.add()
    try await holding.value
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").text.contains("row <0>"))
    try other.close()
  }

  private final class Counter: Sendable {
    private let state = Mutex(0)
    var value: Int { state.withLock { $0 } }
    func add() { state.withLock { $0 += 1 } }
  }
}

@Suite struct ClientNetworkTests {
  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "20:1:d:b8:0:1:0:2/64"),
    ("fe80::1%eth0", "fe:80:0:0:0:0:0:0/64"), ("example.org", nil), ("", nil), ("192.0.2.7:80", nil),
  ])
  func aClientIsItsNet(address: String, text: String?) { #expect(ClientNetwork(address)?.text == text) }
}
