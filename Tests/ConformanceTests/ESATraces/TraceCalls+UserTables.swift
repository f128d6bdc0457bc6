import ESAArchive
import Foundation
import TAP
import TableIO
import TestSupport

extension ClientCaller {
  /// Tables of the user's own in the service, data and links.
  func userTables(_ call: CallArguments, _ index: Int) async throws -> JSONValue? {
    let plus = archive.plus
    switch call.method {
    case "upload_table": return try await stored(try upload(call), index)
    case "upload_table_from_job":
      guard let job = call["job"] else { _ = try call.required("job"); return .null }
      let id =
        job.stringValue ?? job["$job_of_step"]?.integerValue.flatMap { objects[Int($0)]?.jobID }
      guard let id else { throw NotApplicable(reason: .noEarlierObject) }
      return try await stored(
        UserTableUpload(
          name: try call.text("table_name"), description: try call.text("table_description"), content: .job(id: id)),
        index)
    case "delete_user_table":
      try await plus.deleteTable(try call.required("table_name"), force: call.bool("force_removal"))
    case "rename_table":
      let columns = try call.dictionary("new_column_names_dict") ?? []
      try await plus.renameTable(
        try call.required("table_name"), to: try call.text("new_table_name"),
        columns: columns.map { (old: $0.name, new: $0.value.stringValue ?? "") })
    case "update_user_table":
      let name = try call.required("table_name")
      guard let changes = call["list_of_changes"]?.arrayValue else { throw CallArguments.wrongType("list_of_changes") }
      try await plus.updateTable(name, try changes.map(Self.change))
    case "set_ra_dec_columns":
      try await plus.setRADec(
        of: try call.required("table_name"), ra: try call.required("ra_column_name"),
        dec: try call.required("dec_column_name"))
    case "get_datalinks":
      guard let ids = call["ids"] else { throw CallArguments.wrongType("ids") }
      let list = (ids.arrayValue ?? [ids]).map { $0.stringValue ?? $0.brief }
      let parameter = try call.text("linking_parameter").map(LinkingParameter.init(rawValue:))
      return try Self.table(try await plus.dataLinks(list, linkingParameter: parameter))
    case "load_data":
      guard let parameters = try call.dictionary("params_dict") else { throw CallArguments.wrongType("params_dict") }
      let result = try await plus.loadData(
        parameters.map { (name: $0.name, value: $0.value.stringValue ?? $0.value.brief) })
      guard let file = try call.text("output_file") else { return try Self.table(result) }
      try result.save(to: folder.file(file))
    case "cross_match": return try await crossMatch(call, index)
    case "cross_match_basic": return try await join(call, index)
    default: return nil
    }
    return .null
  }

  private func upload(_ call: CallArguments) throws -> UserTableUpload {
    guard let resource = call["upload_resource"] else { throw CallArguments.wrongType("upload_resource") }
    let content: UserTableUpload.Content
    if let path = resource.stringValue {
      if path.hasPrefix("http") {
        content = .url(path, format: try call.text("format") ?? "votable")
      } else {
        // What format a file has is seen in the file.
        if let format = try call.text("format"), !["votable", "csv", "ecsv", "fits"].contains(format.lowercased()) {
          throw NotApplicable(reason: .formatByContent)
        }
        content = .file(path: folder.file(path))
      }
    } else {
      content = .bytes(try Self.csv(resource), fileName: "table.csv")
    }
    return UserTableUpload(
      name: try call.text("table_name"), description: try call.text("table_description"), content: content)
  }

  private func stored(_ upload: UserTableUpload, _ index: Int) async throws -> JSONValue {
    switch try await archive.plus.uploadTable(upload) {
    case .stored: return .null
    case .job(let id):
      objects[index] = TraceObject(jobID: id)
      return .object(["$job": .object(["async": .boolean(true), "jobid": .string(id)])])
    }
  }

  private static func change(_ value: JSONValue) throws -> TableChange {
    guard let items = value.arrayValue, items.count == 3, let column = items[0].stringValue,
      let field = items[1].stringValue, items[2] != .null
    else { throw CallArguments.wrongType("list_of_changes") }
    return try TableChange(column: column, field: field, text: items[2].stringValue ?? items[2].brief)
  }

  private func crossMatch(_ call: CallArguments, _ index: Int) async throws -> JSONValue {
    let radius = call["radius"]?["$quantity"]?["value"]?.realValue ?? call["radius"]?.realValue ?? 1
    let match = CrossMatch(
      CrossMatch.Side(try call.required("full_qualified_table_name_a")),
      CrossMatch.Side(try call.required("full_qualified_table_name_b")), radius: radius)
    let id = try await archive.plus.crossMatch(match, into: try call.required("results_table_name"))
    objects[index] = TraceObject(jobID: id)
    return .object(["$job": .object(["async": .boolean(true), "jobid": .string(id)])])
  }

  private func join(_ call: CallArguments, _ index: Int) async throws -> JSONValue {
    let side = { (name: String) throws in
      CrossMatch.Side(
        try call.required("table_\(name)_full_qualified_name"), ra: try call.text("table_\(name)_column_ra") ?? "ra",
        dec: try call.text("table_\(name)_column_dec") ?? "dec")
    }
    let radius = call["radius"]?["$quantity"]?["value"]?.realValue ?? call["radius"]?.realValue ?? 1
    var query = try CrossMatch(try side("a"), try side("b"), radius: radius).joining()
    query.jobName = try call.text("results_name")
    if call.bool("background") {
      let id = try await archive.tap.submit(query)
      objects[index] = TraceObject(jobID: id)
      return .object(["$job": .object(["async": .boolean(true), "jobid": .string(id)])])
    }
    return try keep(try await archive.tap.runAsync(query), call, index, "votable_gzip")
  }
}
