import ArgumentParser
import MASTArchive

struct MASTDownload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download",
    abstract: "List products, and fetch those that are not there yet.",
    discussion: """
      A file gets its name only when its length, and its MD5 where MAST knows one, are right; what was interrupted goes on
      where it stopped when the command is run again. The exit code is 1 when any file failed; the others are fetched all the same.

        webb mast download --propID 2731 --outrootdir /data/jwst
        webb mast download --propID 1410 --obsnums 20 --filetypes cal cal.jpg --yes --jobs 8
        webb mast download --propID 2731 --level 3 --layout '{program}/{filter}/{file}' --dry-run
        webb mast download --propID 2731 --filetypes fits jpg --outrootdir /data/jwst --makewebpages
      """)

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Position") var position: PositionOptions
  @OptionGroup(title: "Products") var products: SelectionOptions
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Download") var download: DownloadOptions
  @OptionGroup(title: "Web pages") var pages: WebPageArguments
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let isWhole = try await connection.withClient(talk: talk) { client, now in
      let findings = try await MASTSearch(
        search: search, position: position, products: products, layout: layout, talk: talk, now: now,
        isForPages: pages.makewebpages
      ).run(client)
      let plan = findings.plan
      let root = try layout.outputLayout().root
      let report = MASTReport(findings: findings, states: plan.states)
      if !talk.json { try report.print(asJSON: false) }
      try report.save(layout)
      let run = DownloadRun(plan: plan, options: download, talk: talk, now: now)
      let states = try await run.states(client: client, root: root)
      let after = MASTReport(findings: findings, states: states)
      if talk.json {
        try after.print(asJSON: true)
      } else if states != plan.states {
        after.printProducts(heading: "Downloaded products")
      }
      if states != plan.states { try after.save(layout) }
      let isDeclined = states == plan.states && !plan.toFetch(clobber: download.clobber).isEmpty
      let hasPages =
        isDeclined && !download.onlyLists || pages.make(plan: plan, root: root, now: now, talk: talk)
      return hasPages && (download.onlyLists || !states.contains { $0 == .failed || $0 == .exclusive })
    }
    if !isWhole { throw ExitCode(1) }
  }
}
