import ArgumentParser
import ESAArchive

struct TAPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tap",
    abstract: "Ask any TAP service in ADQL: queries, jobs, uploads, tables. Default: ESA's JWST archive.",
    discussion: """
        webb tap query "SELECT TOP 10 observationid, target_name FROM jwst.main"
        webb tap query --url http://dc.g-vo.org/tap "SELECT TOP 5 * FROM arihip.main"
        webb tap tables --url http://dc.g-vo.org/tap
      """,
    subcommands: [
      TAPQueryCommand.self, TAPTables.self, TAPTableCommand.self, TAPService.self, TAPExamples.self, TAPJobs.self,
      TAPJob.self, TAPResults.self, TAPAbort.self, TAPRemove.self, TAPUploadCommand.self, TAPUserTable.self,
      TAPShare.self, TAPGroup.self, TAPLinks.self,
    ])
}
