import ESAArchive
import TableIO
import TestSupport

extension ClientCaller {
  /// Products, related observations, downloads.
  func products(_ call: CallArguments) async throws -> JSONValue? {
    switch call.method {
    case "get_product_list":
      let listing = try await archive.products(
        of: try call.required("observation_id"), level: try level(call), type: try type(call))
      guard let table = listing.table else { return .null }
      return Self.marked(table, isOverflow: false)
    case "get_related_observations":
      return .array(try await archive.related(to: try call.required("observation_id")).map { .string($0) })
    case "get_obs_products", "get_product", "download_files_from_program":
      throw NotApplicable(reason: "not bound yet")
    default: return nil
    }
  }

  func level(_ call: CallArguments) throws -> ProductLevel {
    switch call.values["cal_level"] {
    case nil, .string("ALL")?: return .all
    case .integer(let level)?: return .level(Int(level))
    default: throw NotApplicable(reason: "not expressible: a level of products is all or a whole number")
    }
  }

  private func type(_ call: CallArguments) throws -> ArtifactType? {
    guard let word = try call.text("product_type") else { return nil }
    let type = ArtifactType(rawValue: word)
    if word != word.lowercased(), ArtifactType.all.contains(where: { $0.rawValue == word.lowercased() }) {
      throw NotApplicable(reason: "not expressible: the types of products are values, their case does not matter")
    }
    return type
  }
}
