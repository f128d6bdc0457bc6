import Holdings
import MASTArchive
import SkyGeometry

/// The search that both commands begin with, told on standard error while it goes on.
struct MASTSearch {
  var search: SearchOptions
  var position: PositionOptions
  var products: SelectionOptions
  var layout: LayoutOptions
  var talk: TalkOptions
  var now: ModifiedJulianDate
  /// Whether web pages will be made of the result.
  var isForPages = false

  func run(_ client: MASTClient) async throws -> MASTFindings {
    let region = try await position.region(client)
    let criteria = try search.observationCriteria(now: now, region: region)
    var selecting = try products.criteria()
    selecting.obsnums = search.obsnums
    talk.say("Searching \(description(criteria)), started within \(criteria.window.text).")
    if client.configuration.token != nil { talk.say("The archive knows you as \(try await client.whoAmI()).") }

    let observations =
      isForPages
      ? try await client.observationsForPages(matching: criteria) : try await client.observations(matching: criteria)
    talk.explain("\(observations.count) observations found.")
    let planned = search.planned ? try await client.plannedObservations(matching: criteria) : []
    let progress = CountProgress(label: "Requests for products", isSilent: talk.quiet)
    let list = try await client.productList(
      of: observations, wanting: ProductNeed(selecting), window: criteria.window
    ) { progress.show($0, of: $1) }
    progress.finish()
    for failure in list.failures.prefix(1) {
      talk.say(
        "Note: MAST's keyword service fails, so its catalogue stands in and lengths alone can be checked. \(Failure.sentence(failure))"
      )
    }
    let start = ContinuousClock.now
    let selection = ProductSelection(observations: observations, products: list.products, criteria: selecting)
    talk.explain(
      "\(selection.all.count) files listed, \(selection.duplicateRows) repeated rows left out; "
        + selection.steps.map { "\($0.condition): \($0.after) of \($0.before)" }.joined(separator: "; "))
    if selection.products.isEmpty, planned.isEmpty { talk.say(advice(criteria, observations, selection)) }
    let plan = DownloadPlan(
      selection: selection, layout: try layout.outputLayout(), records: list.records,
      comparesSizes: !layout.skipCheckFilesize, sizeOnDisk: LocalFile.size)
    talk.explain("Selected and laid out \(selection.products.count) files in \(ContinuousClock.now - start).")
    for (_, error) in plan.refusals.sorted(by: { $0.key < $1.key }) { Console.report("Failed: \(error)") }
    return MASTFindings(plan: plan, planned: planned.map(ObservationEntry.init), failures: list.failures)
  }

  private func description(_ criteria: ObservationCriteria) -> String {
    let instruments =
      criteria.instruments.isEmpty ? "all instruments" : criteria.instruments.map(\.rawValue).joined(separator: ", ")
    let programs = criteria.programs.map(String.init).joined(separator: ", ")
    let place = criteria.region.map { region in
      let circle = region.boundingCircle
      return
        " within \(Self.text(circle.radius)) of \(Self.text(circle.center.ra)) \(Self.text(circle.center.dec)) (degrees)"
    }
    return (programs.isEmpty ? "all programmes" : "programme \(programs)") + " (\(instruments))" + (place ?? "")
  }

  /// Degrees to a fifth of an arcsecond.
  private static func text(_ degrees: Double) -> String { ((degrees * 20_000).rounded() / 20_000).description }

  /// Which condition to relax when nothing was found.
  private func advice(
    _ criteria: ObservationCriteria, _ observations: [Observation], _ selection: ProductSelection
  ) -> String {
    if observations.isEmpty {
      var relaxations: [String] = []
      if !search.dateSelect.isEmpty {
        relaxations.append(
          "other dates with --date_select (one date alone means that very moment; write it with + for from then on)")
      } else if !criteria.window.isUnbounded {
        relaxations.append(
          "a longer --lookbacktime" + (criteria.programs.isEmpty && criteria.region == nil ? "" : " (0 for all dates)"))
      }
      if criteria.region != nil {
        relaxations.append(position.target == nil ? "a larger --region" : "a larger --radius")
      }
      if !criteria.programs.isEmpty { relaxations.append("another --propID") }
      if !criteria.instruments.isEmpty { relaxations.append("no --instrument") }
      if !criteria.modes.isEmpty { relaxations.append("no --obsmode") }
      return
        "Nothing found: no such observation started within \(criteria.window.text). Try \(relaxations.joined(separator: ", or "))."
    }
    let names = observations.compactMap { $0.obs_id.flatMap { JWSTName($0) } }
    if let step = selection.emptyingStep {
      return "Nothing selected: of \(step.before) files, \(step.condition) leaves none. "
        + choices(step, selection, names)
    }
    return "Nothing found: the archive lists no files for the \(observations.count) observations."
  }

  private static func numbers(_ names: [JWSTName]) -> String {
    Set(names.compactMap(\.observation)).sorted().prefix(40).map(String.init).joined(separator: " ")
  }

  private static func detectors(_ names: [JWSTName]) -> String {
    Set(names.compactMap { $0.detector?.sca }).sorted().joined(separator: " ")
  }

  /// What the condition that left nothing could have been.
  private func choices(
    _ step: ProductSelection.Step, _ selection: ProductSelection, _ names: [JWSTName]
  ) -> String {
    func list(_ words: some Sequence<String>) -> String {
      "There are: \(Set(words).sorted().prefix(20).joined(separator: " "))."
    }
    let files = selection.all
    return switch step.condition.split(separator: " ").first {
    case "--filetypes": list(files.compactMap { $0.fileType.map { String($0.dropFirst()) } })
    case "--calib_levels": list(files.compactMap { $0.product.calib_level.map(String.init) })
    case "--level": list(files.compactMap(\.processingLevel))
    case "--product-type": list(files.compactMap { $0.product.productType?.lowercased() })
    case "--filter": list(files.flatMap(\.opticalElements))
    case "--rights": list(files.map(\.rights.word))
    case "--obsnums": "There are: \(Self.numbers(names))."
    case "--sca": "There are: \(Self.detectors(names))."
    default: "Relax that condition."
    }
  }
}

/// What a search has found.
struct MASTFindings {
  /// The files, where they go, and what is there.
  var plan: DownloadPlan
  /// Observations that are yet to be made, where they were asked for.
  var planned: [ObservationEntry]
  /// Why keyword services gave nothing.
  var failures: [any Error]
}
