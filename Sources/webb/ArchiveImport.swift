import ArgumentParser
import Foundation
import Holdings
import LocalArchive
import TableIO

struct ArchiveImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import rows into a local archive.",
    discussion: """
      mast-keywords reads tables of MAST's keyword services (Mast.Jwst.Filtered.Nircam and its siblings) as CSV, plain or
      gzip, with any of their columns, and derives observations and products from them. Importing again changes nothing; a
      newer version of a file replaces an older one.

      mast-observations and mast-products read rows of MAST's catalogue (Mast.Caom.Filtered, Mast.Caom.Products) as CSV, with
      any of their columns: what the portal exports, or webb mast query --format csv writes.

        webb archive import --archive DIR mast-keywords nircam.csv.gz miri.csv.gz
        webb archive import --archive DIR mast-observations observations.csv
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case mastKeywords = "mast-keywords"
    case mastObservations = "mast-observations"
    case mastProducts = "mast-products"
  }

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  @Argument(help: "What the files hold: mast-keywords, mast-observations or mast-products.")
  var kind: Kind

  @Argument(help: "Files to read.")
  var files: [String]

  func run() throws {
    if location.archive == "sample" {
      throw Failure.usage("The sample archive is made, not imported into: name a folder of your own with --archive.")
    }
    let paths = files.map(Environment.absolutePath)
    for path in paths where !FileManager.default.isReadableFile(atPath: path) {
      throw Failure.usage("\(path) cannot be read: check the path and its permissions. Nothing was imported.")
    }
    let bytes = paths.reduce(0) { $0 + max(0, LocalFile.size($1) ?? 0) }
    let progress = CountProgress(label: "Kilobytes read", total: Int(bytes / 1000), isSilent: talk.quiet)
    let store = try ArchiveStore.create(at: Environment.absolutePath(location.archive))
    let show = { (state: ImportProgress) in progress.show(Int(state.byteCount / 1000)) }
    let report =
      switch kind {
      case .mastKeywords: try store.importMASTKeywords(paths: paths, on: location.clock.date(), progress: show)
      case .mastObservations:
        try store.importMASTRows(Observation.self, paths: paths, on: location.clock.date(), progress: show)
      case .mastProducts: try store.importMASTRows(Product.self, paths: paths, progress: show)
      }
    progress.finish()
    for issue in report.issues { Console.report("Skipped \(issue)") }
    if report.issueCount > report.issues.count {
      Console.report("… and \(report.issueCount - report.issues.count) more rows.")
    }
    Console.print(talk.json ? json(report).jsonText : text(report))
    if report.issueCount > 0 && report.issueCount == report.rowCount { throw ExitCode(1) }
  }

  private func text(_ report: ImportReport) -> String {
    guard kind == .mastKeywords else {
      return
        "\(report.rowCount) rows read: \(report.newCount) added or brought up to date, \(report.issueCount) skipped."
    }
    return "\(report.rowCount) rows read: \(report.newCount) files new or newer, \(report.knownCount) already known, "
      + "\(report.historyCount) older versions, \(report.issueCount) rows skipped."
  }

  private func json(_ report: ImportReport) -> JSONValue {
    .object([
      "rows": .integer(Int64(report.rowCount)), "new": .integer(Int64(report.newCount)),
      "known": .integer(Int64(report.knownCount)),
      "history": .integer(Int64(report.historyCount)), "skipped": .integer(Int64(report.issueCount)),
      "issues": .array(
        report.issues.map {
          .object(["file": .string($0.file), "line": .integer(Int64($0.line)), "reason": .string($0.reason)])
        }),
    ])
  }
}
