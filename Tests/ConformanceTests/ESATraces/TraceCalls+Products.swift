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
    case "get_obs_products":
      let name = try call.required("observation_id")
      let place =
        (try call.text("output_file")).map { $0.split(separator: "/").dropLast().joined(separator: "/") } ?? ""
      // The Python client knows nothing of earlier runs.
      let download = try await archive.downloadObservation(
        name, level: try level(call), types: try types(call), into: folder.path + (place.isEmpty ? "" : "/" + place),
        refetches: true)
      return .array(download.files.map { relative($0.path) }.sorted().map { .string($0) })
    case "get_product":
      if call["artifact_id"] == nil, call["file_name"] == nil { _ = try call.required("artifact_id") }
      let file = try await archive.downloadProduct(
        artifactID: try call.text("artifact_id"), fileName: try call.text("file_name"), into: folder.path)
      return .string(relative(file.path))
    case "download_files_from_program":
      guard let number = call["proposal_id"] else { throw CallArguments.wrongType("proposal_id") }
      let outcomes = try await archive.downloadProgramme(
        number.stringValue ?? number.brief, types: try types(call), into: folder.path, concurrency: 1,
        refetches: true)
      return .array(outcomes.filter { $0.error == nil }.map(\.observationID).sorted().map { .string($0) })
    default: return nil
    }
  }

  /// A path as seen from the working folder.
  private func relative(_ path: String) -> String {
    path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : path
  }

  /// Types of products; an empty one stands for all, as in the Python client.
  private func types(_ call: CallArguments) throws -> [ArtifactType] {
    guard let value = call["product_type"] else { return [] }
    let words = try (value.arrayValue ?? [value]).map { item in
      guard let word = item.stringValue else { throw CallArguments.wrongType("product_type") }
      return word
    }
    return words.contains("") ? [] : words.map(ArtifactType.init(rawValue:))
  }

  func level(_ call: CallArguments) throws -> ProductLevel {
    switch call.values["cal_level"] {
    case nil, .string("ALL")?: return .all
    case .integer(let level)?: return .level(Int(level))
    default: throw NotApplicable(reason: .levelOfOtherType)
    }
  }

  private func type(_ call: CallArguments) throws -> ArtifactType? {
    guard let word = try call.text("product_type") else { return nil }
    let type = ArtifactType(rawValue: word)
    if word != word.lowercased(), ArtifactType.all.contains(where: { $0.rawValue == word.lowercased() }) {
      throw NotApplicable(reason: .caseOfProductType)
    }
    return type
  }
}
