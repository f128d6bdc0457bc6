import ArgumentParser
import MASTArchive

struct MASTQuery: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "List observations and products.",
    discussion: """
      Prints three tables: the selected products, the observations they belong to, and a summary per observation number.

        webb mast query --propID 2731
        webb mast query --propID 1410 --sca a1 a2 --filetypes uncal rate
        webb mast query --instrument miri --lookbacktime 3
        webb mast query --propID 2731 --outrootdir /data/jwst --makewebpages
        webb mast query --propID 2731 --json | jq '.products[].productFilename'
      """)

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Web pages") var pages: WebPageArguments
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let isWhole = try await connection.withClient(talk: talk) { client, now in
      let plan = try await MASTSearch(
        search: search, layout: layout.layout, talk: talk, now: now, isForPages: pages.makewebpages
      ).run(client)
      try MASTReport(plan: plan, states: plan.states).print(asJSON: talk.json)
      return pages.make(plan: plan, root: layout.layout.root, now: now, talk: talk)
    }
    if !isWhole { throw ExitCode(1) }
  }
}
