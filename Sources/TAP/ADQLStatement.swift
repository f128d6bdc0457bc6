import ADQL

/// The text of a query, built so that values cannot break out of their place.
///
///     let programme = "1783"
///     let statement: ADQLStatement = "SELECT \(identifier: "public") FROM \(qualified: "jwst.main") WHERE proposal_id = \(programme)"
///     // SELECT "public" FROM jwst.main WHERE proposal_id = '1783'
///
/// A value between the quotes becomes a literal; names, lists and ready-made text need a label.
public struct ADQLStatement: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// The query as it is sent.
  public var text: String

  /// A query as it stands, typed by its author; nothing is quoted or checked.
  public init(raw text: String) { self.text = text }

  /// A query without values.
  public init(stringLiteral value: String) { text = value }

  /// A query with values in their places.
  public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// The same as ``text``.
  public var description: String { text }
}

extension ADQLStatement {
  /// Puts a query together. Source: ADQL 2.1, section 2.1 (literals and identifiers).
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    /// Begins a query.
    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    /// Adds what is written outside of values.
    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// Adds a text literal.
    public mutating func appendInterpolation(_ value: String) { text += ADQLText.literal(value) }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ value: Int) { text += "\(value)" }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ value: Int64) { text += "\(value)" }

    /// Adds a number: the shortest decimals that read back as the same one. What is no number becomes NULL, which no
    /// comparison meets.
    public mutating func appendInterpolation(_ value: Double) { text += value.isFinite ? "\(value)" : "NULL" }

    /// Adds a value, or NULL.
    public mutating func appendInterpolation(_ value: String?) { text += value.map(ADQLText.literal) ?? "NULL" }

    /// Adds text literals with commas between, for `IN (…)`; an empty list becomes NULL, which nothing is in.
    public mutating func appendInterpolation(list values: some Sequence<String>) {
      let literals = values.map(ADQLText.literal).joined(separator: ", ")
      text += literals.isEmpty ? "NULL" : literals
    }

    /// Adds one name, as a delimited identifier where a regular one is not allowed.
    public mutating func appendInterpolation(identifier name: String) { text += Identifier.written(name) }

    /// Adds a name with its schema, `schema.table`: each part is one identifier.
    public mutating func appendInterpolation(qualified name: String) { text += ADQLText.qualified(name) }

    /// Adds text as it is; it must never come from outside the program.
    public mutating func appendInterpolation(raw text: String) { self.text += text }

    /// Adds another statement, for conditions that are built apart.
    public mutating func appendInterpolation(_ statement: ADQLStatement) { text += statement.text }
  }
}
