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

  @Argument(help: "The query; - reads it from standard input.")
  var adql: String?

  @Option(help: "Read the query from this file.")
  var file: String?

  @Flag(name: .customLong("async"), help: "Run it as a job, for answers that take long or are large.")
  var isJob = false

  @Flag(help: "Start a job, print its identifier and do not wait; fetch it with webb tap results.")
  var background = false

  @Option(
    name: .customLong("max-rows"), help: "Take at most this many rows (MAXREC). Default: the service's own limit.")
  var maxRows: Int?

  @Option(
    help:
      "A table to send along, as NAME=FILE in any format of webb table; the query sees it as tap_upload.NAME. Repeatable."
  )
  var upload: [String] = []

  @Option(name: .customLong("job-name"), help: "A name for the job, by which TAP+ services find it again.")
  var jobName: String?

  @Option(name: .customLong("run-id"), help: "A label that the service keeps with the query (RUNID).")
  var runID: String?

  @Option(help: "Query language (LANG).")
  var lang = "ADQL"

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    guard (adql == nil) != (file == nil) else {
      throw ValidationError("Give the query, or --file with a file that holds it.")
    }
    if let maxRows, maxRows < 0 { throw ValidationError("--max-rows \(maxRows) is not a number of rows.") }
    for upload in upload where upload.split(separator: "=", maxSplits: 1).count != 2 {
      throw ValidationError("--upload \(upload) is not NAME=FILE.")
    }
  }

  func run() async throws {
    var query = TAPQuery(
      "\(raw: try QueryText.read(argument: adql, file: file))", maxRows: maxRows, format: "votable", runID: runID,
      jobName: jobName)
    query.language = lang
    query.uploads = upload.map { upload in
      let parts = upload.split(separator: "=", maxSplits: 1).map(String.init)
      return TAPUpload(name: parts[0], content: parts[1].contains("://") ? .url(parts[1]) : .file(path: parts[1]))
    }
    let job = isJob, isInBackground = background, talk = talk
    let rows = try ResultOutput(
      output: output, talk: talk, limit: .init(option: "--max-rows", rows: maxRows), isJob: isJob)
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
