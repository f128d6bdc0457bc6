/// Users who share tables.
public struct UserGroup: Sendable, Hashable, Identifiable {
  /// The archive's number for the group.
  public var id: Int64
  /// Who made it and may change it.
  public var owner: String
  /// Its name, unique among the owner's.
  public var title: String
  /// What it is for.
  public var description: String
  /// Who belongs to it, by name; the owner always does.
  public var members: [ArchiveUser]
}

/// A table that is shared with a group, for reading.
public struct SharedTable: Sendable, Hashable, Identifiable {
  /// The archive's number for the sharing.
  public var id: Int64
  /// The table with its schema.
  public var table: String
  /// What the members are told about it.
  public var description: String
  /// The group.
  public var group: Int64
}
