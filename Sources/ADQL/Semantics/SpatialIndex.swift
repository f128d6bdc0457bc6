/// What a database has to find the rows near a place of the sky: a way from a region to the rows that may lie in it.
public struct SpatialIndex: Hashable, Sendable {
  /// What is indexed.
  public enum Kind: Hashable, Sendable {
    /// A position: the columns of its longitude and latitude, degrees.
    case position(longitude: String, latitude: String)
    /// A footprint: the column of its region.
    case footprint(region: String)
  }

  /// The index's name, for ``SQLStatement/usesIndexes``.
  public var name: String
  /// What is indexed.
  public var kind: Kind
  /// The database's name of the column that the index is asked by: one whose values it gives, or one that it is ordered by. Queries do not
  /// see it.
  public var key: String

  /// Describes an index.
  ///
  /// - Parameters:
  ///   - name: the index's name.
  ///   - kind: what is indexed.
  ///   - key: the database's name of the column that the index is asked by.
  public init(name: String, kind: Kind, key: String) {
    self.name = name
    self.kind = kind
    self.key = key
  }
}
