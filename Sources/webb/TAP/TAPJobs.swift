import ArgumentParser
import ESAArchive
import TAP
import TableIO

struct TAPJobs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "List the jobs that a service keeps for the user.",
    discussion: """
        webb tap jobs --phase EXECUTING QUEUED
        webb tap jobs --name survey          # TAP+: jobs of this name
      """)

  @Option(parsing: .upToNextOption, help: "Only jobs in these phases.")
  var phase: [String] = []

  @Option(help: "Only jobs created after this moment, for example 2026-01-31T12:00:00Z.")
  var after: String?

  @Option(help: "Only the last so many.")
  var last: Int?

  @Option(help: "Only jobs of this name (TAP+).")
  var name: String?

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if name != nil, after != nil || last != nil {
      throw ValidationError("--name is a search of its own: leave out --after and --last.")
    }
    if let last, last < 1 { throw ValidationError("--last \(last) is not a number of jobs.") }
  }

  func run() async throws {
    let phases = phase.map { UWSPhase(rawValue: $0) }
    let (after, last, name) = (after, last, name)
    let jobs = try await service.withArchive(talk: talk) { archive in
      guard let name else { return try await archive.tap.jobs(phases: phases, after: after, last: last) }
      var filter = JobFilter()
      filter.jobName = name
      return try await archive.plus.searchJobs(filter).filter { phases.isEmpty || phases.contains($0.phase) }
    }
    try ResultOutput(output: output, talk: talk).write(try JobTable.table(jobs))
  }
}

struct TAPJob: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "Tell about one job: phase, times, parameters, error.",
    discussion: "  webb tap job 1635853688471D")

  @Argument(help: "The job's identifier.")
  var id: String

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let id = id
    let job = try await service.withArchive(talk: talk) { try await $0.tap.job(id) }
    var table = Table(columns: [.text("property"), .text("value")], name: "job")
    let facts: [(String, String?)] =
      [
        ("id", job.id), ("phase", job.phase.rawValue), ("name", job.name), ("run id", job.runID),
        ("owner", job.ownerID),
        ("created", job.creationTime), ("started", job.startTime), ("ended", job.endTime),
        ("execution limit (s)", job.executionDuration.map(String.init)), ("deleted after", job.destruction),
      ] + job.parameters.map { ($0.id, $0.value) } + job.results.map { ("result " + $0.id, $0.href) } + [
        ("error", job.errorSummary?.message)
      ]
    for (name, value) in facts {
      if let value, !value.isEmpty { try table.append(row: [name, value]) }
    }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}

/// Jobs as a table.
enum JobTable {
  static func table(_ jobs: [UWSJob]) throws -> Table {
    var table = Table(
      columns: ["jobid", "phase", "name", "owner", "creation_time", "query"].map { .text($0) }, name: "jobs")
    for job in jobs {
      try table.append(row: [
        job.id, job.phase.rawValue, job.name, job.ownerID, job.creationTime, job.parameter("query"),
      ])
    }
    return table
  }
}

struct TAPResults: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Wait for a job and write its rows.",
    discussion: "  webb tap results 1635853688471D --output rows.fits")

  @Argument(help: "The job's identifier.")
  var id: String

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let id = id, talk = talk
    let rows = try ResultOutput(output: output, talk: talk)
    let result = try await service.withArchive(talk: talk) { archive in
      try await archive.tap.result(of: id, waitingAtMost: archive.configuration.jobPatience) {
        talk.explain("Job \(id): \($0)")
      }
    }
    try rows.write(result)
  }
}

struct TAPAbort: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "Stop a job; what it did stays listed.")

  @Argument(help: "The job's identifier.")
  var id: String

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let id = id
    let phase = try await service.withArchive(talk: talk) { archive in
      try await archive.tap.abort(id)
      return try await archive.tap.phase(of: id)
    }
    // A job that was finished before stays as it was.
    talk.say(phase == .aborted ? "Aborted \(id)." : "Job \(id) is \(phase).")
  }
}

struct TAPRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Delete jobs with their results.",
    discussion: "  webb tap remove 1635853688471D 1635853688472O")

  @Argument(help: "Identifiers of jobs.")
  var ids: [String]

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws { if ids.isEmpty { throw ValidationError("Name the jobs to remove.") } }

  func run() async throws {
    let (ids, talk) = (ids, talk)
    let failed = try await service.withArchive(talk: talk) { archive in
      var failed = 0
      for (index, id) in ids.enumerated() {
        do {
          try await archive.tap.delete(id)
          talk.say("Removed \(id).")
        } catch let error as TAPError where error.status == 405 || error.status == 501 {
          // ESA's service has its own way, for many jobs at once.
          let rest = Array(ids[index...])
          try await archive.plus.removeJobs(rest)
          talk.say("Removed \(rest.joined(separator: ", ")).")
          break
        } catch let error as TAPError where error.jobID != nil && error.kind != .transport {
          failed += 1
          Console.report("Not removed: \(Failure.sentence(error))")
        }
      }
      return failed
    }
    if failed > 0 { throw Failure(message: "\(failed) of \(ids.count) jobs were not removed.") }
  }
}
