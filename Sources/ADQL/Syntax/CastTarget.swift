/// What `CAST` makes of a value (ADQL 2.1, section 4.2.6).
public struct CastTarget: Sendable, Equatable {
  /// The types that a value may be cast to.
  public enum Name: String, Sendable, CaseIterable {
    /// 16 bits.
    case smallint = "SMALLINT"
    /// 32 bits.
    case integer = "INTEGER"
    /// 64 bits.
    case bigint = "BIGINT"
    /// A float of 32 bits.
    case real = "REAL"
    /// A float of 64 bits.
    case doublePrecision = "DOUBLE PRECISION"
    /// Text of a fixed length.
    case char = "CHAR"
    /// Text up to a length.
    case varchar = "VARCHAR"
    /// A date and time, from text as DALI writes it.
    case timestamp = "TIMESTAMP"
    /// A position, from text as DALI writes it.
    case point = "POINT"
    /// A circle, from text as DALI writes it.
    case circle = "CIRCLE"
    /// A polygon, from text as DALI writes it.
    case polygon = "POLYGON"
  }

  /// The type.
  public var name: Name
  /// The length of `CHAR(n)` and `VARCHAR(n)`, in characters.
  public var length: Int?

  /// A type to cast to.
  public init(_ name: Name, length: Int? = nil) {
    self.name = name
    self.length = length
  }
}
