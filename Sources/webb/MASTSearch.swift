import Holdings
import MASTArchive
import SkyGeometry

/// The search that both commands begin with, told on standard error while it goes on.
struct MASTSearch {
  var search: SearchOptions
  var layout: OutputLayout
  var talk: TalkOptions
  var now: ModifiedJulianDate
  /// Whether web pages will be made of the result.
  var isForPages = false

  func run(_ client: MASTClient) async throws -> DownloadPlan {
    let criteria = try search.observationCriteria(now: now)
    talk.say("Searching \(description(criteria)), started within \(criteria.window.text).")
    if client.configuration.token != nil { talk.say("The archive knows you as \(try await client.whoAmI()).") }

    let observations =
      isForPages
      ? try await client.observationsForPages(matching: criteria) : try await client.observations(matching: criteria)
    talk.explain("\(observations.count) observations found.")
    let progress = CountProgress(label: "Products of observations", total: observations.count, isSilent: talk.quiet)
    let products = try await client.products(of: observations) { progress.show($0) }
    progress.finish()

    let selection = ProductSelection(observations: observations, products: products, criteria: search.selectionCriteria)
    talk.explain(
      "\(selection.all.count) files listed, \(selection.duplicateRows) repeated rows left out; "
        + selection.steps.map { "\($0.condition): \($0.after) of \($0.before)" }.joined(separator: "; "))
    if selection.products.isEmpty { talk.say(advice(criteria, found: observations.count, selection)) }
    let plan = DownloadPlan(selection: selection, layout: layout, sizeOnDisk: LocalFile.size)
    for (_, error) in plan.refusals.sorted(by: { $0.key < $1.key }) { Console.report("Failed: \(error)") }
    return plan
  }

  private func description(_ criteria: ObservationCriteria) -> String {
    let instruments =
      criteria.instruments.isEmpty ? "all instruments" : criteria.instruments.map(\.rawValue).joined(separator: ", ")
    let programs = criteria.programs.map(String.init).joined(separator: ", ")
    return (programs.isEmpty ? "all programmes" : "programme \(programs)") + " (\(instruments))"
  }

  /// Which condition to relax when nothing was found.
  private func advice(_ criteria: ObservationCriteria, found: Int, _ selection: ProductSelection) -> String {
    if found == 0 {
      var relaxations: [String] = []
      if !search.dateSelect.isEmpty {
        relaxations.append(
          "other dates with --date_select (one date alone means that very moment; write it with + for from then on)")
      } else if !criteria.window.isUnbounded {
        relaxations.append("a longer --lookbacktime" + (criteria.programs.isEmpty ? "" : " (0 for all dates)"))
      }
      if !criteria.programs.isEmpty { relaxations.append("another --propID") }
      if !criteria.instruments.isEmpty { relaxations.append("no --instrument") }
      if !criteria.modes.isEmpty { relaxations.append("no --obsmode") }
      return
        "Nothing found: no such observation started within \(criteria.window.text). Try \(relaxations.joined(separator: ", or "))."
    }
    guard let step = selection.emptyingStep else {
      return "Nothing found: the archive lists no files for the \(found) observations."
    }
    return "Nothing selected: of \(step.before) files, \(step.condition) leaves none. " + choices(step, selection)
  }

  /// What the condition that left nothing could have been.
  private func choices(_ step: ProductSelection.Step, _ selection: ProductSelection) -> String {
    func list(_ words: some Sequence<String>) -> String { Set(words).sorted().prefix(20).joined(separator: " ") }
    let files = selection.all
    return switch step.condition.split(separator: " ").first {
    case "--filetypes": "There are: \(list(files.compactMap { $0.fileType.map { String($0.dropFirst()) } }))."
    case "--calib_levels": "There are: \(list(files.compactMap { $0.product.calib_level.map(String.init) }))."
    case "--obsnums":
      "There are: \(Set(files.compactMap(\.obsnum)).sorted().prefix(40).map(String.init).joined(separator: " "))."
    case "--sca": "There are: \(list(files.compactMap { $0.detector?.sca }))."
    default: "Relax that condition."
    }
  }
}
