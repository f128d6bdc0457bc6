import ESAArchive
import Foundation
import TAP
import TableIO
import TestSupport

extension ClientCaller {
  /// `launch_job`, `launch_job_async`.
  func query(_ call: CallArguments, _ index: Int) async throws -> JSONValue? {
    guard call.method == "launch_job" || call.method == "launch_job_async" else { return nil }
    let format = try call.text("output_format") ?? "votable"
    let query = TAPQuery(
      ADQLStatement(raw: try call.required("query")), maxRows: try call.integer("maxrec"), format: format,
      jobName: try call.text("name"), uploads: try uploads(call))
    let isJob = call.bool("async_job") || call.method == "launch_job_async"
    if !isJob { return try keep(try await archive.tap.query(query), call, index, format) }
    if call.bool("background") || call["autorun"]?.booleanValue == false {
      let id = try await archive.tap.submit(query, runs: call["autorun"]?.booleanValue ?? true)
      objects[index] = TraceObject(jobID: id, wantedFile: try call.text("output_file"), format: format)
      return .object(["$job": .object(["async": .boolean(true), "jobid": .string(id)])])
    }
    return try keep(try await archive.tap.runAsync(query), call, index, format)
  }

  /// Keeps a result for later steps, saves it where the call says so, and shows it.
  func keep(_ result: TAPResult, _ call: CallArguments, _ index: Int, _ format: String) throws -> JSONValue {
    var object = TraceObject(jobID: result.jobID, result: result, format: format)
    object.wantedFile = try call.text("output_file")
    if call.bool("dump_to_file") { object.file = try save(result, as: object.wantedFile) }
    objects[index] = object
    return .object([
      "$job": .object([
        "async": .boolean(result.jobID != nil), "jobid": .text(result.jobID), "phase": .string("COMPLETED"),
        "results_in_memory": object.file == nil ? try Self.table(result) : .null,
      ])
    ])
  }

  /// Saves a result under the name that the user gives, else under the service's.
  func save(_ result: TAPResult, as wanted: String?) throws -> String {
    let name = wanted ?? result.fileName ?? "result"
    try result.save(to: folder.file(name))
    return name
  }

  /// A result as a table in the form of the recordings.
  static func table(_ result: TAPResult) throws -> JSONValue {
    let table = try result.table()
    return marked(table, isOverflow: result.isOverflow || table.isOverflow)
  }

  /// A table in the form of the recordings.
  static func marked(_ table: Table, isOverflow: Bool) -> JSONValue {
    let json = ObservedTable.json(table.metadata, table.rows)
    guard isOverflow, case .object(var object)? = json["$result_table"] else { return json }
    object.members.append(JSONObject.Member(name: "overflow", value: .boolean(true)))
    return .object(["$result_table": .object(object)])
  }

  private func uploads(_ call: CallArguments) throws -> [TAPUpload] {
    guard let resource = call["upload_resource"] else { return [] }
    let name = try call.required("upload_table_name")
    if let path = resource.stringValue { return [TAPUpload(name: name, content: .file(path: folder.file(path)))] }
    return [TAPUpload(name: name, content: .bytes(try Self.csv(resource), fileName: "table.csv"))]
  }

  /// A table in memory as the bytes of a CSV file.
  static func csv(_ value: JSONValue) throws -> [UInt8] {
    guard case .object(let columns)? = value["$table"] else { throw CallArguments.wrongType("upload_resource") }
    let cells = columns.members.map { $0.value.arrayValue ?? [] }
    var lines = [columns.members.map(\.name).joined(separator: ",")]
    for row in 0..<(cells.first?.count ?? 0) {
      lines.append(
        cells.map { $0[row].stringValue ?? $0[row].brief }.joined(separator: ","))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
