import ESAArchive
import SkyGeometry
import TAP
import TableIO

/// A call of the Python client in the terms of ours.
struct TraceCall {
  private let body: (ESAArchive, String) async throws -> Void

  /// Makes the call, with a folder for files.
  func run(_ archive: ESAArchive, _ folder: String) async throws { try await body(archive, folder) }

  /// `nil` when it cannot be said in our terms: arguments of a wrong type, or missing ones.
  private init(body: @escaping (ESAArchive, String) async throws -> Void) { self.body = body }

  init?(_ step: Trace.Step) {
    switch step.method {
    case "query_region", "cone_search": self.init(region: step)
    case "query_target", "resolve_target_coordinates": self.init(target: step)
    case "get_product_list", "get_obs_products": self.init(products: step)
    case "get_product":
      let (id, name) = (step.argument("artifact_id", 0)?.stringValue, step.argument("file_name", 1)?.stringValue)
      self.init(body: { _ = try await $0.downloadProduct(artifactID: id, fileName: name, into: $1) })
    case "get_related_observations":
      guard let id = step.argument("observation_id", 0)?.stringValue else { return nil }
      self.init(body: { archive, _ in _ = try await archive.related(to: id) })
    case "download_files_from_program":
      guard let programme = step.argument("proposal_id", 0) else { return nil }
      guard let types = Self.types(step) else { return nil }
      let number = programme.stringValue ?? "\(programme.integerValue ?? 0)"
      self.init(body: { archive, folder in
        for outcome in try await archive.downloadProgramme(number, types: types, into: folder) {
          if let error = outcome.error { throw error }
        }
      })
    default: return nil
    }
  }

  private init?(region step: Trace.Step) {
    let radiusPlace = step.method == "cone_search" ? 1 : nil
    guard let center = Self.position(step.argument("coordinate", 0)), let filters = Self.filters(step),
      let region = Self.region(center, step, radiusPlace)
    else { return nil }
    let search = ObservationSearch(region: region, filters: filters, columns: Self.columns(step))
    let mode: QueryMode = step.argument("async_job")?.booleanValue == true ? .job : .direct
    if mode == .job, step.argument("background")?.booleanValue == true {
      // Its caller waits for the job, or does not.
      body = { archive, _ in
        _ = try await archive.tap.submit(TAPQuery(search.statement(layout: .main), format: "votable"))
      }
    } else {
      body = { archive, _ in _ = try await archive.observations(search, mode: mode) }
    }
  }

  private init?(target step: Trace.Step) {
    guard let name = step.argument("target_name", 0)?.stringValue else { return nil }
    let resolver = step.argument("target_resolver", 1)?.stringValue ?? "ALL"
    let resolvers = resolver == "ALL" ? Resolver.allCases : Resolver(rawValue: resolver).map { [$0] } ?? []
    if step.method == "resolve_target_coordinates" {
      body = { archive, _ in _ = try await archive.resolve(name, using: resolvers) }
      return
    }
    guard let filters = Self.filters(step), let some = Self.region(SkyPosition(ra: 0, dec: 0), step, nil) else {
      return nil
    }
    let columns = Self.columns(step)
    let mode: QueryMode = step.argument("async_job")?.booleanValue == true ? .job : .direct
    body = { archive, _ in
      let position = try await archive.resolve(name, using: resolvers).position
      let region: SearchRegion =
        switch some {
        case .cone(_, let radius): .cone(position, radius: radius)
        case .box(_, let width, let height): .box(position, width: width, height: height)
        }
      _ = try await archive.observations(
        ObservationSearch(region: region, filters: filters, columns: columns), mode: mode)
    }
  }

  private init?(products step: Trace.Step) {
    guard let id = step.argument("observation_id", 0)?.stringValue, let types = Self.types(step) else { return nil }
    var level = ProductLevel.all
    if step.options["cal_level"] != nil {
      guard let text = Self.text(step.argument("cal_level")), let given = ProductLevel(text) else { return nil }
      level = given
    }
    if step.method == "get_product_list" {
      body = { archive, _ in _ = try await archive.products(of: id, level: level, type: types.first) }
    } else {
      body = { archive, folder in
        _ = try await archive.downloadObservation(id, level: level, types: types, into: folder)
      }
    }
  }

  private static func types(_ step: Trace.Step) -> [ArtifactType]? {
    guard let value = step.argument("product_type") else { return [] }
    // An empty text in the list makes the Python client forget the others.
    let words = value.arrayValue?.compactMap(\.stringValue) ?? value.stringValue.map { [$0] }
    return words.map { $0.contains("") ? [] : $0.map(ArtifactType.init(rawValue:)) }
  }

  private static func columns(_ step: Trace.Step) -> ObservationSearch.Columns {
    step.argument("show_all_columns")?.booleanValue == true ? .all : .standard
  }

  private static func region(_ center: SkyPosition, _ step: Trace.Step, _ radiusPlace: Int?) -> SearchRegion? {
    if let radius = angle(step.argument("radius", radiusPlace)) { return .cone(center, radius: radius) }
    guard let width = angle(step.argument("width")), let height = angle(step.argument("height")) else { return nil }
    return .box(center, width: width, height: height)
  }

  private static func filters(_ step: Trace.Step) -> ObservationFilters? {
    var filters = ObservationFilters()
    for (name, path) in [
      ("observation_id", \ObservationFilters.observationID), ("filter_name", \.filter), ("proposal_id", \.programme),
    ] {
      guard let value = step.argument(name) else { continue }
      guard let text = value.stringValue else { return nil }
      filters[keyPath: path] = text
    }
    if let value = step.options["cal_level"] {
      if value == .null {
        filters.calibrationLevel = .any
      } else {
        guard let level = text(value).flatMap({ ObservationFilters.Level($0) }), value.stringValue != "top" else {
          return nil
        }
        filters.calibrationLevel = level
      }
    }
    if let value = step.options["only_public"] {
      guard let isPublic = value.booleanValue else { return nil }
      filters.publicOnly = isPublic
    }
    if let value = step.argument("prod_type") {
      guard let text = value.stringValue else { return nil }
      filters.productType = DataProductType(rawValue: text)
    }
    if let value = step.argument("instrument_name") {
      guard let text = value.stringValue else { return nil }
      filters.instrument = Instrument(rawValue: text)
    }
    return filters
  }

  private static func text(_ value: JSONValue?) -> String? {
    value.flatMap { $0.stringValue ?? $0.integerValue.map { "\($0)" } }
  }

  private static func angle(_ value: JSONValue?) -> Double? {
    guard let value else { return nil }
    if let text = value.stringValue { return try? SkyAngle(text: text).degrees }
    guard let number = value["$quantity"]?["value"]?.realValue, let unit = value["$quantity"]?["unit"]?.stringValue
    else { return nil }
    return try? SkyAngle(text: "\(abs(number)) \(unit)").degrees * (number < 0 ? -1 : 1)
  }

  private static func position(_ value: JSONValue?) -> SkyPosition? {
    guard let value else { return nil }
    if let text = value.stringValue { return try? SkyPosition(text: text) }
    guard let sky = value["$sky"], let lon = sky["lon_deg"]?.realValue, let lat = sky["lat_deg"]?.realValue,
      let frame = SkyFrame.allCases.first(where: { $0.rawValue.lowercased() == sky["frame"]?.stringValue })
    else { return nil }
    return frame.position(longitude: lon, latitude: lat)
  }
}
