internal import Holdings
internal import LocalArchive
internal import TableIO

extension ArchiveHandler {
  /// Describes the columns of a service, as clients read it to learn which columns are numbers and which hold several values.
  func columnsConfiguration(_ request: ServerRequest) -> ServerResponse {
    let name = items(request).first { $0.name.lowercased() == "colconfigid" }?.value ?? ""
    let table: ArchiveTable
    switch name.lowercased() {
    case "mast.caom.cone", "mast.caom.filtered", "mast.caom.filtered.position": table = .observations
    case "mast.caom.products": table = .products
    default:
      // MAST answers with nothing; an empty object is at least JSON.
      guard let service = KeywordService(serviceName: name) else { return .json(.object([:])) }
      table = .keywords(service)
    }
    var members = table.columns.map { JSONObject.Member(name: $0.name, value: Self.description(of: $0, in: table)) }
    if table == .observations, name.lowercased() != "mast.caom.filtered" {
      members.append(
        .init(
          name: "distance",
          value: .object([
            "text": .string("distance"), "vot.datatype": .string("double"), "vot.unit": .string("arcsec"),
          ])))
    }
    return .json(.object(JSONObject(members: members)))
  }

  private static func description(of column: ArchiveTable.Column, in table: ArchiveTable) -> JSONValue {
    var object: JSONObject = ["text": .string(column.name), "vot.datatype": .string(votableType(column))]
    if table == .observations {
      if let unit = units[column.name] { object.members.append(.init(name: "vot.unit", value: .string(unit))) }
      if multiValued.contains(column.name) { object.members.append(.init(name: "separator", value: .string(";"))) }
    }
    if column.type == .date { object.members.append(.init(name: "isDate", value: .boolean(true))) }
    return .object(object)
  }

  private static func votableType(_ column: ArchiveTable.Column) -> String {
    if column.isIdentifier { return "long" }
    return switch column.type {
    case .integer: column.name == "size" || column.name == "fileSize" ? "long" : "int"
    case .real: "double"
    case .boolean: "boolean"
    case .text, .date: "char"
    }
  }

  private static let multiValued: Set = [
    "obs_collection", "project", "filters", "wavelength_region", "target_classification",
  ]
  private static let units = [
    "s_ra": "deg", "s_dec": "deg", "t_min": "d", "t_max": "d", "t_obs_release": "d", "t_exptime": "s", "em_min": "nm",
    "em_max": "nm",
  ]
}
