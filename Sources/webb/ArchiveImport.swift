import ArgumentParser
import Foundation
import LocalArchive

struct ArchiveImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import rows into a local archive.",
    discussion: """
      mast-keywords reads tables of MAST's keyword services (Mast.Jwst.Filtered.Nircam and its siblings) as CSV, plain or
      gzip, with any of their columns, and derives observations and products from them. Importing again changes nothing; a
      newer version of a file replaces an older one.

        webb archive import --archive DIR mast-keywords nircam.csv.gz miri.csv.gz
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case mastKeywords = "mast-keywords" }

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  @Argument(help: "What the files hold: mast-keywords.")
  var kind: Kind

  @Argument(help: "Files to read.")
  var files: [String]

  func run() throws {
    let store = try ArchiveStore.create(at: Environment.absolutePath(location.path()))
    let paths = files.map(Environment.absolutePath)
    let bytes = paths.reduce(0) { $0 + max(0, LocalFile.size($1) ?? 0) }
    let progress = CountProgress(label: "Kilobytes read", total: Int(bytes / 1000), isSilent: talk.quiet)
    let report = try store.importMASTKeywords(paths: paths, on: Environment.now) {
      progress.show(Int($0.byteCount / 1000))
    }
    progress.finish()
    for issue in report.issues { Console.report("Skipped \(issue)") }
    if report.issueCount > report.issues.count {
      Console.report("… and \(report.issueCount - report.issues.count) more rows.")
    }
    if talk.json {
      Console.print(
        """
        {"rows":\(report.rowCount),"new":\(report.newCount),"known":\(report.knownCount),"history":\(report.historyCount),\
        "skipped":\(report.issueCount)}
        """)
    } else {
      Console.print(
        "\(report.rowCount) rows read: \(report.newCount) files new or newer, \(report.knownCount) already known, "
          + "\(report.historyCount) older versions, \(report.issueCount) rows skipped.")
    }
  }
}
