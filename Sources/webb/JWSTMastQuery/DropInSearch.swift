import Holdings
import MASTArchive
import SkyGeometry

/// The search of a drop-in program, from its parameters to a plan of what goes where.
struct DropInSearch {
  var parameters: DropInParameters
  var layout: OutputLayout
  var talk: TalkOptions
  var now: ModifiedJulianDate

  /// Asks the archive and chooses.
  /// - Returns: the plan, `nil` when no observation was found.
  func run(_ client: MASTClient) async throws -> DownloadPlan? {
    let criteria = try parameters.observationCriteria(now: now)
    talk.say("Observations started within \(criteria.window.text).")
    if client.configuration.token != nil { talk.say("The archive knows you as \(try await client.whoAmI()).") }
    let observations =
      parameters.webPages == nil
      ? try await client.observations(matching: criteria) : try await client.observationsForPages(matching: criteria)
    talk.explain("\(observations.count) observations found.")
    if observations.isEmpty {
      talk.say("Nothing found: \(advice(criteria))")
      return nil
    }
    let progress = CountProgress(label: "Products of observations", total: observations.count, isSilent: talk.quiet)
    let products = try await client.products(of: observations) { progress.show($0) }
    progress.finish()

    let selection = ProductSelection(observations: observations, products: products, criteria: parameters.selection)
    for step in selection.steps { talk.explain("\(step.condition): \(step.after) of \(step.before) files") }
    if selection.products.isEmpty {
      let reason = selection.emptyingStep.map { ": \($0.condition) leaves none of \($0.before) files" } ?? ""
      talk.say("Nothing selected\(reason). The observations are those \(reach(criteria)).")
    }
    let plan = DownloadPlan(
      selection: selection, layout: layout, comparesSizes: parameters.comparesSizes, sizeOnDisk: LocalFile.size)
    for (_, error) in plan.refusals.sorted(by: { $0.key < $1.key }) { Console.report("Failed: \(error)") }
    return plan
  }

  /// How far the search went, with the option that widens it.
  private func reach(_ criteria: ObservationCriteria) -> String {
    if !parameters.dateSelect.isEmpty { return "that started within \(criteria.window.text) (-d, --date_select)" }
    guard parameters.lookback > 0 else { return "of all dates" }
    let days = parameters.lookback == 1 ? "day" : "\(DropInHelp.text(of: parameters.lookback)) days"
    return "of the last \(days) (-l DAYS searches further back, -l 0 all dates)"
  }

  private func advice(_ criteria: ObservationCriteria) -> String {
    let instruments =
      parameters.instruments.isEmpty ? "any instrument" : parameters.instruments.map(\.rawValue).joined(separator: ", ")
    let program = parameters.programNumber.map { "programme \($0)" } ?? "any programme"
    return "there are no observations of \(program) with \(instruments) among those \(reach(criteria))."
  }
}
