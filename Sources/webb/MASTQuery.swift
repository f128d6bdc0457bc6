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
        webb mast query --target 'M 16' --radius 5arcmin --filter F335M --level 3
        webb mast query --propID 10472 --planned
        webb mast query --propID 2731 --json | jq '.products[].productFilename'
      """)

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Position") var position: PositionOptions
  @OptionGroup(title: "Products") var products: SelectionOptions
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    try await connection.withClient(talk: talk) { client, now in
      let findings = try await MASTSearch(
        search: search, position: position, products: products, layout: layout, talk: talk, now: now
      ).run(client)
      let report = MASTReport(findings: findings, states: findings.plan.states)
      try report.print(asJSON: talk.json)
      try report.save(layout)
      if !findings.plan.selection.products.isEmpty { talk.say(findings.plan.total) }
      if let note = findings.plan.rightsNote(now: now) { talk.say(note) }
    }
  }
}
