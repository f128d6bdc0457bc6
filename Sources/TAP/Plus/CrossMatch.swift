/// A match of two tables by position. Source: the archives of ESA's TAP+ family; whether a service offers the function
/// `crossmatch_positional` is its own affair.
public struct CrossMatch: Sendable, Hashable {
  /// A table with the columns of its position.
  public struct Side: Sendable, Hashable {
    /// The table with its schema.
    public var table: String
    /// The column of the right ascension, degrees.
    public var ra: String
    /// The column of the declination, degrees.
    public var dec: String

    /// Describes one side.
    public init(_ table: String, ra: String = "ra", dec: String = "dec") {
      self.table = table
      self.ra = ra
      self.dec = dec
    }
  }

  /// The first table.
  public var first: Side
  /// The second table.
  public var second: Side
  /// The largest separation of a pair, arcseconds, from 0.1 to 10.
  public var radius: Double

  /// Describes a match.
  /// - Parameters:
  ///   - first: the first table.
  ///   - second: the second table.
  ///   - radius: the largest separation of a pair, arcseconds, from 0.1 to 10.
  public init(_ first: Side, _ second: Side, radius: Double = 1) {
    self.first = first
    self.second = second
    self.radius = radius
  }

  /// The query that makes the service store the pairs in a table of the user's; to be run as a job.
  /// - Parameter table: the new table's name, without a schema.
  /// - Throws: ``TAPError`` of kind `.badRequest`.
  public func storing(in table: String) throws(TAPError) -> TAPQuery {
    try checkRadius()
    guard !table.isEmpty, !table.contains(".") else {
      throw TAPError(
        .badRequest,
        "'\(table)' cannot be the name of the result: give a name without a schema, as it goes to your own.")
    }
    let (a, b) = (try Self.parts(first.table), try Self.parts(second.table))
    let statement: ADQLStatement =
      "SELECT crossmatch_positional(\(a.schema),\(a.name),\(b.schema),\(b.name),\(radius), \(table)) FROM dual;"
    return TAPQuery(statement, format: "votable_gzip", jobName: table)
  }

  /// The query whose result is the pairs, with all columns of both tables and the separation in degrees.
  /// - Throws: ``TAPError`` of kind `.badRequest`.
  public func joining() throws(TAPError) -> TAPQuery {
    try checkRadius()
    _ = (try Self.parts(first.table), try Self.parts(second.table))
    let distance: ADQLStatement =
      "DISTANCE(a.\(identifier: first.ra), a.\(identifier: first.dec), b.\(identifier: second.ra), b.\(identifier: second.dec))"
    return TAPQuery(
      "SELECT a.*, \(distance) AS separation, b.* FROM \(qualified: first.table) AS a JOIN \(qualified: second.table) AS b ON \(distance) < \(radius / 3600)",
      format: "votable_gzip")
  }

  private func checkRadius() throws(TAPError) {
    guard (0.1...10).contains(radius) else {
      throw TAPError(.badRequest, "The radius of \(radius) arcsec is not allowed. Choose one from 0.1 to 10 arcsec.")
    }
  }

  private static func parts(_ table: String) throws(TAPError) -> (schema: String, name: String) {
    let parts = table.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw TAPError(.badRequest, "The table '\(table)' lacks its schema. Write it as schema.table.")
    }
    return (parts[0], parts[1])
  }
}
