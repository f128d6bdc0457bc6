import Foundation
import LocalArchive
import Testing

@Suite struct JobTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "webb-jobs-\(UUID().uuidString)").path

  private func withStore(_ body: (ArchiveStore) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try ArchiveStore.create(at: folder)
    try body(store)
    try store.close()
  }

  @Test(arguments: [
    (JobPhase.pending, JobPhase.queued, true), (.queued, .executing, true), (.executing, .completed, true),
    (.pending, .aborted, true), (.queued, .aborted, true), (.executing, .aborted, true), (.executing, .error, true),
    (.pending, .executing, false), (.queued, .pending, false), (.completed, .executing, false),
    (.aborted, .completed, false), (.error, .queued, false), (JobPhase(rawValue: "HELD"), .queued, false),
  ])
  func phasesOnlyGoForwards(from: JobPhase, to: JobPhase, isAllowed: Bool) {
    #expect(from.leads(to: to) == isAllowed)
  }

  @Test func noDurationIsNoLimit() {
    #expect(StoredJob(id: "1", created: 0).timeLimit == nil)
    #expect(StoredJob(id: "1", created: 0, executionDuration: 5).timeLimit == .seconds(5))
  }

  @Test func jobsAreKeptAsTheyAre() throws {
    try withStore { store in
      var job = StoredJob(
        id: "17A", owner: "ada", created: 5, executionDuration: 60, destruction: 99,
        parameters: [.init(name: "QUERY", value: "SELECT 'é' \"x\""), .init(name: "jobname", value: "mine")],
        parts: [.init(name: "t", file: "upload-1", fileName: "a.vot")])
      try store.add(job)
      #expect(try store.job("17A") == job)
      let changed = try store.updateJob("17A") { $0.enter(.queued, now: 6) && $0.enter(.executing, now: 7) }
      #expect(changed?.isChanged == true)
      let refused = try store.updateJob("17A") { $0.enter(.queued, now: 8) }
      #expect(refused?.isChanged == false)
      _ = try store.updateJob("17A") { job in
        job.result = .init(mediaType: "text/csv", fileEnding: ".csv", size: 3, rowCount: 1, isOverflow: true)
        return job.enter(.completed, now: 9)
      }
      job = try #require(try store.job("17A"))
      #expect(job.phase == .completed)
      #expect(job.started == 7 && job.ended == 9)
      #expect(job.result?.isOverflow == true)
      #expect(try store.job("17B") == nil)
      #expect(try store.updateJob("17B") { _ in true } == nil)
    }
  }

  @Test func jobsAreFound() throws {
    try withStore { store in
      for number in 1...6 {
        var job = StoredJob(
          id: "\(number)", owner: number > 4 ? "ada" : nil, created: Int64(number), destruction: Int64(number * 10),
          parameters: [
            .init(name: "QUERY", value: "SELECT \(number) FROM x"), .init(name: "jobname", value: "job \(number % 2)"),
          ])
        if number.isMultiple(of: 2) { _ = job.enter(.queued, now: 0) && job.enter(.executing, now: Int64(number)) }
        try store.add(job)
      }
      func ids(_ owner: String? = nil, _ change: (inout JobSelection) -> Void = { _ in }) throws -> [String] {
        var selection = JobSelection(owner: owner)
        change(&selection)
        let ids = try store.jobs(selection).map(\.id)
        #expect(try store.jobList(selection).map(\.id) == ids)
        return ids
      }
      #expect(try ids() == ["1", "2", "3", "4"])
      #expect(try ids("ada") == ["5", "6"])
      #expect(try ids { $0.phases = [.executing] } == ["2", "4"])
      #expect(try ids { $0.phases = [.executing, .pending] } == ["1", "2", "3", "4"])
      #expect(try ids { $0.createdAfter = 2 } == ["3", "4"])
      #expect(try ids { $0.name = "job 1" } == ["1", "3"])
      #expect(try ids { $0.query = "select 3" } == ["3"])
      #expect(try ids { $0.query = "' OR 1=1 --" } == [])
      #expect(try ids { $0.started = 3...9 } == ["4"])
      #expect(try ids { $0.id = "5" } == [])
      #expect(
        try ids {
          $0.isNewestFirst = true
          $0.limit = 2
          $0.offset = 1
        } == ["3", "2"])
      #expect(try store.jobCount(owner: "ada") == 2)
      #expect(try store.expiredJobs(now: 30) == ["1", "2", "3"])
      #expect(try store.expiredJobs(now: 0, unstartedSince: 3) == ["1"])
      #expect(try store.recoverJobs(now: 100) == [])
      #expect(try ids { $0.phases = [.error] } == ["2", "4"])
      #expect(try store.job("2")?.errorMessage?.contains("stopped") == true)
    }
  }

  @Test func listsNeedNoParameters() throws {
    try withStore { store in
      var job = StoredJob(id: "1", created: 5, parameters: [.init(name: "RunId", value: "mine")])
      job.client = "192.0.2.1"
      try store.add(job)
      try store.add(StoredJob(id: "2", owner: "ada", created: 6))
      let listed = try store.jobList(JobSelection(owner: nil))
      #expect(listed == [JobSummary(id: "1", owner: nil, phase: .pending, created: 5, runID: "mine")])
      #expect(try store.jobList(JobSelection(owner: "ada")).map(\.runID) == [nil])
      #expect(try store.job("1")?.client == "192.0.2.1")
      #expect(try store.jobCount(client: "192.0.2.1") == 1)
      #expect(try store.jobCount(client: "192.0.2.2") == 0)
      try store.createFolder(ofJob: "1")
      try Data(count: 100).write(to: URL(filePath: store.path(ofJobFile: "a", of: "1")))
      #expect(store.jobFilesByteCount() == 100)
      store.removeJobFile("a", of: "1")
      #expect(store.jobFilesByteCount() == 0)
    }
  }

  @Test func filesGoWithTheirJobs() throws {
    try withStore { store in
      try store.createJobsFolder()
      for id in ["1", "2"] { try store.createFolder(ofJob: id) }
      try store.add(StoredJob(id: "1", created: 0))
      // The other folder belongs to no job.
      try store.removeOrphanedJobFolders()
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.jobsPath) == ["1"])
      try Data("x".utf8).write(to: URL(filePath: store.path(ofJobFile: "result", of: "1")))
      #expect(try store.deleteJob("1"))
      #expect(try !store.deleteJob("1"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.jobsPath) == [])
      #expect(store.path(ofJobFile: "result", of: "../../etc") == store.jobsPath + "/______etc/result")
    }
  }

  @Test func oneTidiesUpAtATime() throws {
    try withStore { store in
      var lock = try store.lockJobs()
      #expect(lock != nil)
      #expect(try store.lockJobs() == nil)
      lock = nil
      #expect(try store.lockJobs() != nil)
    }
  }
}
