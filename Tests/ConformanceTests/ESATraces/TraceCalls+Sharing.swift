import ESAArchive
import TAP
import TableIO

extension ClientCaller {
  /// Groups and what is shared with them.
  func sharing(_ call: CallArguments) async throws -> JSONValue? {
    let plus = archive.plus
    let description = try call.text("description") ?? ""
    switch call.method {
    case "load_groups": return .array(try await plus.groups().map(Self.group))
    case "load_group": return Self.group(try await plus.group(titled: try call.required("group_name")))
    case "load_shared_items": return .array(try await plus.sharedItems().map(Self.item))
    case "share_table":
      try await plus.shareTable(
        try call.required("table_name"), withGroup: try call.required("group_name"), description: description)
    case "share_table_stop":
      try await plus.stopSharingTable(try call.required("table_name"), withGroup: try call.required("group_name"))
    case "share_group_create":
      try await plus.createGroup(titled: try call.required("group_name"), description: description)
    case "share_group_delete": try await plus.deleteGroup(titled: try call.required("group_name"))
    case "share_group_add_user":
      try await plus.addUser(try call.required("user_id"), toGroup: try call.required("group_name"))
    case "share_group_delete_user":
      try await plus.removeUser(try call.required("user_id"), fromGroup: try call.required("group_name"))
    case "is_valid_user": return .boolean(try await plus.isValidUser(try call.required("user_id")))
    default: return nil
    }
    return .null
  }

  private static func group(_ group: TAP.Group) -> JSONValue {
    .object([
      "$group": .object([
        "id": .string(group.id), "owner": .string(group.owner), "title": .string(group.title),
        "description": .string(group.description),
        "users": .array(group.members.map { .object(["id": .string($0.id), "name": .string($0.name)]) }),
      ])
    ])
  }

  private static func item(_ item: SharedItem) -> JSONValue {
    .object([
      "$shared_item": .object([
        "id": .string(item.id), "type": .string(item.type), "title": .string(item.title),
        "description": .string(item.description),
        "shared_to": .array(
          item.shares.map {
            .object(["id": .string($0.id), "type": .string($0.type), "mode": .string($0.mode)])
          }),
      ])
    ])
  }
}
