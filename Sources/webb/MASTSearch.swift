import Holdings
import MASTArchive
import SkyGeometry

/// The search that both commands begin with, told on standard error while it goes on.
struct MASTSearch {
  var search: SearchOptions
  var layout: OutputLayout
  var talk: TalkOptions
  var now: ModifiedJulianDate

  func run(_ client: MASTClient) async throws -> DownloadPlan {
    let criteria = try search.observationCriteria(now: now)
    talk.say("Searching \(description(criteria)), started within \(criteria.window.text).")
    if client.configuration.token != nil { talk.say("MAST knows you as \(try await client.whoAmI()).") }

    let observations = try await client.observations(matching: criteria)
    talk.explain("\(observations.count) observations found.")
    let progress = CountProgress(label: "Products of observations", total: observations.count, isSilent: talk.quiet)
    let products = try await client.products(of: observations) { progress.show($0) }
    progress.finish()

    let selection = ProductSelection(observations: observations, products: products, criteria: search.selectionCriteria)
    talk.explain(
      "\(selection.all.count) files listed, \(selection.duplicateRows) repeated rows left out; "
        + selection.steps.map { "\($0.condition): \($0.after) of \($0.before)" }.joined(separator: "; "))
    if selection.products.isEmpty { talk.say(advice(criteria, found: observations.count, selection)) }
    return DownloadPlan(selection: selection, layout: layout, sizeOnDisk: LocalFile.size)
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
      if !criteria.window.isUnbounded {
        return "Nothing found: no observation of these started within \(criteria.window.text). "
          + "A longer --lookbacktime searches further back, --lookbacktime 0 all dates."
      }
      let others = [
        criteria.instruments.isEmpty
          ? nil : "--instrument \(criteria.instruments.map(\.rawValue).joined(separator: " "))",
        criteria.modes.isEmpty ? nil : "--obsmode \(criteria.modes.joined(separator: " "))",
      ].compactMap(\.self)
      return "Nothing found: the archive has no such observation. Check --propID"
        + (others.isEmpty ? "." : ", or leave out \(others.joined(separator: " and ")).")
    }
    guard let step = selection.emptyingStep else {
      return "Nothing found: the archive lists no files for the \(found) observations."
    }
    return "Nothing selected: of \(step.before) files, \(step.condition) leaves none. Relax that condition."
  }
}
