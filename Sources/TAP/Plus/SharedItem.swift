/// Something that is shared with groups or users, a table for example.
public struct SharedItem: Sendable, Hashable, Identifiable {
  /// With whom an item is shared, and how.
  public struct Share: Sendable, Hashable {
    /// The identifier of the group or user.
    public var id: String
    /// What it identifies, `Group` for example.
    public var type: String
    /// What is allowed, `Read` for example.
    public var mode: String

    /// Describes a share.
    public init(id: String, type: String, mode: String) {
      self.id = id
      self.type = type
      self.mode = mode
    }
  }

  /// The service's identifier.
  public var id: String
  /// What it is; `0` is a table.
  public var type: String
  /// The item's name; a table's with its schema.
  public var title: String
  /// What it is for.
  public var description: String
  /// With whom it is shared.
  public var shares: [Share]

  /// Describes an item.
  public init(id: String, type: String = "0", title: String, description: String = "", shares: [Share] = []) {
    self.id = id
    self.type = type
    self.title = title
    self.description = description
    self.shares = shares
  }
}
