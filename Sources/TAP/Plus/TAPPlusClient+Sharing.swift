import HTTPTransport

extension TAPPlusClient {
  /// The groups that the user made or belongs to.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func groups() async throws -> [Group] {
    try SharingDocument.groups(in: try await connection.get("share", query: FormBody(["action": "GetGroups"])).body)
  }

  /// A group by its title.
  /// - Throws: ``TAPError`` of kind `.notFound` when there is none; `CancellationError` when the task is cancelled.
  public func group(titled title: String) async throws -> Group {
    try Self.require(title, "the group's title")
    guard let group = try await groups().first(where: { $0.title == title }) else {
      throw TAPError(.notFound, "You have no group '\(title)'. List your groups to see their names.")
    }
    return group
  }

  /// What the user shares and what is shared with the user.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func sharedItems() async throws -> [SharedItem] {
    try SharingDocument.items(in: try await connection.get("share", query: FormBody(["action": "GetSharedItems"])).body)
  }

  /// Lets the members of a group read a table.
  /// - Parameters:
  ///   - table: the table with its schema.
  ///   - title: the group's title.
  ///   - description: what the members are told about the table.
  /// - Throws: ``TAPError`` of kind `.notFound` when there is no such group or table; `CancellationError`.
  public func shareTable(_ table: String, withGroup title: String, description: String = "") async throws {
    try Self.require(table, "the table's name")
    let group = try await group(titled: title)
    _ = try await TAPClient(connection).table(named: table)
    try await share([
      "action": "CreateOrUpdateItem", "resource_type": "0", "title": table, "description": description,
      "items_list": "\(group.id)|Group|Read",
    ])
  }

  /// Ends the sharing of a table with a group.
  /// - Parameters:
  ///   - table: the table with its schema.
  ///   - title: the group's title.
  /// - Throws: ``TAPError`` of kind `.notFound` when it is not shared with such a group; `CancellationError`.
  public func stopSharingTable(_ table: String, withGroup title: String) async throws {
    try Self.require(table, "the table's name")
    let group = try await group(titled: title)
    let item = try await sharedItems().first { item in
      item.title == table && item.shares.contains { $0.id == group.id && $0.type == "Group" }
    }
    guard let item else {
      throw TAPError(.notFound, "The table '\(table)' is not shared with the group '\(title)'.")
    }
    try await share([
      "action": "RemoveItem", "resource_type": "0", "resource_id": item.id, "resource_type": "0",
    ])
  }

  /// Makes a group.
  /// - Parameters:
  ///   - title: its title, which none of the user's groups has yet.
  ///   - description: what it is for.
  /// - Throws: ``TAPError`` of kind `.badRequest` when there is such a group; `CancellationError`.
  public func createGroup(titled title: String, description: String = "") async throws {
    try Self.require(title, "the group's title")
    guard try await !groups().contains(where: { $0.title == title }) else {
      throw TAPError(.badRequest, "There is a group '\(title)' already. Choose another title.")
    }
    try await share([
      "action": "CreateOrUpdateGroup", "resource_type": "0", "title": title, "description": description,
    ])
  }

  /// Removes a group.
  /// - Throws: ``TAPError`` of kind `.notFound` when there is no such group; `CancellationError`.
  public func deleteGroup(titled title: String) async throws {
    let group = try await group(titled: title)
    try await share(["action": "RemoveGroup", "resource_type": "0", "group_id": group.id])
  }

  /// Adds a user to a group.
  /// - Parameters:
  ///   - user: the user's name for the service.
  ///   - title: the group's title.
  /// - Throws: ``TAPError`` of kind `.notFound` when there is no such group or user, `.badRequest` when the user is in it;
  ///   `CancellationError`.
  public func addUser(_ user: String, toGroup title: String) async throws {
    try Self.requireUser(user)
    let group = try await group(titled: title)
    guard !group.members.contains(where: { $0.id == user }) else {
      throw TAPError(.badRequest, "The user '\(user)' is in the group '\(title)' already.")
    }
    guard try await isValidUser(user) else { throw TAPError(.notFound, "The service knows no user '\(user)'.") }
    try await setMembers(group.members.map(\.id) + [user], of: group)
  }

  /// Takes a user out of a group.
  /// - Parameters:
  ///   - user: the user's name for the service.
  ///   - title: the group's title.
  /// - Throws: ``TAPError`` of kind `.notFound` when there is no such group or the user is not in it; `CancellationError`.
  public func removeUser(_ user: String, fromGroup title: String) async throws {
    try Self.requireUser(user)
    let group = try await group(titled: title)
    guard group.members.contains(where: { $0.id == user }) else {
      throw TAPError(.notFound, "The user '\(user)' is not in the group '\(title)'.")
    }
    try await setMembers(group.members.map(\.id).filter { $0 != user }, of: group)
  }

  /// Whether the service knows a user of just this name.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func isValidUser(_ user: String) async throws -> Bool {
    try Self.requireUser(user)
    let answer = try await connection.get("users", query: FormBody(["USER": user])).text
    return answer.split(whereSeparator: \.isNewline).contains { $0.hasPrefix(user + ":") }
  }

  private func setMembers(_ users: [String], of group: Group) async throws {
    try await share([
      "action": "CreateOrUpdateGroup", "group_id": group.id, "title": group.title, "description": group.description,
      "users_list": users.joined(separator: ","),
    ])
  }

  private func share(_ fields: KeyValuePairs<String, String>) async throws {
    _ = try await connection.post("share", form: FormBody(fields))
  }

  /// A name is sent in lists and compared in lines; one that cannot stand there is nobody's.
  private static func requireUser(_ user: String) throws(TAPError) {
    try require(user, "the user's name")
    guard !user.contains(where: { ",:".contains($0) || $0.isNewline }) else {
      throw TAPError(.badRequest, "'\(user)' is no user's name: it holds a comma, a colon or a line end.")
    }
  }

  static func require(_ value: String, _ what: String) throws(TAPError) {
    guard !value.trimmed.isEmpty else { throw TAPError(.badRequest, "Say \(what); it is empty.") }
  }
}
