import ArgumentParser
import MASTArchive

struct MASTQuery: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "List observations and products.",
    discussion: """
      Prints three tables: the selected products, the observations they belong to, and a summary per observation number. With
      --format, --output or --table it writes one of them, with all columns of the archive, for other programs to read.

        webb mast query --propID 2731
        webb mast query --propID 1410 --sca a1 a2 --filetypes uncal rate
        webb mast query --instrument miri --lookbacktime 3
        webb mast query --propID 2731 --output products.vot
        webb mast query --propID 2731 --table observations --format csv
        webb mast query --target 'M 16' --radius 5arcmin --filter F335M --level 3
        webb mast query --propID 10472 --planned
        webb mast query --propID 2731 --outrootdir /data/jwst --makewebpages
        webb mast query --propID 2731 --json | jq '.products[].productFilename'
      """)

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Position") var position: PositionOptions
  @OptionGroup(title: "Products") var products: SelectionOptions
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Web pages") var pages: WebPageArguments
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions
  @OptionGroup(title: "Table") var output: TableOutputOptions

  @Option(
    help: "Which table to write: \(MASTTable.allCases.map(\.rawValue).joined(separator: ", ")). Default: products.")
  var table: MASTTable?

  func validate() throws {
    if talk.json, table != nil || output.isUsed {
      throw ValidationError("--json is a document of its own: leave out --format, --output and --table.")
    }
  }

  func run() async throws {
    // Wrong use is told before the archive is asked.
    let destination = table != nil || output.isUsed ? try TableOutput(output) : nil
    let isWhole = try await connection.withClient(talk: talk) { client, now in
      let findings = try await MASTSearch(
        search: search, position: position, products: products, layout: layout, talk: talk, now: now,
        isForPages: pages.makewebpages
      ).run(client)
      let report = MASTReport(findings: findings, states: findings.plan.states)
      if let destination {
        try destination.write(report.table(table ?? .products))
      } else {
        try report.print(asJSON: talk.json)
      }
      try report.save(layout)
      if !findings.plan.selection.products.isEmpty { talk.say(findings.plan.total) }
      if let note = findings.plan.rightsNote(now: now) { talk.say(note) }
      return pages.make(plan: findings.plan, root: try layout.outputLayout().root, now: now, talk: talk)
    }
    if !isWhole { throw ExitCode(1) }
  }
}
