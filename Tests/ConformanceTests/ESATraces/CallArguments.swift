import ESAArchive
import SkyGeometry
import TableIO
import TestSupport

/// A call's arguments by name.
struct CallArguments {
  var on: String
  var method: String
  var jobStep: Int?
  /// What was typed at the prompts, else what the recorded form shows was typed.
  var typed: (user: String, password: String)?
  /// Whether the Python client takes a text for a name and asks Sesame.
  private var isLookedUp = false
  let values: [String: JSONValue]

  /// The names of arguments that can be given by position.
  private static let positions: [String: [String]] = [
    "launch_job": ["query"], "launch_job_async": ["query"], "load_table": ["table"],
    "load_async_job": ["jobid", "name"],
    "search_async_jobs": ["jobfilter"], "remove_jobs": ["jobs_list"], "save_results": ["job"],
    "query_region": ["coordinate"], "cone_search": ["coordinate", "radius"], "query_target": ["target_name"],
    "resolve_target_coordinates": ["target_name", "target_resolver"],
    "get_product_list": ["observation_id"], "get_obs_products": ["observation_id"],
    "get_product": ["artifact_id", "file_name"], "get_related_observations": ["observation_id"],
    "download_files_from_program": ["proposal_id"], "set_token": ["token"], "login": ["user", "password"],
    "load_data": ["params_dict", "output_file"], "load_group": ["group_name"],
    "share_table": ["group_name", "table_name", "description"], "share_table_stop": ["group_name", "table_name"],
    "share_group_create": ["group_name", "description"], "share_group_delete": ["group_name"],
    "share_group_add_user": ["group_name", "user_id"], "share_group_delete_user": ["group_name", "user_id"],
    "is_valid_user": ["user_id"], "get_datalinks": ["ids"], "upload_table": ["upload_resource", "table_name"],
    "upload_table_from_job": ["job", "table_name", "table_description"],
    "delete_user_table": ["table_name", "force_removal"], "rename_table": ["table_name"],
    "update_user_table": ["table_name", "list_of_changes"],
    "set_ra_dec_columns": ["table_name", "ra_column_name", "dec_column_name"],
    "send_parameter": ["name", "value"], "get_phase": ["update"],
  ]

  init(_ step: Trace.Step) {
    on = step.call.on
    method = step.call.method
    jobStep = step.call.jobStep
    var values = Dictionary(step.call.keywords.members.map { ($0.name, $0.value) }) { $1 }
    for (name, value) in zip(Self.positions[method] ?? [], step.call.arguments) { values[name] = value }
    self.values = values
    isLookedUp = step.exchanges.contains { $0.request.path.contains("nph-sesame") }
    let form = step.exchanges.first?.request
    if let user = form?.field("username"), let password = form?.field("password") { typed = (user, password) }
  }

  /// An argument that is there and not None.
  subscript(name: String) -> JSONValue? {
    switch values[name] {
    case nil, .null?: nil
    case let value?: value
    }
  }

  func bool(_ name: String) -> Bool { self[name]?.booleanValue ?? false }

  /// A text; a value of another type cannot be written in Swift.
  func text(_ name: String) throws -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.stringValue else { throw Self.wrongType(name) }
    return text
  }

  /// A text that Swift asks for.
  func required(_ name: String) throws -> String {
    guard let text = try text(name) else {
      throw ClientCaller.NotApplicable(reason: .missingArgument)
    }
    return text
  }

  /// A whole number.
  func integer(_ name: String) throws -> Int? {
    guard let value = self[name] else { return nil }
    guard case .integer(let number) = value else { throw Self.wrongType(name) }
    return Int(number)
  }

  /// Members of a dictionary in their order.
  func dictionary(_ name: String) throws -> [JSONObject.Member]? {
    guard let value = self[name] else { return nil }
    guard case .object(let object) = value else { throw Self.wrongType(name) }
    return object.members
  }

  static func wrongType(_ name: String) -> ClientCaller.NotApplicable {
    ClientCaller.NotApplicable(reason: .wrongType)
  }
}

extension CallArguments {
  /// A position: coordinates in a frame, or text as a user types it.
  func position(_ name: String) throws -> SkyPosition {
    guard let value = self[name] else { throw Self.wrongType(name) }
    if let text = value.stringValue {
      if isLookedUp { throw ClientCaller.NotApplicable(reason: .nameAsCoordinate) }
      return try SkyPosition(text: text)
    }
    guard let sky = value["$sky"], let longitude = sky["lon_deg"]?.realValue, let latitude = sky["lat_deg"]?.realValue
    else { throw Self.wrongType(name) }
    let frame = sky["frame"]?.stringValue ?? ""
    guard let frame = SkyFrame.allCases.first(where: { $0.rawValue.lowercased() == frame }) else {
      throw ClientCaller.NotApplicable(reason: .unknownFrame)
    }
    return frame.position(longitude: longitude, latitude: latitude)
  }

  /// An angle in degrees: a quantity or text with a unit.
  func angle(_ name: String) throws -> Double? {
    guard let value = self[name] else { return nil }
    if let text = value.stringValue { return try SkyAngle(text: text).degrees }
    guard let quantity = value["$quantity"], let number = quantity["value"]?.realValue else {
      throw Self.wrongType(name)
    }
    return try SkyAngle(text: "\(number) \(quantity["unit"]?.stringValue ?? "")").degrees
  }
}
