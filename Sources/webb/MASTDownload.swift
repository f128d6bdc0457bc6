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
        webb mast download --propID 2731 --filetypes fits jpg --outrootdir /data/jwst --makewebpages
      """)

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Download") var download: DownloadOptions
  @OptionGroup(title: "Web pages") var pages: WebPageArguments
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let isWhole = try await connection.withClient(talk: talk) { client, now in
      let plan = try await MASTSearch(
        search: search, layout: layout.layout, talk: talk, now: now, isForPages: pages.makewebpages
      ).run(client)
      if !talk.json { try MASTReport(plan: plan, states: plan.states).print(asJSON: false) }
      let run = DownloadRun(plan: plan, options: download, talk: talk)
      let states = try await run.states(client: client, root: layout.layout.root)
      if talk.json {
        try MASTReport(plan: plan, states: states).print(asJSON: true)
      } else if states != plan.states {
        MASTReport(plan: plan, states: states).printProducts(heading: "Downloaded products")
      }
      let isDeclined = states == plan.states && !plan.toFetch(clobber: download.clobber).isEmpty
      let hasPages =
        isDeclined && !download.skipdownload
        || pages.make(plan: plan, root: layout.layout.root, now: now, talk: talk)
      return hasPages && (download.skipdownload || !states.contains(.failed))
    }
    if !isWhole { throw ExitCode(1) }
  }
}
