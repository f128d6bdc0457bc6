/// A query in the SQL of a database.
public struct SQLStatement: Hashable, Sendable {
  /// The SQL.
  public var text: String
  /// The columns of the result, in its order.
  public var resultColumns: [ResultColumn]
  /// The names of the spatial indexes that the SQL looks into.
  public var usesIndexes: [String]
}
