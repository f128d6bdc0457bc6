internal import LocalArchive

extension UserService {
  /// Lists and changes groups, and what is shared with them.
  func share(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      let user = try user(request)
      let form = RequestForm(request)
      let action = try form.required("action").lowercased()
      switch action {
      case "getgroups": return .xml(try groups(of: user))
      case "getshareditems": return .xml(try sharedItems(of: user))
      default: break
      }
      // What changes something is not to be had by a link.
      guard request.method == "POST" else {
        throw ServiceError(405, "The action '\(action.prefix(40))' takes POST.", headers: [("Allow", "POST")])
      }
      try change(action, RequestForm(request.withoutQuery), of: user)
      return Self.done
    }
  }

  private func change(_ action: String, _ form: RequestForm, of user: String) throws {
    switch action {
    case "createorupdategroup":
      let members = form["users_list"].map { $0.split(separator: ",").map { $0.trimmingBlanks } }
      if form["group_id"] != nil {
        try store.changeGroup(
          try form.requiredNumber("group_id"), of: user, title: form["title"], description: form["description"],
          members: members)
      } else {
        try store.addGroup(try form.required("title"), description: form["description"] ?? "", of: user)
      }
    case "removegroup": try store.removeGroup(try form.requiredNumber("group_id"), of: user)
    case "createorupdateitem":
      let table = try form.required("title")
      let groups = try Self.groups(try form.required("items_list"))
      for group in groups { try store.share(table, of: user, with: group, description: form["description"] ?? "") }
    case "removeitem": try store.endShare(try form.requiredNumber("resource_id"), of: user)
    default: throw ServiceError(400, "There is no action '\(action.prefix(40))'.")
    }
  }

  /// Reads `7|Group|Read,8|Group|Read`.
  private static func groups(_ text: String) throws(ServiceError) -> [Int64] {
    var groups: [Int64] = []
    for item in text.split(separator: ",").prefix(1000) {
      let parts = item.split(separator: "|", omittingEmptySubsequences: false)
      guard parts.count == 3, let group = Int64(parts[0]), parts[1] == "Group", parts[2] == "Read" else {
        throw ServiceError(400, "items_list is a list like 7|Group|Read: tables are shared with groups, for reading.")
      }
      groups.append(group)
    }
    return groups
  }

  private func groups(of user: String) throws -> XMLText {
    let groups = try store.groups(of: user)
    var xml = XMLText()
    xml.element("sharedGroups") { xml in
      for group in groups {
        xml.element("sharedGroup", ["id": String(group.id), "owner": group.owner]) { xml in
          xml.element("title", [:], group.title)
          xml.element("description", [:], group.description)
          xml.element("users") { xml in
            for member in group.members { xml.element("user", ["id": member.name, "name": member.displayName], nil) }
          }
        }
      }
    }
    return xml
  }

  private func sharedItems(of user: String) throws -> XMLText {
    let items = try store.sharedTables(of: user)
    var xml = XMLText()
    xml.element("sharedItems") { xml in
      for item in items {
        xml.element("sharedItem", ["id": String(item.id), "type": "0"]) { xml in
          xml.element("title", [:], item.table)
          xml.element("description", [:], item.description)
          xml.element("sharedToItems") { xml in
            xml.element(
              "sharedToItem", ["shareTo": String(item.group), "shareType": "Group", "shareMode": "Read"], nil)
          }
        }
      }
    }
    return xml
  }

  /// Tells whether there is a user of a name: a line `name:name for people`, or nothing.
  func users(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      _ = try user(request)
      let found = try store.user(named: try RequestForm(request).required("USER"))
      let text = found.map { "\($0.name):\($0.displayName)" } ?? ""
      return ServerResponse(
        status: 200, headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")],
        body: .bytes(Array(text.utf8)))
    }
  }

  /// What the archive tells everybody, one notice a line: `id[type: TYPE,SUBTYPE]=TEXT`.
  func notices(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      guard try RequestForm(request).required("action").lowercased() == "getnotifications" else {
        throw ServiceError(400, "The action here is GetNotifications.")
      }
      let lines = try store.notices().map { "notification_id\($0.id)[type: \($0.type),\($0.subtype)]=\($0.text)\n" }
      return ServerResponse(
        status: 200, headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")],
        body: .bytes(Array(lines.joined().utf8)))
    }
  }
}
