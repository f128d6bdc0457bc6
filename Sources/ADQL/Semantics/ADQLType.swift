/// The type of a column or an expression. Source: ADQL 2.1, section 3.
public enum ADQLType: Hashable, Sendable {
  /// A whole number of 16 bits.
  case smallint
  /// A whole number of 32 bits.
  case integer
  /// A whole number of 64 bits.
  case bigint
  /// A floating-point number of 32 bits.
  case real
  /// A floating-point number of 64 bits.
  case double
  /// Text of a fixed length.
  case char
  /// Text of any length.
  case varchar
  /// A point in time, as DALI writes it: `2022-07-12T14:30:00.000`.
  case timestamp
  /// A position on the sky.
  case point
  /// A circle on the sky.
  case circle
  /// An area of the sky with great circles from vertex to vertex.
  case polygon
  /// A region of the sky as text (STC-S or a DALI shape).
  case region
  /// Bytes without meaning for queries.
  case blob
  /// A flag, `bit` or `boolean` in VOTable. In expressions it compares with 0 and 1.
  case boolean
  /// What only passes through: arrays, intervals. It can be selected, counted and tested for NULL.
  case opaque
  /// The type of NULL: it goes with every other.
  case unknown
}

extension ADQLType {
  /// Whether values are whole numbers.
  public var isInteger: Bool { self == .smallint || self == .integer || self == .bigint }

  /// Whether values are numbers.
  public var isNumeric: Bool { isInteger || self == .real || self == .double }

  /// Whether values are text; a region written as text is one.
  public var isText: Bool { self == .char || self == .varchar || self == .region }

  /// Whether values are places or areas of the sky.
  public var isGeometry: Bool { self == .point || self == .circle || self == .polygon || self == .region }

  /// Whether values can be sorted and compared with `<`.
  public var isOrdered: Bool { isNumeric || isText || self == .timestamp || self == .boolean || self == .unknown }

  /// The name that ADQL has for the type.
  public var name: String {
    switch self {
    case .smallint: "SMALLINT"
    case .integer: "INTEGER"
    case .bigint: "BIGINT"
    case .real: "REAL"
    case .double: "DOUBLE PRECISION"
    case .char: "CHAR"
    case .varchar: "VARCHAR"
    case .timestamp: "TIMESTAMP"
    case .point: "POINT"
    case .circle: "CIRCLE"
    case .polygon: "POLYGON"
    case .region: "REGION"
    case .blob: "BLOB"
    case .boolean: "BOOLEAN"
    case .opaque: "ARRAY"
    case .unknown: "NULL"
    }
  }

  /// The VOTable datatype, arraysize and xtype of a value. Source: ADQL 2.1, table 1; TAP 1.1, section 2.5.
  public var votable: (datatype: String, arraySize: String?, xtype: String?) {
    switch self {
    case .smallint: ("short", nil, nil)
    case .integer: ("int", nil, nil)
    case .bigint: ("long", nil, nil)
    case .real: ("float", nil, nil)
    case .double: ("double", nil, nil)
    case .char, .varchar, .unknown, .opaque: ("char", "*", nil)
    case .timestamp: ("char", "*", "timestamp")
    case .point: ("double", "2", "point")
    case .circle: ("double", "3", "circle")
    case .polygon: ("double", "*", "polygon")
    case .region: ("char", "*", "adql:REGION")
    case .blob: ("unsignedByte", "*", nil)
    case .boolean: ("boolean", nil, nil)
    }
  }

  /// The type that holds values of both, as for the columns of a UNION or the branches of a CASE; nil when there is none. Of arrays it does
  /// not tell whether they are alike.
  public func joined(with other: ADQLType) -> ADQLType? {
    if self == other || other == .unknown { return self }
    if self == .unknown { return other }
    if isNumeric, other.isNumeric { return arithmetic(with: other) }
    if isText, other.isText { return .varchar }
    switch (self, other) {
    case (.boolean, _) where other.isInteger: return other
    case (_, .boolean) where isInteger: return self
    case (.timestamp, _) where other.isText, (_, .timestamp) where isText: return .varchar
    case (.region, _) where other.isGeometry, (_, .region) where isGeometry: return .region
    default: return nil
    }
  }

  /// The type of a sum, difference, product or quotient of two numbers.
  func arithmetic(with other: ADQLType) -> ADQLType {
    if self == .unknown { return other == .unknown ? .double : other }
    if other == .unknown { return self }
    if isInteger, other.isInteger { return rank >= other.rank ? self : other }
    return self == .real && other == .real ? .real : .double
  }

  /// The type as which values of both are compared by `=` or `<`; nil when they cannot be.
  func compared(with other: ADQLType) -> ADQLType? {
    guard isOrdered, other.isOrdered else { return nil }
    if self == other || other == .unknown { return self }
    if self == .unknown { return other }
    if isNumeric, other.isNumeric { return arithmetic(with: other) }
    if isText, other.isText { return .varchar }
    switch (self, other) {
    case (.timestamp, _) where other.isText, (.boolean, _) where other.isInteger, (_, .boolean) where isInteger:
      return self
    case (_, .timestamp) where isText: return other
    default: return nil
    }
  }

  private var rank: Int {
    switch self {
    case .smallint: 0
    case .integer: 1
    default: 2
    }
  }
}
