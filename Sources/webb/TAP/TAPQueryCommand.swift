import ArgumentParser
import ESAArchive
import TAP

struct TAPQueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Run an ADQL query, at once or as a job, and write its rows.",
    discussion: """
      The rows are written only when the whole answer has arrived. An answer that the service has cut is told on standard error.

        webb tap query "SELECT TOP 9 * FROM jwst.main" --output rows.csv
        webb tap query --async --file query.adql --format ecsv
        webb tap query "SELECT * FROM tap_upload.mine" --upload mine=stars.fits
        webb tap query --background "SELECT * FROM jwst.main"
      """)

  @OptionGroup var question: QueryOptions

  @Flag(name: .customLong("async"), help: "Run it as a job, for answers that take long or are large.")
  var isJob = false

  @Flag(help: "Start a job, print its identifier and do not wait; fetch it with webb tap results.")
  var background = false

  @Option(name: .customLong("job-name"), help: "A name for the job, by which TAP+ services find it again.")
  var jobName: String?

  @Option(name: .customLong("run-id"), help: "A label that the service keeps with the query (RUNID).")
  var runID: String?

  @Option(help: "Query language (LANG).")
  var lang = "ADQL"

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    var query = TAPQuery(
      "\(raw: try question.text())", maxRows: question.maxRows, format: "votable", runID: runID, jobName: jobName)
    query.language = lang
    query.uploads = question.upload.map { upload in
      TAPUpload(name: upload.name, content: upload.path.contains("://") ? .url(upload.path) : .file(path: upload.path))
    }
    let job = isJob, isInBackground = background, talk = talk
    let rows = try ResultOutput(
      output: output, talk: talk, limit: .init(option: "--max-rows", rows: question.maxRows), isJob: isJob)
    let jobTalk = JobTalk(talk)
    let result = try await service.withArchive(talk: talk) { [query] archive -> TAPResult? in
      if isInBackground {
        Console.print(try await archive.tap.submit(query))
        return nil
      }
      if job {
        return try await archive.tap.runAsync(query, patience: archive.configuration.jobPatience) {
          jobTalk.show($0, $1)
        }
      }
      return try await archive.tap.query(query)
    }
    if let result { try rows.write(result) }
  }
}
