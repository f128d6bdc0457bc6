import ESAArchive
import SkyGeometry
import TAP
import TableIO

extension ClientCaller {
  /// Searches by region and target, and positions of targets.
  func search(_ call: CallArguments, _ index: Int) async throws -> JSONValue? {
    switch call.method {
    case "query_region":
      let search = try search(call, at: try call.position("coordinate"))
      return try await found(search, call).json
    case "cone_search":
      if call["radius"] == nil { _ = try call.required("radius") }
      let search = try search(call, at: try call.position("coordinate"))
      if call.bool("async_job"), call.bool("background") {
        let statement = try search.statement(layout: .main)
        let format = try call.text("output_format") ?? "votable"
        let id = try await archive.tap.submit(TAPQuery(statement, format: format))
        objects[index] = TraceObject(jobID: id, wantedFile: try call.text("output_file"), format: format)
        return .object(["$job": .object(["async": .boolean(true), "jobid": .string(id)])])
      }
      let format = try call.text("output_format") ?? "votable"
      guard format == "votable" else {
        let query = TAPQuery(try search.statement(layout: .main), format: format)
        let isJob = call.bool("async_job")
        return try keep(
          isJob ? try await archive.tap.runAsync(query) : try await archive.tap.query(query), call, index, format)
      }
      return try keep(try await found(search, call).result, call, index, format)
    case "query_target":
      try checkRegion(call)
      let target = try await archive.resolve(try call.required("target_name"), using: try resolvers(call))
      return try await found(try search(call, at: target.position), call).json
    case "resolve_target_coordinates":
      let target = try await archive.resolve(try call.required("target_name"), using: try resolvers(call))
      return .object([
        "$skycoord": .object([
          "frame": .string("icrs"), "ra_deg": .real(target.position.ra), "dec_deg": .real(target.position.dec),
        ])
      ])
    default: return nil
    }
  }

  private func found(
    _ search: ObservationSearch, _ call: CallArguments
  ) async throws -> (json: JSONValue, result: TAPResult) {
    let found = try await archive.observations(search, mode: call.bool("async_job") ? .job : .direct)
    return (Self.marked(found.table, isOverflow: found.isOverflow || found.wasRunAgain), found.result)
  }

  private func checkRegion(_ call: CallArguments) throws {
    if call["radius"] != nil, call["width"] != nil || call["height"] != nil {
      throw NotApplicable(reason: .coneOrBox)
    }
    if call["radius"] == nil, call["width"] == nil || call["height"] == nil {
      throw NotApplicable(reason: .regionIncomplete)
    }
  }

  private func search(_ call: CallArguments, at center: SkyPosition) throws -> ObservationSearch {
    try checkRegion(call)
    let region: SearchRegion
    if let radius = try call.angle("radius") {
      region = .cone(center, radius: radius)
    } else if let width = try call.angle("width"), let height = try call.angle("height") {
      region = .box(center, width: width, height: height)
    } else {
      throw CallArguments.wrongType("radius")
    }
    return ObservationSearch(
      region: region, filters: try filters(call), columns: call.bool("show_all_columns") ? .all : .standard)
  }

  private func filters(_ call: CallArguments) throws -> ObservationFilters {
    var filters = ObservationFilters()
    filters.observationID = try call.text("observation_id")
    switch call.values["cal_level"] {
    case nil: filters.calibrationLevel = .top
    case .null?: filters.calibrationLevel = .any
    case .integer(let level)?: filters.calibrationLevel = .level(Int(level))
    case .string("Top")?: filters.calibrationLevel = .top
    default: throw NotApplicable(reason: .levelOfOtherType)
    }
    if let isPublic = call.values["only_public"] {
      guard let isPublic = isPublic.booleanValue else { throw CallArguments.wrongType("only_public") }
      filters.publicOnly = isPublic
    }
    filters.productType = try call.text("prod_type").map(DataProductType.init(rawValue:))
    filters.instrument = try call.text("instrument_name").map(Instrument.init(rawValue:))
    filters.filter = try call.text("filter_name")
    filters.programme = try call.text("proposal_id")
    return filters
  }

  private func resolvers(_ call: CallArguments) throws -> [Resolver] {
    let name = try call.text("target_resolver") ?? "ALL"
    if name == "ALL" { return Resolver.allCases }
    guard let resolver = Resolver(name), resolver.rawValue == name else {
      throw NotApplicable(reason: .unknownResolver)
    }
    return [resolver]
  }
}
