/// A function that queries may call: what it is called, what it takes and what it gives.
public struct ADQLFunction: Hashable, Sendable {
  /// Which function it is.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// `ABS`, the absolute value.
    case abs
    /// `CEILING`, the next whole number upwards.
    case ceiling
    /// `DEGREES`, radians as degrees.
    case degrees
    /// `EXP`, a power of e.
    case exp
    /// `FLOOR`, the next whole number downwards.
    case floor
    /// `LOG`, the natural logarithm.
    case log
    /// `LOG10`, the logarithm to base 10.
    case log10
    /// `MOD`, the remainder.
    case mod
    /// `PI`, the number.
    case pi
    /// `POWER`.
    case power
    /// `RADIANS`, degrees as radians.
    case radians
    /// `RAND`, a random number.
    case rand
    /// `ROUND`, to a number of decimals.
    case round
    /// `SQRT`, the square root.
    case sqrt
    /// `TRUNCATE`, cut after a number of decimals.
    case truncate
    /// `ACOS`, the arc cosine.
    case acos
    /// `ASIN`, the arc sine.
    case asin
    /// `ATAN`, the arc tangent.
    case atan
    /// `ATAN2`, the angle of a direction.
    case atan2
    /// `COS`, the cosine.
    case cos
    /// `COT`, the cotangent.
    case cot
    /// `SIN`, the sine.
    case sin
    /// `TAN`, the tangent.
    case tan
    /// `LOWER`, text in small letters.
    case lower
    /// `UPPER`, text in capital letters.
    case upper
    /// `COALESCE`, the first value that is not NULL.
    case coalesce
    /// `IN_UNIT`, a value in another unit.
    case inUnit = "in_unit"
    /// `POINT`, a position.
    case point
    /// `CIRCLE`.
    case circle
    /// `BOX`.
    case box
    /// `POLYGON`.
    case polygon
    /// `REGION`, a region from text.
    case region
    /// `CONTAINS`, whether one lies in the other.
    case contains
    /// `INTERSECTS`, whether two have a position in common.
    case intersects
    /// `DISTANCE`, the angle between two positions.
    case distance
    /// `AREA` of a region.
    case area
    /// `CENTROID` of a region.
    case centroid
    /// `COORD1`, the longitude of a position.
    case coord1
    /// `COORD2`, the latitude of a position.
    case coord2
    /// `COORDSYS`, the name of the coordinate system.
    case coordsys
    /// `ivo_healpix_index`, the pixel of a position.
    case ivoHealpixIndex = "ivo_healpix_index"
    /// `ivo_string_agg`, an aggregate of texts.
    case ivoStringAgg = "ivo_string_agg"
    /// `ivo_hasword`, whether a text has some words.
    case ivoHasWord = "ivo_hasword"
    /// `ivo_nocasematch`, `LIKE` without regard to case.
    case ivoNoCaseMatch = "ivo_nocasematch"
    /// `ivo_to_mjd`, a timestamp as Modified Julian Date.
    case ivoToMJD = "ivo_to_mjd"
    /// `ivo_to_jd`, a timestamp as Julian Date.
    case ivoToJD = "ivo_to_jd"
    /// `gavo_to_mjd`, the older name of ``ivoToMJD``.
    case gavoToMJD = "gavo_to_mjd"
    /// `gavo_to_jd`, the older name of ``ivoToJD``.
    case gavoToJD = "gavo_to_jd"
  }

  /// What kind of function it is; TAPRegExt lists geometry and user-defined functions by themselves.
  public enum Group: Hashable, Sendable {
    /// Arithmetic. Source: ADQL 2.1, section 2.3.
    case mathematical
    /// Functions of angles. Source: ADQL 2.1, section 2.3.
    case trigonometric
    /// Functions of texts.
    case string
    /// Choices: `COALESCE`.
    case conditional
    /// Conversions of units.
    case unit
    /// Geometry of the sky. Source: ADQL 2.1, section 4.2.
    case geometry
    /// What the language does not define itself.
    case userDefined
  }

  /// What an argument must be.
  public enum Requirement: Hashable, Sendable {
    /// A number of any type.
    case number
    /// A whole number.
    case integer
    /// A text.
    case text
    /// A timestamp, or a text that looks like one.
    case timestamp
    /// A position.
    case point
    /// A position or a region.
    case geometry
    /// Anything.
    case any
  }

  /// An argument.
  public struct Parameter: Hashable, Sendable {
    /// Its name, for people.
    public var name: String
    /// What it must be.
    public var requirement: Requirement
    /// Whether it may be left out; only the last ones may.
    public var isOptional: Bool
  }

  /// Of which type the result is.
  public enum Result: Hashable, Sendable {
    /// Always this one.
    case type(ADQLType)
    /// That of the first argument.
    case first
    /// One that holds all arguments.
    case joined
  }

  /// One way to call it.
  public struct Signature: Hashable, Sendable {
    /// The arguments.
    public var parameters: [Parameter]
    /// Whether the last argument may be repeated.
    public var isVariadic: Bool
    /// Of which type the result is.
    public var result: Result
  }

  /// Which function it is.
  public var name: Name
  /// What kind of function it is.
  public var group: Group
  /// The ways to call it.
  public var signatures: [Signature]
  /// What it does, in a sentence or two.
  public var description: String

  /// The name as it is written: the language's own in capitals.
  public var writtenName: String { group == .userDefined ? name.rawValue : name.rawValue.uppercased() }

  /// The ways to call it as TAPRegExt writes them: `ivo_hasword(haystack VARCHAR, needle VARCHAR) -> INTEGER`.
  public var forms: [String] {
    signatures.map { signature in
      var parameters = signature.parameters.map { parameter in
        let text = "\(parameter.name) \(parameter.requirement.typeName)"
        return parameter.isOptional ? "[\(text)]" : text
      }
      if signature.isVariadic { parameters.append("...") }
      return "\(writtenName)(\(parameters.joined(separator: ", "))) -> \(resultName(signature))"
    }
  }

  private func resultName(_ signature: Signature) -> String {
    switch signature.result {
    case .type(let type): type.name
    case .first, .joined: signature.parameters.first?.requirement.typeName ?? ADQLType.double.name
    }
  }
}

extension ADQLFunction.Requirement {
  /// The type as a form of a function names it.
  var typeName: String {
    switch self {
    case .number: "DOUBLE PRECISION"
    case .integer: "INTEGER"
    case .text: "VARCHAR"
    case .timestamp: "TIMESTAMP"
    case .point: "POINT"
    case .geometry: "REGION"
    case .any: "ANY"
    }
  }

  /// What it is called in a message.
  var phrase: String {
    switch self {
    case .number: "a number"
    case .integer: "a whole number"
    case .text: "text"
    case .timestamp: "a timestamp"
    case .point: "a point"
    case .geometry: "a point or a region"
    case .any: "a value"
    }
  }
}
