/// Users who share tables.
public struct Group: Sendable, Hashable, Identifiable {
  /// The service's identifier.
  public var id: String
  /// Who made the group.
  public var owner: String
  /// The group's name.
  public var title: String
  /// What the group is for.
  public var description: String
  /// Who belongs to it.
  public var members: [GroupMember]

  /// Describes a group.
  public init(id: String, owner: String = "", title: String, description: String = "", members: [GroupMember] = []) {
    self.id = id
    self.owner = owner
    self.title = title
    self.description = description
    self.members = members
  }
}

/// A user in a group.
public struct GroupMember: Sendable, Hashable, Identifiable {
  /// The user's name for the service.
  public var id: String
  /// The user's name for people.
  public var name: String

  /// Describes a member.
  public init(id: String, name: String = "") {
    self.id = id
    self.name = name
  }
}
