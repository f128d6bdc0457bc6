import ArgumentParser
import Foundation
import MASTArchive
import Reports
import SkyGeometry

/// A run of a drop-in program: search, tables, download, pages.
struct DropInRun {
  var parameters: DropInParameters

  /// Runs with the arguments of a command line.
  /// - Throws: an exit code of 1 when a file failed.
  static func main(_ program: DropInProgram, _ arguments: [String]) async throws {
    let given = try DropInArguments(arguments, for: program)
    if given.values["help"] != nil { return Console.print(DropInHelp.text(for: program)) }
    if given.values["version"] != nil { return Console.print(WebbVersion.text) }
    var configuration: DropInConfiguration?
    if let file = given.values["configfile"]?.words?.first ?? Environment["JWST_QUERY_CFGFILE"] {
      configuration = try DropInConfiguration(
        try LocalFile.text(file, limit: DropInConfiguration.sizeLimit), file: file,
        expansion: VariableExpansion { ProcessInfo.processInfo.environment[$0] })
    }
    let settings = DropInSettings(
      arguments: given, configured: configuration?.values ?? [:], token: Environment["MAST_API_TOKEN"])
    let parameters = try DropInParameters(program, settings, notes: configuration?.notes ?? [])
    try await DropInRun(parameters: parameters).run()
  }

  func run() async throws {
    let talk = try talk()
    for note in parameters.notes { talk.say("Note: \(note)") }
    let layout = try parameters.layout(absolutePath: Environment.absolutePath)
    let options = try downloadOptions()
    let failed = try await connection().withClient(talk: talk) { client, now in
      let search = DropInSearch(parameters: parameters, layout: layout, talk: talk, now: now)
      guard let plan = try await search.run(client) else { return 0 }
      let shown = parameters.checksDisk ? plan.states : plan.states.map { _ in .unchecked }
      let tables = DropInTables(plan: plan, states: shown, columns: parameters.columns)
      tables.print()
      try save(tables, root: layout.root, talk: talk)
      guard !plan.selection.products.isEmpty else { return 0 }
      guard parameters.program == .download, !parameters.skipsDownload else {
        return makePages(plan, layout, now, talk) ? 0 : 1
      }
      let run = DownloadRun(plan: plan, options: options, talk: talk, now: now)
      let states = try await run.states(client: client, root: layout.root)
      if states != plan.states {
        DropInTables(plan: plan, states: states, columns: parameters.columns).printDownloaded()
      }
      // Who declines the download wants no pages either; where nothing was left to download, pages are made.
      let isDeclined = states == plan.states && !plan.toFetch(clobber: options.clobber).isEmpty
      let hasPages = isDeclined || makePages(plan, layout, now, talk)
      return states.filter { $0 == .failed || $0 == .exclusive }.count + (hasPages ? 0 : 1)
    }
    if failed > 0 { throw ExitCode(1) }
  }

  private func save(_ tables: DropInTables, root: String, talk: TalkOptions) throws {
    guard let name = parameters.settings.text("savetables") else { return }
    let path = name.hasPrefix("/") ? name : root + "/" + name
    for file in try tables.save(beginning: path) { talk.say("Saved \(file)") }
  }

  /// - Returns: whether every page that was asked for could be made.
  private func makePages(
    _ plan: DownloadPlan, _ layout: OutputLayout, _ now: ModifiedJulianDate, _ talk: TalkOptions
  ) -> Bool {
    guard let options = parameters.webPages else { return true }
    return WebPages.make(options, plan: plan, root: layout.root, now: now, talk: talk)
  }

  private func talk() throws -> TalkOptions {
    var talk = try TalkOptions.parse([])
    talk.verbose = try parameters.settings.integer("verbose", in: 0...100) ?? 0
    talk.quiet = try parameters.settings.truth("quiet")
    return talk
  }

  private func downloadOptions() throws -> DownloadOptions {
    var options = try DownloadOptions.parse([])
    options.clobber = try parameters.settings.truth("clobber")
    options.yes = try parameters.settings.truth("yes")
    options.jobs = try parameters.settings.integer("jobs", in: 1...64) ?? options.jobs
    return options
  }

  private func connection() throws -> ConnectionOptions {
    let settings = parameters.settings
    var connection = try ConnectionOptions.parse([])
    connection.mastURL = settings.text("mast-url")
    connection.archive = settings.text("archive")
    connection.clock.now = settings.text("now")
    try connection.validate()
    try connection.clock.validate()
    // The environment's token is the connection's own business: it decides which hosts may see it.
    if case .environment = settings["token"].source {} else { connection.token = settings.text("token") }
    return connection
  }
}
